"""Webhooks as they come in: how many a second the server takes and keeps, beside a view that keeps nothing.

Both run in the same server behind the same middlewares; `plain.py` is the other view, `load.py` posts.
"""
