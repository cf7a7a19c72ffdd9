"""The rules H1 to H10, each looked at slot by slot and pair by pair: slow, plain, and nothing of the planner in it.

H0 well-formed. H1 known request, at most once. H2 inside the day. H3 inside windows of every teacher that allow the
mode (home: also `travel` slots before and after). H4 inside the party's windows. H5 mode allowed by request and party.
H6 no teacher twice at once. H7 no party twice at once, with time to walk or travel between. H8 parties apart stay
apart. H9 an interpreter where one is needed, who knows the language and is there, never twice at once. H10 breaks for
teachers.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple


class Sat(NamedTuple):
    """One meeting of a party's day. Slots `[start, end)`."""

    start: int
    end: int
    mode: str
    zone: int
    request: str


class Round:
    """An instance by names, and what a plan makes of it. `errors`: what is broken, each with its rule."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.told = told
        self.errors: list[str] = []
        self.days = {one["id"]: one for one in told["days"]}
        self.teachers = {one["id"]: one for one in told["teachers"]}
        self.parties = {one["id"]: one for one in told["parties"]}
        self.interpreters = {one["id"]: one for one in told["interpreters"]}
        self.requests = {one["id"]: one for one in told["requests"]}
        self.teacher_modes: dict[str, dict[tuple[int, int], set[str]]] = {
            t: defaultdict(set) for t in self.teachers
        }
        for teacher, one in self.teachers.items():
            for window in one["windows"]:
                for slot in range(window["from"], window["to"]):
                    self.teacher_modes[teacher][(window["day"], slot)].update(window["modes"])
        self.party_free = {name: _slots(one) for name, one in self.parties.items()}
        self.interpreter_free = {name: _slots(one) for name, one in self.interpreters.items()}
        self.placed: dict[str, dict[str, Any]] = {}
        self.teacher_busy: dict[str, dict[tuple[int, int], list[str]]] = {
            t: defaultdict(list) for t in self.teachers
        }
        self.teacher_days: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
        self.interpreter_busy: dict[str, dict[tuple[int, int], list[str]]] = {
            i: defaultdict(list) for i in self.interpreters
        }
        self.party_days: dict[tuple[str, int], list[Sat]] = defaultdict(list)
        if told.get("format") != "porchlight-ptm/1":
            self.bad("H0", "unknown instance format")

    def bad(self, rule: str, said: str) -> None:
        self.errors.append(f"{rule}: {said}")

    def place(self, one: dict[str, Any]) -> None:
        """Take one assignment down, and look at all rules that concern it alone."""
        try:
            name, day, start, mode = one["request"], one["day"], one["start"], one["mode"]
            speaker = one.get("interpreter")
        except (KeyError, TypeError, AttributeError):
            self.bad("H0", f"malformed assignment {one!r}")
            return
        if name not in self.requests:
            self.bad("H1", f"unknown request {name}")
        elif name in self.placed:
            self.bad("H1", f"{name} scheduled twice")
        elif day not in self.days or type(start) is not int or type(day) is not int:
            self.bad("H2", f"{name} has no such day or a start that is not an integer")
        else:
            self.placed[name] = one
            self._at(name, day, start, mode)
            self._interpreted(name, day, start, speaker)

    def _at(self, name: str, day: int, start: int, mode: str) -> None:
        request = self.requests[name]
        party, end = self.parties[request["party"]], start + request["duration"]
        if start < 0 or end > self.days[day]["slots"]:
            self.bad("H2", f"{name} lies outside day {day}")
        if mode not in request["modes"] or (mode != "home" and mode not in party["mode_cost"]):
            self.bad("H5", f"{name} mode {mode} not allowed")
        way = party["travel"] if mode == "home" else 0
        for teacher in request["teachers"]:
            there = self.teacher_modes[teacher]
            if not all(mode in there.get((day, slot), ()) for slot in range(start - way, end + way)):
                self.bad("H3", f"{name} teacher {teacher} not available for {mode} at day {day} slot {start}")
            for slot in range(start - way, end + way):
                self.teacher_busy[teacher][(day, slot)].append(name)
            self.teacher_days[(teacher, day)].append((start - way, end + way))
        if not all((day, slot) in self.party_free[request["party"]] for slot in range(start, end)):
            self.bad("H4", f"{name} party {request['party']} not available at day {day} slot {start}")
        zone = self.teachers[request["teachers"][0]]["zone"]
        self.party_days[(request["party"], day)].append(Sat(start, end, mode, zone, name))

    def _interpreted(self, name: str, day: int, start: int, speaker: str | None) -> None:
        request = self.requests[name]
        language = self.parties[request["party"]]["language"]
        slots = range(start, start + request["duration"])
        if language is None:
            if speaker is not None:
                self.bad("H9", f"{name} needs no interpreter")
        elif speaker is None or speaker not in self.interpreters:
            self.bad("H9", f"{name} needs an interpreter for {language}")
        else:
            if language not in self.interpreters[speaker]["languages"]:
                self.bad("H9", f"{name} interpreter {speaker} does not speak {language}")
            if not all((day, slot) in self.interpreter_free[speaker] for slot in slots):
                self.bad("H9", f"{name} interpreter {speaker} not available")
            for slot in slots:
                self.interpreter_busy[speaker][(day, slot)].append(name)

    def look_over(self) -> None:
        """The rules between assignments, once all are placed."""
        for rule, who, busy in (
            ("H6", "teacher", self.teacher_busy),
            ("H9", "interpreter", self.interpreter_busy),
        ):
            for name, slots in busy.items():
                for (day, slot), meetings in slots.items():
                    if len(meetings) > 1:
                        self.bad(rule, f"{who} {name} day {day} slot {slot}: {meetings}")
        for (party, day), sat in self.party_days.items():
            sat.sort()
            for number, one in enumerate(sat):
                for other in sat[number + 1 :]:
                    self._between(party, day, one, other)
        self._apart()
        for teacher in self.teachers:
            for day in self.days:
                self._breaks(teacher, day)

    def _between(self, party: str, day: int, one: Sat, other: Sat) -> None:
        here, there = one.mode == "in_person", other.mode == "in_person"
        if here and there:
            need = self.told["zones"]["walk"][one.zone][other.zone]
        else:
            need = self.parties[party]["travel"] if here != there else 0
        if other.start - one.end < need:
            self.bad(
                "H7", f"party {party} day {day}: {one.request} then {other.request} need {need} slots between"
            )

    def _apart(self) -> None:
        for pair in self.told["separations"]:
            gap = pair["gap"]
            for day in self.days:
                for one in self.party_days.get((pair["a"], day), ()):
                    for other in self.party_days.get((pair["b"], day), ()):
                        if one.start < other.end + gap and other.start < one.end + gap:
                            said = (
                                f"{one.request} and {other.request} closer than {gap} slots (parties apart)"
                            )
                            self.bad("H8", said)

    def _breaks(self, teacher: str, day: int) -> None:
        run, rest = self.told["rules"]["max_run"], self.told["rules"]["break_slots"]
        slots = self.days[day]["slots"]
        busy = [bool(self.teacher_busy[teacher].get((day, slot))) for slot in range(slots)]
        for begin in range(slots - (run + rest) + 1):
            if not any(not any(busy[slot : slot + rest]) for slot in range(begin, begin + run + 1)):
                last = begin + run + rest - 1
                self.bad(
                    "H10", f"teacher {teacher} day {day}: no {rest}-slot break within slots {begin}..{last}"
                )
                return


def _slots(one: dict[str, Any]) -> set[tuple[int, int]]:
    return {
        (window["day"], slot) for window in one["windows"] for slot in range(window["from"], window["to"])
    }
