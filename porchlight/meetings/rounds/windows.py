"""Days cut into the few pieces that fit on a phone's keypad, and said in every language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from porchlight.design import moments
from porchlight.languages.phrases import languages
from porchlight.meetings.models import PartyTime, Round, RoundDay, RoundWindow

MOST_WINDOWS = 8  # beside "any time", nine keys
SHORTEST = 90  # minutes of a piece, so that a plan has room in it
A_DAY = date(2000, 1, 1)  # any: hours are counted on it
type Hours = tuple[time, time]


@dataclass(frozen=True, slots=True)
class Span:
    """From one hour of a day to another."""

    day: RoundDay
    starts: time
    ends: time


def minutes_between(starts: time, ends: time) -> int:
    """How long it is."""
    return int((datetime.combine(A_DAY, ends) - datetime.combine(A_DAY, starts)).total_seconds()) // 60


def pieces(days: Sequence[Hours], most: int = MOST_WINDOWS) -> list[list[Hours]]:
    """For each day its pieces: as many as there is room for, none shorter than an hour and a half. The longest
    pieces are parted first.
    """
    counts = [1] * len(days)
    lengths = [minutes_between(*hours) for hours in days]
    while sum(counts) < most:
        place = max(range(len(days)), key=lambda n: lengths[n] / counts[n], default=None)
        if place is None or lengths[place] < SHORTEST * (counts[place] + 1):
            break
        counts[place] += 1
    return [_cut(hours, count) for hours, count in zip(days, counts, strict=True)]


def _cut(hours: Hours, count: int) -> list[Hours]:
    """Equal parts, at whole half hours."""
    starts, ends = hours
    step = minutes_between(starts, ends) / count
    at = [
        datetime.combine(A_DAY, starts) + timedelta(minutes=30 * round(step * n / 30)) for n in range(count)
    ]
    edges = [one.time() for one in at] + [ends]
    return list(pairwise(edges))


def cut_windows(round_: Round) -> None:
    """Anew while nobody is asked; afterwards days that came since are added, and no number changes."""
    if round_.asked_at is None:
        round_.windows.all().delete()
    days = list(round_.days.filter(windows=None).order_by("day"))
    taken = round_.windows.count()
    cut = pieces([(one.starts, one.ends) for one in days], max(MOST_WINDOWS - taken, len(days)))
    spans = [Span(day, *hours) for day, parts in zip(days, cut, strict=True) for hours in parts]
    RoundWindow.objects.bulk_create(
        RoundWindow(
            school_id=round_.school_id,
            round=round_,
            day=one.day,
            number=number,
            starts=one.starts,
            ends=one.ends,
        )
        for number, one in enumerate(spans, taken + 1)
    )


def windows_of(round_: Round) -> list[RoundWindow]:
    """In the order of their numbers."""
    return list(round_.windows.select_related("day").order_by("number"))


def label(window: RoundWindow, *, zone: tzinfo, language: str = "") -> str:
    """As families choose it."""
    return in_words(window.day.day, window.starts, window.ends, zone=zone, language=language)


def in_words(day: date, starts: time, ends: time, *, zone: tzinfo, language: str = "") -> str:
    """`Thursday 15 October 3.30 pm – 5.30 pm`: its own day however near, since it is read on any day."""
    first, last = (datetime.combine(day, at, tzinfo=zone) for at in (starts, ends))
    until = moments.clock(last, zone=zone, language=language)
    return f"{moments.slot(first, zone=zone, language=language)} – {until}"


def day_in_words(day: date, *, zone: tzinfo) -> str:
    """`Thursday 15 October`, in the page's language."""
    return moments.full_day(datetime.combine(day, time(12), tzinfo=zone), zone=zone)


def labels(window: RoundWindow, *, zone: tzinfo) -> Mapping[str, str]:
    """The same in every language of ours."""
    return {tag: label(window, zone=zone, language=tag) for tag in languages()}


def joined(windows: Iterable[RoundWindow]) -> list[Span]:
    """What lies end to end becomes one."""
    found: list[Span] = []
    for one in sorted(windows, key=lambda window: (window.day.day, window.starts)):
        last = found[-1] if found else None
        if last is not None and last.day == one.day and last.ends >= one.starts:
            found[-1] = Span(last.day, last.starts, max(last.ends, one.ends))
        else:
            found.append(Span(one.day, one.starts, one.ends))
    return found


def keep_times(party_id: int, school_id: int, windows: Iterable[RoundWindow]) -> None:
    """These, and no others. None at all: whenever the school is there."""
    PartyTime.objects.filter(party=party_id).delete()
    PartyTime.objects.bulk_create(
        PartyTime(school_id=school_id, party_id=party_id, day=one.day, starts=one.starts, ends=one.ends)
        for one in joined(windows)
    )


def chosen_of(times: Iterable[PartyTime], windows: Sequence[RoundWindow]) -> list[RoundWindow]:
    """Which windows they ticked: those that lie inside what they said."""
    spans = list(times)
    return [
        one
        for one in windows
        if any(t.day_id == one.day_id and t.starts <= one.starts and t.ends >= one.ends for t in spans)
    ]
