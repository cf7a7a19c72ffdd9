"""Who is there at school, when and how: proposed from who teaches, confirmed by each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction

from porchlight.activity.record import record
from porchlight.meetings.models import AtMeetings, HostTime, Mode, Round, RoundDay, RoundHost
from porchlight.meetings.rounds.teaching import teaching_in
from porchlight.schools.actors import Actor, Role
from porchlight.schools.live.versions import Topic, changed
from porchlight.schools.models import StaffMember

USUAL = (Mode.IN_PERSON, Mode.VIDEO, Mode.PHONE)


@dataclass(frozen=True, slots=True)
class DayHours:
    """One day of a host: from, until, and a break between; how they meet then. No hours: not there."""

    day: RoundDay
    starts: time | None = None
    ends: time | None = None
    break_starts: time | None = None
    break_ends: time | None = None
    modes: Sequence[str] = USUAL

    def parts(self) -> list[tuple[time, time]]:
        """Between two is the break."""
        if self.starts is None or self.ends is None:
            return []
        if self.break_starts is None or self.break_ends is None:
            return [(self.starts, self.ends)]
        parts = [(self.starts, self.break_starts), (self.break_ends, self.ends)]
        return [(starts, ends) for starts, ends in parts if starts < ends]


@transaction.atomic
def propose_hosts(round_: Round, *, now: datetime, new_days: Collection[RoundDay] = ()) -> None:
    """Who teaches these classes, and the interpreters; for all hours of each day, until they say otherwise.

    Again, it adds who came since, and `new_days` for everybody who is there already.
    """
    today = round_.school.local(now).date()
    interpreters = StaffMember.objects.in_school(round_.school_id).working().with_role(Role.INTERPRETER)
    teachers = dict.fromkeys(one.staff_id for one in teaching_in(round_, on=today))
    people = dict.fromkeys(teachers, False) | {
        pk: True for pk in interpreters.order_by("pk").values_list("pk", flat=True) if pk not in teachers
    }
    places = dict(AtMeetings.objects.in_school(round_.school_id).values_list("staff_id", "place"))
    there = {one.staff_id: one for one in round_.hosts.all()}
    days = list(round_.days.order_by("day"))
    for pk, interprets in people.items():
        if pk not in there:
            _seat(round_, pk, days, place=places.get(pk, ""), interprets=interprets)
    for host in there.values():
        _add_times(host, [DayHours(day, day.starts, day.ends) for day in new_days])


def _seat(
    round_: Round, staff: int, days: Collection[RoundDay], *, place: str, interprets: bool = False
) -> RoundHost:
    host = RoundHost.objects.create(
        school_id=round_.school_id, round=round_, staff_id=staff, interprets=interprets, place=place
    )
    _add_times(host, [DayHours(day, day.starts, day.ends) for day in days])
    return host


@transaction.atomic
def add_host(round_: Round, staff: StaffMember, *, by: Actor) -> RoundHost:
    """A colleague who teaches none of these classes and comes along where a teacher names them: a counsellor, say.

    For all hours of each day, until they say otherwise; twice changes nothing.
    """
    found = RoundHost.objects.filter(round=round_, staff=staff).first()
    if found is not None:
        return found
    rooms = AtMeetings.objects.in_school(round_.school_id).filter(staff=staff)
    place = rooms.values_list("place", flat=True).first() or ""
    found = _seat(round_, staff.pk, list(round_.days.order_by("day")), place=place)
    record("round.host_added", about=found, by=by)
    return found


@transaction.atomic
def set_hours(
    host: RoundHost,
    days: Sequence[DayHours],
    *,
    place: str,
    zone: int,
    by: Actor,
    now: datetime,
) -> RoundHost:
    """As they say themselves, or the office for them: of that alone it is not known that they looked at it."""
    host = RoundHost.objects.select_for_update().get(pk=host.pk)
    host.place, host.zone = place, zone
    if by.is_staff and by.post_id == host.staff_id:
        host.said_at = now
    host.save(update_fields=["place", "zone", "said_at"])
    host.times.all().delete()
    _add_times(host, days)
    record("round.hours", about=host, by=by)
    changed(host.school_id, Topic.ROUNDS)
    return host


def _add_times(host: RoundHost, days: Sequence[DayHours]) -> None:
    HostTime.objects.bulk_create(
        HostTime(
            school_id=host.school_id, host=host, day=one.day, starts=starts, ends=ends, modes=list(one.modes)
        )
        for one in days
        for starts, ends in one.parts()
    )


def hours_of(host: RoundHost) -> list[DayHours]:
    """As they stand, a row for each day; the first two pieces of a day, with the break between."""
    times: dict[int, list[HostTime]] = {}
    for one in host.times.order_by("starts"):
        times.setdefault(one.day_id, []).append(one)
    return [_of_day(day, times.get(day.pk, [])) for day in host.round.days.order_by("day")]


def _of_day(day: RoundDay, times: Sequence[HostTime]) -> DayHours:
    if not times:
        return DayHours(day, modes=())
    gap_starts, gap_ends = (times[0].ends, times[1].starts) if len(times) > 1 else (None, None)
    return DayHours(day, times[0].starts, times[-1].ends, gap_starts, gap_ends, tuple(times[0].modes))
