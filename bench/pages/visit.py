"""Asks for pages as the teacher, so often as it is told on its input: `desk 20`. Prints JSON for each line.

CPU seconds are this process's and its database connection's; queries are those of one page.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from typing import Any

import django

from bench.delivery.gauge import cpu_of


def main() -> None:
    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from porchlight.accounts.models import User

    staged = json.loads(sys.argv[1])
    logging.disable(logging.INFO)
    settings.ALLOWED_HOSTS = [
        "testserver"
    ]  # nothing else of a test's ways: its templates are drawn more slowly
    browser = Client()
    browser.force_login(
        User.objects.get(pk=staged["user"]), backend="django.contrib.auth.backends.ModelBackend"
    )
    database = _database(connection)
    for line in sys.stdin:
        name, times = line.split()
        path = staged["paths"][name]
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(path)
        queries = len(asked)  # now: the next request begins the log anew
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code} {answer.headers.get('Location', '')}")
        before = _used(database)
        for _ in range(int(times)):
            browser.get(path)
        ours, theirs = ((now - then) / int(times) for now, then in zip(_used(database), before, strict=True))
        told = {"cpu": ours + theirs, "database": theirs, "queries": queries, "bytes": len(answer.content)}
        print(json.dumps(told), flush=True)


def _database(connection: Any) -> int:
    """The process that answers our questions: with SQLite this one."""
    if connection.vendor != "postgresql":
        return os.getpid()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [database] = cursor.fetchone()
        return int(database)


def _used(database: int) -> tuple[float, float]:
    """CPU seconds of this process and of the database's, which with SQLite is the same."""
    ours = cpu_of(os.getpid()) or 0.0
    return ours, 0.0 if database == os.getpid() else cpu_of(database) or 0.0


if __name__ == "__main__":
    main()
