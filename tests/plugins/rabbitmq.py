"""`broker`: background tasks go over RabbitMQ, through a queue of this test's own.

The server is PORCHLIGHT_TEST_BROKER, or one on this machine with its guest. Where none answers, the tests say so and
are skipped.
"""

from __future__ import annotations

import functools
import os
import secrets
from collections.abc import Iterator

import pytest
from kombu import Connection
from kombu.exceptions import OperationalError
from pytest_django import Settings

URL = os.environ.get("PORCHLIGHT_TEST_BROKER") or "amqp://guest:guest@127.0.0.1:5672//"


@functools.cache
def why_not() -> str:
    """Why there is no broker for these tests; empty when there is."""
    try:
        with Connection(URL, connect_timeout=5) as connection:
            connection.connect()
    except (OperationalError, OSError) as error:
        return f"no RabbitMQ at PORCHLIGHT_TEST_BROKER: {error}"
    return ""


@pytest.fixture
def broker(settings: Settings) -> Iterator[dict[str, str]]:
    """The settings of this test's queue, as a program that it starts would have them."""
    if why_not():
        pytest.skip(why_not())
    from porchlight.operations.broker import queues

    name = f"porchlight_test_{secrets.token_hex(6)}"
    settings.BROKER_URL, settings.BROKER_QUEUE = URL, name
    settings.TASKS = {"default": {"BACKEND": settings.BROKER}}
    queues.app.cache_clear()
    yield {"PORCHLIGHT_BROKER_URL": URL, "PORCHLIGHT_BROKER_QUEUE": name}
    queues.app().close()
    queues.app.cache_clear()
    with Connection(URL, connect_timeout=5) as connection:
        channel = connection.default_channel
        channel.queue_delete(name)
        channel.exchange_delete(name)
