"""`porchlight work`: sends what is due, reads what came in, runs background tasks."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from porchlight.delivery.gateways import registry
from porchlight.delivery.outbox import worker
from porchlight.operations.supervising import Job, Supervisor


class Command(BaseCommand):
    help = "Send what is due, read what came in, run background tasks. Stops cleanly on Ctrl-C."
    requires_system_checks = []  # `porchlight doctor` checks; here nothing may open a connection before the fork

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--processes",
            type=int,
            default=0,
            help="Processes that send and read. Without it: one on SQLite, one for each core on PostgreSQL.",
        )
        parser.add_argument(
            "--no-tasks", action="store_true", help="Run no background tasks here; another machine does."
        )

    def handle(self, *args: Any, processes: int, no_tasks: bool, **options: Any) -> None:
        count = processes or self._fitting()
        names = registry.all_gateways()  # read now, shared by all children
        jobs = [Job(f"Worker {number}", worker.run) for number in range(1, count + 1)]
        if not no_tasks:
            jobs.append(Job("Background tasks", run_tasks))
        self.stdout.write(
            f"Working: {count} for messages ({', '.join(names)}), {len(jobs) - count} for tasks."
        )
        Supervisor(jobs, self.stderr.write).run()
        self.stdout.write("Stopped. What was on its way is written down.")

    def _fitting(self) -> int:
        return (os.cpu_count() or 1) if connection.vendor == "postgresql" else 1


def run_tasks() -> None:
    """In this process: off the broker where there is one, else django-ox's own worker, off the database."""
    if settings.BROKER_URL:
        from porchlight.operations.broker import working

        working.run()
    else:
        call_command("ox_worker", interval=1.0)
