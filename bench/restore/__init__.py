"""A lost database of a million messages, brought back as the pages say: how long it takes, and what is missing.

`rows.py` fills it; `server.py` is PostgreSQL, by docs/deploy.md; `copied.py` is SQLite beside Litestream, by
docs/running.md. Needs PostgreSQL's server programs, and Litestream (`bin/setup dev` brings it).
"""
