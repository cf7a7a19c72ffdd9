"""What stands between this server and its broker."""

from __future__ import annotations

from dataclasses import dataclass

from kombu.exceptions import OperationalError

from porchlight.operations.broker.queues import CONNECTING, app, queue


class NoBroker(ConnectionError):
    """It does not answer, or does not let us in."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits in the queue, and who is there to do it."""

    tasks: int
    workers: int


def look() -> Waiting:
    """Ask the broker. The queue is made when it is not there yet. Raises NoBroker within seconds."""
    connection = app().connection(connect_timeout=CONNECTING)
    try:
        with connection:
            ours = queue()(connection.default_channel)
            ours.declare()
            counted = ours.queue_declare(passive=True)
    except (OperationalError, *connection.connection_errors) as error:
        raise NoBroker(str(error)) from error
    return Waiting(counted.message_count, counted.consumer_count)
