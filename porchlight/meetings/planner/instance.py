"""A round as the planner works on it: names become numbers, windows become sets of slots.

Format `porchlight-ptm/1`; modes are in_person, video, phone, home. Times of the JSON are (day, slot of the day).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from porchlight.meetings.planner.timeline import Timeline, runs

FORMAT = "porchlight-ptm/1"
IN_PERSON, HOME = "in_person", "home"
MODES = (IN_PERSON, "video", "phone", HOME)


class Unreadable(ValueError):
    """The file is no round; the message says where and what to mend."""


@dataclass(frozen=True, slots=True)
class Way:
    """One mode in which a request may be held."""

    mode: str
    cost: int  # penalty of the mode for this party
    on_site: bool
    margin: int  # slots the teacher is on the way, before and after
    starts: int  # where it may begin as long as nobody is busy, as a set of slots


@dataclass(frozen=True, slots=True)
class Wish:
    """One request, with everything that does not change while planning."""

    number: int
    key: str
    party: int
    family: int
    teachers: tuple[int, ...]
    length: int
    must: bool
    priority: int
    worth: int  # what leaving it out costs, but for fairness
    ways: tuple[Way, ...]  # the cheapest first; none: it cannot be held at all
    interpreters: tuple[int, ...]  # who could; empty: none is needed, or nobody speaks the language
    zone: int
    modes: tuple[str, ...]  # as asked for, also those that cannot be


@dataclass(frozen=True, slots=True)
class Rules:
    """Breaks, and the weights of the score."""

    max_run: int
    break_slots: int
    must_unmet: int
    unmet_per_priority: int
    fairness: int
    gap_slot: int
    trip: int
    idle_slot: int


class Round:
    """A whole round. Raises Unreadable."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        try:
            self._read(told)
        except Unreadable:
            raise
        except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
            raise Unreadable(f"the round lacks something or has it in another shape: {error!r}") from error

    def _read(self, told: Mapping[str, Any]) -> None:
        if told.get("format") != FORMAT:
            raise Unreadable(f"its format is {told.get('format')!r}, this planner reads {FORMAT!r}")
        self.name = str(told["name"])
        self.changed = frozenset(
            told.get("changed_parties", ())
        )  # parties that can at other times now, by id
        self.day_ids = [day["id"] for day in told["days"]]
        self._day = _numbers(self.day_ids, "day")
        self.days = [(str(day.get("label", day["id"])), str(day["start"])) for day in told["days"]]
        self.slot_minutes = int(told["slot_minutes"])
        self.walk = _both_ways(told["zones"]["walk"])
        self.rules = _rules(told)
        longest = max((int(day["slots"]) for day in told["days"]), default=0)
        self.line = Timeline([int(day["slots"]) for day in told["days"]], _between(told, self.walk))
        self._read_people(told)
        self.wishes = [self._wish(number, one) for number, one in enumerate(told["requests"])]
        self.wish_of = _numbers([one.key for one in self.wishes], "request")
        self.of_teacher: list[list[int]] = [[] for _ in self.teachers]
        for number, wish in enumerate(self.wishes):
            for teacher in wish.teachers:
                self.of_teacher[teacher].append(number)
        self.of_interpreter = [
            [wish.number for wish in self.wishes if one in wish.interpreters]
            for one in range(len(self.interpreters))
        ]
        heard = [wish.length for wish in self.wishes if wish.interpreters]
        self.shortest_heard = min(heard, default=1)  # slots of the shortest meeting with an interpreter
        self.apart: list[list[tuple[int, int]]] = [[] for _ in self.parties]
        for pair in told["separations"]:
            one, other, gap = self._party[pair["a"]], self._party[pair["b"]], min(int(pair["gap"]), longest)
            self.apart[one].append((other, gap))
            self.apart[other].append((one, gap))

    def _read_people(self, told: Mapping[str, Any]) -> None:
        self.teachers = [one["id"] for one in told["teachers"]]
        self.teacher_names = [str(one.get("name", one["id"])) for one in told["teachers"]]
        self.teacher_windows = [self._by_mode(one["windows"]) for one in told["teachers"]]
        self.interpreters = [one["id"] for one in told["interpreters"]]
        self.interpreter_windows = [self._all(one["windows"]) for one in told["interpreters"]]
        self.speaks = [frozenset(one["languages"]) for one in told["interpreters"]]
        self.parties = [one["id"] for one in told["parties"]]
        self.party_windows = [self._all(one["windows"]) for one in told["parties"]]
        self.travel = [int(one["travel"]) for one in told["parties"]]
        self.language = [one["language"] for one in told["parties"]]
        self.mode_cost = [one["mode_cost"] for one in told["parties"]]
        families = _first_seen(one["family"] for one in told["parties"])
        self.families = list(families)
        self.family = [families[one["family"]] for one in told["parties"]]
        self._party = _numbers(self.parties, "party")
        self._teacher = _numbers(self.teachers, "teacher")
        self.zones = [int(one["zone"]) for one in told["teachers"]]

    def _wish(self, number: int, told: Mapping[str, Any]) -> Wish:
        party = self._party[told["party"]]
        teachers = tuple(dict.fromkeys(self._teacher[one] for one in told["teachers"]))
        length, must, priority = int(told["duration"]), bool(told["must"]), int(told["priority"])
        language = self.language[party]
        speakers = tuple(
            i for i, known in enumerate(self.speaks) if language is not None and language in known
        )
        ways = [self._way(mode, party, teachers, length, speakers) for mode in told["modes"]]
        possible = [way for way in ways if way is not None and way.starts]
        return Wish(
            number=number,
            key=told["id"],
            party=party,
            family=self.family[party],
            teachers=teachers,
            length=length,
            must=must,
            priority=priority,
            worth=self.rules.must_unmet if must else self.rules.unmet_per_priority * priority,
            ways=tuple(sorted(possible, key=lambda way: (way.cost, MODES.index(way.mode)))),
            interpreters=speakers,
            zone=self.zones[teachers[0]],
            modes=tuple(told["modes"]),
        )

    def _way(
        self, mode: str, party: int, teachers: Sequence[int], length: int, speakers: Sequence[int]
    ) -> Way | None:
        if mode not in MODES:
            raise Unreadable(f"the mode {mode!r} is none of {', '.join(MODES)}")
        if mode != HOME and mode not in self.mode_cost[party]:
            return None
        margin = self.travel[party] if mode == HOME else 0
        starts = runs(self.party_windows[party], length)
        for teacher in teachers:
            starts &= runs(self.teacher_windows[teacher].get(mode, 0), length + 2 * margin) << margin
        if self.language[party] is not None:
            heard = 0
            for speaker in speakers:
                heard |= runs(self.interpreter_windows[speaker], length)
            starts &= heard
        cost = 0 if mode == HOME else int(self.mode_cost[party][mode])
        return Way(mode, cost, mode == IN_PERSON, margin, starts)

    def _all(self, windows: Sequence[Mapping[str, Any]]) -> int:
        slots = 0
        for one in windows:
            slots |= self.line.window(self._day[one["day"]], one["from"], one["to"])
        return slots

    def _by_mode(self, windows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
        found: dict[str, int] = {}
        for one in windows:
            for mode in one["modes"]:
                found[mode] = found.get(mode, 0) | self._all([one])
        return found

    def place(self, day_id: int, slot: int) -> int:
        """A (day, slot) of the JSON on the line. Raises KeyError for a day that is not there."""
        return self.line.first[self._day[day_id]] + slot

    def day_and_slot(self, place: int) -> tuple[int, int]:
        """The other way round."""
        day = self.line.day_of[place]
        return self.day_ids[day], place - self.line.first[day]


def _numbers(keys: Sequence[Any], what: str) -> dict[Any, int]:
    found = {key: number for number, key in enumerate(keys)}
    if len(found) < len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Unreadable(f"two of its {what} entries are called {twice!r}")
    return found


def _first_seen(keys: Any) -> dict[Any, int]:
    found: dict[Any, int] = {}
    for key in keys:
        found.setdefault(key, len(found))
    return found


def _both_ways(walk: Sequence[Sequence[int]]) -> list[list[int]]:
    """The longer of the two directions: a family walks either."""
    return [[max(int(walk[a][b]), int(walk[b][a])) for b in range(len(walk))] for a in range(len(walk))]


def _between(told: Mapping[str, Any], walk: Sequence[Sequence[int]]) -> int:
    """Slots of nobody between two days, so that neither a meeting nor the way to it reaches from one into the next."""
    longest_day = max((int(day["slots"]) for day in told["days"]), default=0)
    meeting = max((int(one["duration"]) for one in told["requests"]), default=0)
    travel = max((int(one["travel"]) for one in told["parties"]), default=0)
    gap = max((min(int(one["gap"]), longest_day) for one in told["separations"]), default=0)
    return meeting + max(2 * travel, gap, max(map(max, walk), default=0)) + 1


def _rules(told: Mapping[str, Any]) -> Rules:
    rules, weights = told["rules"], told["weights"]
    return Rules(
        max_run=int(rules["max_run"]),
        break_slots=int(rules["break_slots"]),
        must_unmet=int(weights["must_unmet"]),
        unmet_per_priority=int(weights["unmet_per_priority"]),
        fairness=int(weights["fairness"]),
        gap_slot=int(weights["gap_slot"]),
        trip=int(weights["trip"]),
        idle_slot=int(weights["teacher_idle_slot"]),
    )
