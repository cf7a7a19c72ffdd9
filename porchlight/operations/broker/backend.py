"""Django's tasks interface over RabbitMQ: sent when the transaction commits, done by whichever worker is free."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from django.db import transaction
from django.tasks import Task, TaskResult, TaskResultStatus
from django.tasks.backends.base import BaseTaskBackend
from django.tasks.signals import task_enqueued
from django.utils import timezone
from django.utils.crypto import get_random_string
from kombu.exceptions import OperationalError

from porchlight.operations.broker.queues import TASK, app

log = logging.getLogger(__name__)


class CeleryBackend(BaseTaskBackend):
    """At least once, in about the order they came. No priorities, and no results: those are in our own rows."""

    supports_defer = True

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        """Send the task once everything it is about is there to be seen; never when that is rolled back.

        A broker that is away is said in the log and breaks nothing: the row that waits is found again.
        """
        self.validate_task(task)
        result: TaskResult = TaskResult(
            task=task,
            id=get_random_string(32),
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
        transaction.on_commit(partial(self._send, result))
        return result

    def _send(self, result: TaskResult) -> None:
        try:
            app().send_task(
                TASK,
                args=[result.task.module_path, result.args, result.kwargs],
                task_id=result.id,
                eta=result.task.run_after,
            )
        except (OperationalError, OSError) as error:
            log.error(
                "The broker did not take a task (%s): %s", result.task.module_path, type(error).__name__
            )
            return
        task_enqueued.send(type(self), task_result=result)
