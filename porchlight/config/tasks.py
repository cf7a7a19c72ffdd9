"""What runs background tasks: the database by default, RabbitMQ by one setting."""

from __future__ import annotations

from porchlight.config import environment as env

BROKER_URL = env.text(
    "PORCHLIGHT_BROKER_URL",
    "",
    secret=True,
    help="RabbitMQ for background tasks, beyond a few machines: amqp://name:password@host:5672/porchlight "
    "(`bin/setup scale` brings what it needs). Empty: they go through the database, which is right for most.",
)
BROKER_QUEUE = env.text(
    "PORCHLIGHT_BROKER_QUEUE",
    "porchlight",
    help="Name of our queue there, where several installations share one broker.",
)
BROKER = "porchlight.operations.broker.backend.CeleryBackend"
TASKS = {"default": {"BACKEND": BROKER if BROKER_URL else "django_ox.backend.OxBackend"}}
PLANNER_WORKERS = env.number(
    "PORCHLIGHT_PLANNER_WORKERS",
    2,
    help="Processes that look together for a plan of a round of meetings; never more than the machine has processors, "
    "or than half the days of the round. 1 leaves the other processors to the pages.",
)
