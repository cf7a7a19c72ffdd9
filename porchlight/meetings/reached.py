"""What reaches an adult at all: whoever has no screen to sign in on is told what else they can do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from porchlight.families.models import Channel, ContactPoint, Guardian


def by_text_alone(adults: Iterable[Guardian]) -> set[int]:
    """Adults whom nothing but text messages and calls reach: they can be told to reply CALL."""
    return {pk for pk, ways in _ways(adults).items() if Channel.SMS in ways <= {Channel.SMS, Channel.CALL}}


def by_call_alone(adults: Iterable[Guardian]) -> set[int]:
    """Adults whom nothing but calls reach: what they are to know has to be said to them."""
    return {pk for pk, ways in _ways(adults).items() if ways == {Channel.CALL}}


def _ways(adults: Iterable[Guardian]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    points = ContactPoint.objects.known().filter(guardian__in=[one.pk for one in adults])
    for guardian, channel in points.values_list("guardian_id", "address__channel"):
        found[guardian or 0].add(channel)
    return found
