"""A worker's plain threads: each does its own work again and again, and outlasts a database that goes away."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, connection

PATIENCE = 1.0  # seconds after something went wrong


def go_on(work: Callable[[], float], stop: threading.Event, log: logging.Logger, broke_off: str) -> None:
    """Work until stopped. `work` returns in how many seconds again; what fails is logged and tried again."""
    while not stop.is_set():
        try:
            stop.wait(work())
        except (DatabaseError, InterfaceError) as problem:
            log.warning("The database is away, trying again: %s", type(problem).__name__)
            connection.close()
            stop.wait(PATIENCE)
        except Exception:
            log.exception(broke_off)
            stop.wait(PATIENCE)
    connection.close()
