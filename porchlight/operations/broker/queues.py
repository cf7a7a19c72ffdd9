"""One durable queue that several machines of the broker keep, a topic exchange before it, nothing lost on the way."""

from __future__ import annotations

from functools import cache
from typing import Any

from celery import Celery
from django.conf import settings
from kombu import Exchange, Queue

TASK = "porchlight.task"
TRIES = 5  # of a task whose worker dies with it each time; then the broker lets go of it
CONNECTING = 5.0  # seconds


def queue() -> Queue:
    """Ours, behind a topic exchange: only there can a quorum queue hold what is for later (Celery delayed delivery)."""
    return Queue(
        settings.BROKER_QUEUE,
        exchange=Exchange(settings.BROKER_QUEUE, type="topic", durable=True),
        routing_key=settings.BROKER_QUEUE,
        durable=True,
        queue_arguments={"x-queue-type": "quorum", "x-delivery-limit": TRIES},
    )


@cache
def app() -> Celery:
    """Celery as this server uses it; connects when something is sent or taken."""
    made = Celery("porchlight", broker=settings.BROKER_URL, set_as_current=False)
    made.conf.update(
        task_queues=[queue()],
        task_default_queue=settings.BROKER_QUEUE,
        task_default_exchange=settings.BROKER_QUEUE,
        task_default_exchange_type="topic",
        task_default_routing_key=settings.BROKER_QUEUE,
        task_default_queue_type="quorum",
        task_ignore_result=True,  # what came of it is in our own rows
        task_acks_late=True,  # done first, then taken off the queue:
        task_reject_on_worker_lost=True,  # a worker that dies gives its task back
        worker_prefetch_multiplier=1,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_hijack_root_logger=False,
        worker_send_task_events=False,
        accept_content=["json"],
        task_serializer="json",
        broker_transport_options={"confirm_publish": True, **_patience()},
        broker_connection_timeout=CONNECTING,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        task_publish_retry=False,  # whoever presses does not wait for a broker that is away
    )
    return made


def _patience() -> dict[str, Any]:
    once = {"max_retries": 1, "interval_start": 0.0, "interval_step": 0.2}  # workers try again by themselves
    return {"connect_timeout": CONNECTING, "read_timeout": 30.0, "write_timeout": 10.0, **once}
