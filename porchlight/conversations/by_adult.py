"""Messages sorted by the adult in whose thread each stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from porchlight.conversations.models import Message
from porchlight.delivery.content import Recipient


def by_adult(messages: Iterable[Message]) -> dict[int, list[Message]]:
    """Guardian's id → theirs, in the order they came."""
    found: dict[int, list[Message]] = defaultdict(list)
    for message in messages:
        found[message.thread.guardian_id].append(message)
    return dict(found)


def recipients_of(messages: Iterable[Message]) -> list[Recipient]:
    """Each adult once, with the children the words are about."""
    return [
        Recipient(copies[0].thread.guardian, tuple(copy.thread.student for copy in copies))
        for copies in by_adult(messages).values()
    ]
