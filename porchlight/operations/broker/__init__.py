"""Background tasks over RabbitMQ, for more machines than share one database's patience: Celery behind Django's tasks.

`backend.py` is what `enqueue` reaches, `queues.py` how the broker is set up, `working.py` what takes tasks and does
them, `looking.py` what `porchlight doctor` sees. One setting switches it on: PORCHLIGHT_BROKER_URL. The database stays
the truth: a task is a wake-up call, and what waits for one that was lost is found again.
"""
