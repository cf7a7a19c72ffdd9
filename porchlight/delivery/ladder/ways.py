"""Every way that planning finds open to one adult: by gateway in the family's order, then our calls, then paper."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from porchlight.delivery.content import Content, Recipient, Urgency
from porchlight.delivery.ladder.terms import BY_PEOPLE, LETTERS, Way
from porchlight.delivery.models import Account
from porchlight.delivery.planning import Known, Planned, plan_one

type Gone = Collection[tuple[str, int | None]]  # (channel, address id) of what was tried
type Wanted = Callable[[str], bool]


def ways_of(
    known: Known,
    recipient: Recipient,
    content: Content,
    *,
    urgency: Urgency,
    start: datetime,
    gone: Gone = (),
) -> list[Planned]:
    """Each way that was not gone yet, planned as it would leave. A number that was written to may still be rung."""
    messages = _only(known, lambda channel: channel not in BY_PEOPLE | LETTERS)
    calls = _only(known, lambda channel: channel in BY_PEOPLE)
    paper = _only(known, lambda channel: channel in LETTERS)
    written = {address for channel, address in gone if channel not in BY_PEOPLE | LETTERS}
    rung = {address for channel, address in gone if channel in BY_PEOPLE}
    found: list[Planned] = []
    for part, tried in ((messages, written), (calls, rung)):
        found += _each(part, recipient, content, urgency=urgency, start=start, tried=tried)
    posted = {address for channel, address in gone if channel in LETTERS}
    while (
        letter := _paper(paper, recipient, content, urgency=urgency, start=start, tried=posted)
    ) is not None:
        posted.add(letter.address.pk if letter.address is not None else None)
        found.append(letter)
    return found


def as_ways(planned: Sequence[Planned]) -> list[Way]:
    """The same, as the rules read them."""
    return [
        Way(
            channel=one.channel,
            address=one.address.pk if one.address is not None else None,
            barred=one.address is not None and one.address.opted_out_at is not None,
            by_person=one.account is not None and one.account.is_by_hand,
        )
        for one in planned
    ]


def _each(
    known: Known,
    recipient: Recipient,
    content: Content,
    *,
    urgency: Urgency,
    start: datetime,
    tried: set[int | None],
) -> Iterator[Planned]:
    seen = {*tried, None}
    while True:
        one = plan_one(known, recipient, content, urgency=urgency, start=start, except_addresses=seen)
        if one.not_reached is not None or one.address is None:
            return
        seen.add(one.address.pk)
        yield one


def _paper(
    known: Known,
    recipient: Recipient,
    content: Content,
    *,
    urgency: Urgency,
    start: datetime,
    tried: set[int | None],
) -> Planned | None:
    """A letter to a postal address of theirs, else a slip that goes home with the child."""
    one = plan_one(known, recipient, content, urgency=urgency, start=start, except_addresses=set(tried))
    return one if one.not_reached is None else None


def _only(known: Known, wanted: Wanted) -> Known:
    """The same people and rights, with these channels' accounts alone."""
    return replace(known, accounts=_those(known.accounts, wanted), by_hand=_those(known.by_hand, wanted))


def _those(accounts: Mapping[str, list[Account]], wanted: Wanted) -> dict[str, list[Account]]:
    return {channel: found for channel, found in accounts.items() if wanted(channel)}
