"""Requests that no plan can hold, and why, in words that say what to change: the cheapest gain before planning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from porchlight.meetings.planner.instance import HOME, Round, Wish
from porchlight.meetings.planner.timeline import bits, runs

SPOKEN = {"in_person": "in person", "video": "by video", "phone": "by phone", "home": "at home"}


class Impossible(NamedTuple):
    """One request that cannot be met. `why`: one sentence, without a full stop."""

    request: str
    party: str
    must: bool
    kind: str  # way, language, hour, short, travel, interpreter
    why: str


def impossible(round_: Round) -> list[Impossible]:
    """In the order of the requests."""
    found = []
    for wish in round_.wishes:
        if not wish.ways:
            kind, why = _why(round_, wish)
            found.append(Impossible(wish.key, round_.parties[wish.party], wish.must, kind, why))
    return found


def crowded(round_: Round) -> list[str]:
    """Teachers and languages asked for longer than they are there; some of those requests will be left out."""
    found = []
    for teacher, numbers in enumerate(round_.of_teacher):
        asked = sum(round_.wishes[n].length for n in numbers if round_.wishes[n].ways)
        there = _any_mode(round_, teacher).bit_count()
        if asked > there:
            found.append(f"{round_.teacher_names[teacher]} is {_asked(round_, asked, there)}")
    for language in sorted({one for one in round_.language if one is not None}):
        asked = sum(w.length for w in round_.wishes if w.ways and round_.language[w.party] == language)
        who = [i for i, known in enumerate(round_.speaks) if language in known]
        there = sum(round_.interpreter_windows[i].bit_count() for i in who)
        if asked > there:
            found.append(f"whoever interprets {language} is {_asked(round_, asked, there)}")
    return found


def _asked(round_: Round, asked: int, there: int) -> str:
    minutes = round_.slot_minutes
    return f"asked for {asked * minutes} minutes and there for {there * minutes}"


def _why(round_: Round, wish: Wish) -> tuple[str, str]:
    """Its kind and the sentence. Looks in the order in which things are mended most easily."""
    family = [mode for mode in wish.modes if mode == HOME or mode in round_.mode_cost[wish.party]]
    if not family:
        return "way", f"asked for {_ways(wish.modes)}, and the family takes none of these ways"
    for teacher in wish.teachers:
        offered = round_.teacher_windows[teacher]
        if not offered:
            return "hour", f"{round_.teacher_names[teacher]} is never there"
        if not set(family) & offered.keys():
            name = round_.teacher_names[teacher]
            return "way", f"the family wants it {_ways(family)}, {name} offers {_ways(sorted(offered))}"
    language = round_.language[wish.party]
    if language is not None and not wish.interpreters:
        return "language", f"nobody interprets {language}"
    return _no_hour(round_, wish, family)


def _no_hour(round_: Round, wish: Wish, modes: Sequence[str]) -> tuple[str, str]:
    can = round_.party_windows[wish.party]
    theirs = {mode: _together(round_, wish, mode) for mode in modes}
    there = _union(theirs)
    if not there:
        names = " and ".join(round_.teacher_names[teacher] for teacher in wish.teachers)
        return "hour", f"{names} are never there together in a way that the family takes"
    if not can & there:
        names = " and ".join(round_.teacher_names[teacher] for teacher in wish.teachers)
        is_there = "is there" if len(wish.teachers) == 1 else "are there"
        hours = f"{names} {is_there} {spoken(round_, there)}, the family can {spoken(round_, can)}"
        return "hour", f"no common hour: {hours}"
    if not any(runs(can & slots, wish.length) for slots in theirs.values()):
        minutes = wish.length * round_.slot_minutes
        return (
            "short",
            f"too short: it takes {minutes} minutes, together they have {spoken(round_, can & there)}",
        )
    if all(mode == HOME for mode in modes) and not _with_the_way(round_, wish):
        minutes = round_.travel[wish.party] * round_.slot_minutes
        return (
            "travel",
            f"no time for the way: {minutes} minutes there and back beside {spoken(round_, can & there)}",
        )
    language = round_.language[wish.party]
    return (
        "interpreter",
        f"nobody who interprets {language} is there when both can: {spoken(round_, can & there)}",
    )


def _with_the_way(round_: Round, wish: Wish) -> int:
    """Where a home visit could begin, were no interpreter needed."""
    margin = round_.travel[wish.party]
    starts = runs(_together(round_, wish, HOME), wish.length + 2 * margin) << margin
    return starts & runs(round_.party_windows[wish.party], wish.length)


def _together(round_: Round, wish: Wish, mode: str) -> int:
    slots = -1
    for teacher in wish.teachers:
        slots &= round_.teacher_windows[teacher].get(mode, 0)
    return slots


def _union(slots: Mapping[Any, int]) -> int:
    found = 0
    for one in slots.values():
        found |= one
    return found


def _any_mode(round_: Round, teacher: int) -> int:
    return _union(round_.teacher_windows[teacher])


def _ways(modes: Sequence[str]) -> str:
    return " or ".join(SPOKEN[mode] for mode in modes)


def spoken(round_: Round, slots: int) -> str:
    """A set of slots as people say it: "Tue evening 15:30–17:00, Saturday 09:00–12:00"."""
    said: list[str] = []
    for day, whole in enumerate(round_.line.days):
        label, begins = round_.days[day]
        here = slots & whole
        if not here:
            continue
        edges = list(bits(here ^ (here << 1)))
        first = round_.line.first[day]
        clock = [_clock(begins, (edge - first) * round_.slot_minutes) for edge in edges]
        hours = [f"{start}–{end}" for start, end in zip(clock[::2], clock[1::2], strict=True)]
        said.append(f"{label} {' and '.join(hours)}")
    return ", ".join(said) or "never"


def _clock(begins: str, minutes: int) -> str:
    hour, minute = begins.split(":")
    whole = int(hour) * 60 + int(minute) + minutes
    return f"{whole // 60 % 24:02}:{whole % 60:02}"
