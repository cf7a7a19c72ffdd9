"""Takes tasks off the queue and does them, one after the other in each process."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from celery import Celery
from django.conf import settings
from django.tasks import Task
from django.utils.module_loading import import_string

from porchlight.operations.broker.queues import TASK, app

AGAIN = 4  # tries of a task that fails
PAUSE = 5  # seconds before the second try; twice as many before the third


class NoSuchTask(LookupError):
    """What came over the queue names nothing that this server does."""


def run() -> None:
    """Until told to stop: what is being done is finished first."""
    celery = with_task(app())
    celery.worker_main(
        [
            "--quiet",
            "worker",
            f"--queues={settings.BROKER_QUEUE}",
            f"--concurrency={max(1, (os.cpu_count() or 1) // 2)}",
            "--pool=prefork",
            "--loglevel=WARNING",
            "--without-gossip",
            "--without-mingle",
        ]
    )


def with_task(celery: Celery) -> Celery:
    """The one task there is for the broker: do one of ours."""

    @celery.task(name=TASK, bind=True, max_retries=AGAIN - 1)
    def do(self: Any, path: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
        ours = named(path)
        try:
            ours.call(*args, **kwargs)
        except Exception as error:
            raise self.retry(exc=error, countdown=PAUSE * 2**self.request.retries) from error

    return celery


def named(path: str) -> Task:
    """The task of this name. Whoever can write to the queue can start one of these, and nothing else."""
    if not path.startswith("porchlight."):
        raise NoSuchTask(path)
    try:
        found = import_string(path)
    except ImportError as error:
        raise NoSuchTask(path) from error
    if not isinstance(found, Task):
        raise NoSuchTask(path)
    return found
