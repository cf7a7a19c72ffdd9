"""A round as the planner is told it: `porchlight-ptm/1`, whose ids are the rows' keys (a day's is its number)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from porchlight.meetings.models import SLOT, LateChange, Mode, Party, Round, RoundHost, Wish
from porchlight.meetings.planned.clock import Clock, clock_of, in_slots
from porchlight.meetings.planned.hours import free_of_hosts, free_of_parties
from porchlight.meetings.planned.people import interpreters, language_of, suits, teachers
from porchlight.meetings.planner.instance import FORMAT
from porchlight.meetings.rounds.parties import guests_of
from porchlight.schools.models import TenantQuerySet

# What the score counts; see decision 85. A school does not set them: it says what must be, and who comes first.
WEIGHTS = {
    "must_unmet": 4000,
    "unmet_per_priority": 200,
    "fairness": 60,
    "gap_slot": 4,
    "trip": 60,
    "teacher_idle_slot": 1,
}
EACH_WAY_LESS_DEAR = 75  # penalty: the second of a family's ways, then the third; dearer than one more trip
USUAL = (Mode.IN_PERSON, Mode.VIDEO, Mode.PHONE)
MOST_HOSTS = 2


@dataclass(frozen=True)
class Asked:
    """What is asked of a round. `left_out`: wishes that the planner is not told of, each with its kind of reason."""

    round: Round
    clock: Clock
    told: dict[str, Any]
    wishes: Mapping[str, Wish]  # all of them, by key
    hosts: Mapping[str, RoundHost]  # by key
    left_out: Mapping[str, str]
    adults: Mapping[str, list[int]]  # wish → guardians who may be told about this child


def instance_of(round_: Round, *, now: datetime) -> dict[str, Any]:
    """The round's JSON."""
    return asked_of(round_, now=now).told


def asked_of(round_: Round, *, now: datetime, also: Collection[str] = ()) -> Asked:
    """All that is asked now. `also`: keys of wishes that are told though their family cannot come this time."""
    clock = clock_of(round_)
    wishes = list(_wishes(round_))
    hosts = list(
        RoundHost.objects.in_school(round_.school_id)
        .filter(round=round_)
        .select_related("staff__at_meetings")
        .order_by("pk")
    )
    adults = guests_of(round_, wishes, on=round_.school.local(now).date())
    cannot = _cannot(round_) - set(also)
    left_out = {one.key: why for one in wishes if (why := _why_left_out(one, hosts, adults, cannot))}
    within = [one for one in wishes if one.key not in left_out]
    told = _told(round_, clock, within, hosts)
    return Asked(
        round_,
        clock,
        told,
        {one.key: one for one in wishes},
        {one.key: one for one in hosts},
        left_out,
        adults,
    )


def _wishes(round_: Round) -> TenantQuerySet[Wish]:
    rows = Wish.objects.in_school(round_.school_id).filter(
        round=round_, taken_back_at=None, party__declined_at=None
    )
    return rows.select_related("student", "party", "meeting").prefetch_related("hosts").order_by("pk")


def _cannot(round_: Round) -> set[str]:
    """Wishes whose family said last that it cannot come."""
    rows = LateChange.objects.in_school(round_.school_id).filter(wish__round=round_).order_by("at", "pk")
    last = dict(rows.values_list("wish__key", "why"))
    return {key for key, why in last.items() if why == LateChange.Why.CANNOT}


def _why_left_out(
    wish: Wish, hosts: Sequence[RoundHost], adults: Mapping[str, list[int]], cannot: Collection[str]
) -> str:
    """A kind of `unmet.SAID`; empty when nothing stands in the way."""
    of_it = {one.host_id for one in wish.hosts.all()}
    wanted = [one for one in hosts if one.pk in of_it]
    if not wanted or any(one.interprets for one in wanted):
        return "nobody"
    if not adults[wish.key]:
        return "not_told"
    if not suits(wish, wanted):
        return "person"
    held = wish.meeting is not None and wish.meeting.is_on
    return "cannot" if wish.key in cannot and not held else ""


def _told(round_: Round, clock: Clock, wishes: Sequence[Wish], hosts: Sequence[RoundHost]) -> dict[str, Any]:
    zones = sorted({one.zone for one in hosts}) or [0]
    walk = in_slots(round_.walk_minutes)
    free = free_of_hosts(round_, clock, hosts)
    parties = list({one.party_id: one.party for one in wishes}.values())
    return {
        "format": FORMAT,
        "name": round_.key,
        "slot_minutes": SLOT,
        "days": [
            {
                "id": day.pk,
                "label": day.day.isoformat(),
                "start": f"{day.starts:%H:%M}",
                "slots": clock.slots(day),
            }
            for day in clock.days
        ],
        "zones": {"count": len(zones), "walk": [[0 if a == b else walk for b in zones] for a in zones]},
        "rules": {"max_run": round_.max_run, "break_slots": round_.break_slots},
        "weights": WEIGHTS,
        "teachers": teachers(hosts, zones, free),
        "interpreters": interpreters(hosts, free),
        "parties": _parties(round_, clock, parties),
        "separations": _apart(round_, parties),
        "requests": [_request(one, hosts) for one in wishes],
    }


def _parties(round_: Round, clock: Clock, parties: Sequence[Party]) -> list[dict[str, Any]]:
    free = free_of_parties(round_, clock, parties)
    return [
        {
            "id": one.key,
            "family": one.family or one.key,
            "windows": [{"day": at.day, "from": at.start, "to": at.end} for at in free[one.pk]],
            "travel": in_slots(one.travel_minutes),
            "language": language_of(one),
            "mode_cost": {
                mode: place * EACH_WAY_LESS_DEAR
                for place, mode in enumerate(one.modes or USUAL)
                if mode != Mode.HOME
            },
        }
        for one in parties
    ]


def _apart(round_: Round, parties: Sequence[Party]) -> list[dict[str, Any]]:
    """Parties of one family live apart: they never meet at school."""
    homes: dict[str, list[str]] = defaultdict(list)
    for one in parties:
        homes[one.family or one.key].append(one.key)
    gap = in_slots(round_.apart_minutes)
    return [{"a": a, "b": b, "gap": gap} for those in homes.values() for a, b in combinations(those, 2)]


def _request(wish: Wish, hosts: Sequence[RoundHost]) -> dict[str, Any]:
    of_it = {one.host_id for one in wish.hosts.all()}
    return {
        "id": wish.key,
        "party": wish.party.key,
        "child": wish.student.key,
        "teachers": [one.key for one in hosts if one.pk in of_it][:MOST_HOSTS],
        "duration": in_slots(wish.minutes),
        "must": wish.must,
        "priority": wish.priority,
        "requested_by": wish.asked_by,
        "modes": list(wish.party.modes or USUAL),
    }
