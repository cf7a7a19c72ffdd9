"""Two adults, one phone: the same words go to it once, and count for both.

Each has a parcel and a delivery of their own. The second delivery *rides with* the first: it stays here, and
`outbox/riding.py` lets it follow wherever that one comes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from porchlight.delivery.ladder.terms import NUDGES
from porchlight.delivery.models import Delivery, Stopped
from porchlight.delivery.planning import Planned
from porchlight.delivery.waking import wake_on_commit


def pair(planned: Sequence[Planned], deliveries: Sequence[Delivery]) -> list[Delivery]:
    """Mark who rides with whom among deliveries not yet saved. Returns those that ride; they are saved last."""
    riders = []
    for place, first in riding(planned).items():
        deliveries[place].rides_with, deliveries[place].stopped = deliveries[first], Stopped.TOGETHER
        riders.append(deliveries[place])
    return riders


def riding(planned: Sequence[Planned]) -> dict[int, int]:
    """Places of those whose words another plan brings to the same phone, each with that one's place."""
    shared = Counter(one.address.pk for one in planned if one.address is not None)
    firsts: dict[object, int] = {}
    found = {}
    for place, one in enumerate(planned):
        if one.address is None or shared[one.address.pk] < 2 or (one.content.ask and one.content.ask.of_each):
            continue
        if one.channel in NUDGES:  # each opens the page of the adult it was sent to
            continue
        first = firsts.setdefault(_same_words(one), place)
        if first != place:
            found[place] = first
    return found


def _same_words(one: Planned) -> object:
    """Alike for two plans that would put the same on one screen. Each adult's own link may differ: one is enough."""
    children = frozenset(student.pk for student in one.recipient.students)
    return one.address, one.account, replace(one.content, page_path=""), children, one.due_at


def let_stand(parcel_ids: Iterable[int]) -> int:
    """Who rode with these, now that they were taken back, stands for themselves. Returns how many."""
    withdrawn = Delivery.objects.filter(parcel__in=list(parcel_ids), stopped=Stopped.WITHDRAWN)
    rows = Delivery.objects.filter(rides_with__in=withdrawn, stopped=Stopped.TOGETHER)
    riders = list(rows.select_for_update().order_by("pk"))
    for rider in riders:
        rider.stopped, rider.rides_with = "", None
        rider.save(update_fields=["stopped", "rides_with"])
        wake_on_commit([rider])
    return len(riders)
