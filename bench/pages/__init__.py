"""The desk and a thread at 1,000 and at 1,000,000 messages, and beside them a view as one writes it first.

`stage.py` makes the school and its people, `naive.py` is that view, `visit.py` asks for pages and counts.
"""
