"""One Celery task for each recipient over RabbitMQ, as a Django team would write it, beside our outbox.

The same staged outbox on PostgreSQL, the same checks before the wire, the same bodies to the same gateway, and the same
statuses recorded. `typical.py` is that team's code, `web.py` its webhook; `__main__.py` runs and compares.
"""
