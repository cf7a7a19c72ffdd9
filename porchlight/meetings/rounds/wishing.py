"""What a party wishes, said on a page by themselves or written down by the office: when, whom, how, with whose help."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from porchlight.activity.record import record
from porchlight.meetings.models import Mode, Party, Round, RoundWindow, Wish
from porchlight.meetings.rounds.parties import wish_for
from porchlight.meetings.rounds.teaching import hosts_of
from porchlight.meetings.rounds.windows import keep_times
from porchlight.schools.actors import Actor
from porchlight.schools.live.versions import Topic, changed

OFFERED = (Mode.IN_PERSON, Mode.VIDEO, Mode.PHONE)
THEIR_CHOICE = (Wish.From.ROUND, Wish.From.FAMILY)  # what a colleague asks for is no matter of ticks


class RoundIsOver(ValueError):
    """Families' wishes are not taken any more; the office still may, until the season is closed."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """No windows: whenever the school is there. `hosts` and `whys` are by child; other children stay as they are."""

    windows: Sequence[RoundWindow] = ()
    modes: Sequence[str] = ()
    language: str = ""
    person: str = ""
    who_comes: str = ""
    hosts: Mapping[int, Collection[int]] = field(default_factory=dict)
    whys: Mapping[int, str] = field(default_factory=dict)


def takes_wishes(round_: Round, *, now: datetime) -> bool:
    """Whether families may still say when they can."""
    is_on = round_.asked_at is not None and round_.told_at is None and round_.closed_at is None
    return is_on and now < round_.answer_by


def may_still_say(round_: Round, by: Actor, now: datetime) -> None:
    """Raises RoundIsOver."""
    if round_.closed_at is not None or not (by.is_staff or takes_wishes(round_, now=now)):
        raise RoundIsOver


@transaction.atomic
def say_wishes(party: Party, wishes: Wishes, *, by: Actor, now: datetime, channel: str = "") -> Party:
    """The last word counts. Raises RoundIsOver; PermissionDenied for a teacher who does not teach the child."""
    party = _locked(party, by, now)
    keep_times(party.pk, party.school_id, wishes.windows)
    party.modes, party.language, party.person = list(wishes.modes), wishes.language, wishes.person
    party.who_comes, party.declined_at = wishes.who_comes, None
    _answered(party, by, now, channel)
    today = party.round.school.local(now).date()
    offered = hosts_of(party.round, on=today, students=list(wishes.hosts))
    for student, wanted in wishes.hosts.items():
        may = {host.pk for host in offered[student].hosts} if student in offered else set()
        if not set(wanted) <= may:
            raise PermissionDenied("Not a teacher of this child.")
        _whom(party, student, set(wanted), wishes.whys.get(student, ""), now)
    record("round.wished", about=party, by=by)
    changed(party.school_id, Topic.ROUNDS)
    return party


@transaction.atomic
def decline(party: Party, *, by: Actor, now: datetime, channel: str = "") -> Party:
    """They would rather not meet this time, which is fine: nobody proposes a time. Raises RoundIsOver."""
    party = _locked(party, by, now)
    party.declined_at = now
    _answered(party, by, now, channel)
    record("round.declined", about=party, by=by)
    changed(party.school_id, Topic.ROUNDS)
    return party


def _locked(party: Party, by: Actor, now: datetime) -> Party:
    party = Party.objects.select_for_update().select_related("round").get(pk=party.pk)
    may_still_say(party.round, by, now)
    return party


def _answered(party: Party, by: Actor, now: datetime, channel: str) -> None:
    party.answered_at, party.channel = now, channel
    party.typed_by_id = by.post_id if by.is_staff else None
    party.save()


def _whom(party: Party, student_id: int, wanted: set[int], why: str, now: datetime) -> None:
    """What they no longer tick is taken back, what they tick again stands again; of a held meeting nothing changes."""
    rows = Wish.objects.filter(party=party, student=student_id).prefetch_related("hosts").order_by("pk")
    met: set[int] = set()
    for wish in rows:
        ids = {one.host_id for one in wish.hosts.all()}
        if wish.asked_by == Wish.From.STAFF:
            met |= ids if wish.taken_back_at is None else set()
    for wish in rows:
        ids = {one.host_id for one in wish.hosts.all()}
        if wish.asked_by not in THEIR_CHOICE or wish.meeting_id is not None:
            met |= ids if wish.taken_back_at is None else set()
            continue
        stands = ids <= wanted and not ids & met
        wish.why = why if stands else wish.why
        wish.taken_back_at = None if stands else wish.taken_back_at or now
        wish.save(update_fields=["why", "taken_back_at"])
        met |= ids if stands else set()
    for host in sorted(wanted - met):
        wish_for(party, student_id, [host], asked_by=Wish.From.FAMILY, now=now, why=why)
