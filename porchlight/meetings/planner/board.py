"""A plan while it is made: who is busy when, what each change costs, and how to take one back.

Penalties are the score's. The rules H0 to H10 of the format are never broken on a board, as long as a wish is put only
where `open_at` says so and `breaks_kept` agrees.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from porchlight.meetings.planner.instance import Round, Way, Wish
from porchlight.meetings.planner.timeline import runs, span, touched


class Meeting(NamedTuple):
    """A wish that is held: where it begins, how, and with which interpreter (-1: none)."""

    wish: int
    start: int
    way: Way
    interpreter: int


class Board:
    """One plan. `held[wish]` is its meeting, or None."""

    def __init__(self, round_: Round) -> None:
        self.round = round_
        self.wishes = round_.wishes
        self.held: list[Meeting | None] = [None] * len(round_.wishes)
        self.teacher_busy = [0] * len(round_.teachers)
        self.interpreter_busy = [0] * len(round_.interpreters)
        self.of_party: list[list[Meeting]] = [[] for _ in round_.parties]
        self.unmet = [0] * len(round_.families)
        self.settled: Mapping[int, tuple[int, Way]] = {}  # where families expect a wish to be held
        self.strayed = self.most_strayed = 0  # how many of those are not held there, and how many may be
        self.fixed: frozenset[int] = frozenset()  # wishes that no search takes away
        for wish in round_.wishes:
            self.unmet[wish.family] += 1
        rules = round_.rules
        self._fair, self._gap, self._trip, self._idle = (
            rules.fairness,
            rules.gap_slot,
            rules.trip,
            rules.idle_slot,
        )
        # Pairs that reach over the end of a day count as a break: windows of H10 lie inside a day.
        every = sum(round_.line.days)
        self._breaks_may_begin = every & runs(every, rules.break_slots)
        self.penalty = sum(wish.worth for wish in round_.wishes)
        self.penalty += sum(rules.fairness * (n * (n - 1) // 2) for n in self.unmet)

    def open_at(self, wish: Wish, way: Way, slots: int = -1) -> int:
        """Where it may begin now, but for teachers' breaks. `slots`: look among these alone."""
        starts, length = way.starts & slots, wish.length
        margin = way.margin
        for teacher in wish.teachers:
            busy = self.teacher_busy[teacher]
            starts &= ~(touched(busy, length + 2 * margin) << margin if margin else touched(busy, length))
        if starts:
            starts &= ~self.party_blocks(wish, way)
        if starts and wish.interpreters:
            starts &= self.heard(wish)
        return starts

    def heard(self, wish: Wish) -> int:
        """Where one of its interpreters is free for all of it."""
        starts = 0
        for speaker in wish.interpreters:
            starts |= self._interpreter_starts(speaker, wish.length)
        return starts

    def speakers_at(self, wish: Wish, start: int) -> list[int]:
        """Interpreters who could come then."""
        here = 1 << start
        return [one for one in wish.interpreters if self._interpreter_starts(one, wish.length) & here]

    def _interpreter_starts(self, speaker: int, length: int) -> int:
        return runs(self.round.interpreter_windows[speaker] & ~self.interpreter_busy[speaker], length)

    def party_blocks(self, wish: Wish, way: Way) -> int:
        """Where its family cannot begin: they are elsewhere, on the way, or would meet the other parent."""
        party, length, blocked = wish.party, wish.length, 0
        round_ = self.round
        for other, start, their, _interpreter in self.of_party[party]:
            its = self.wishes[other]
            if way.on_site != their.on_site:
                gap = round_.travel[party]
            else:
                gap = round_.walk[wish.zone][its.zone] if way.on_site else 0
            blocked |= span(start - gap - length + 1, start + its.length + gap)
        for other_party, gap in round_.apart[party]:
            for other, start, _way, _interpreter in self.of_party[other_party]:
                blocked |= span(start - gap - length + 1, start + self.wishes[other].length + gap)
        return blocked

    def breaks_kept(self, wish: Wish, way: Way, start: int) -> bool:
        """Whether every teacher of it still has a break in time (H10)."""
        rules = self.round.rules
        taken = span(start - way.margin, start + wish.length + way.margin)
        for teacher in wish.teachers:
            free = ~(self.teacher_busy[teacher] | taken)
            without = self._breaks_may_begin & ~runs(free, rules.break_slots)
            if runs(without, rules.max_run + 1):
                return False
        return True

    def cost(self, wish: Wish, way: Way, start: int) -> int:
        """What holding it there adds: mode, way and waiting of the family, waiting of teachers; not its worth."""
        cost = way.cost
        day = self.round.line.day_of[start]
        if way.on_site:
            cost += self._visit(wish, start, day)
        taken = span(start - way.margin, start + wish.length + way.margin)
        whole = self.round.line.days[day]
        for teacher in wish.teachers:
            busy = self.teacher_busy[teacher] & whole
            if busy:
                after = busy | taken
                long = after.bit_length() - (after & -after).bit_length()
                cost += self._idle * (
                    long - (busy.bit_length() - (busy & -busy).bit_length()) - wish.length - 2 * way.margin
                )
        return cost

    def _visit(self, wish: Wish, start: int, day: int) -> int:
        """The family's day at school with it, less without it."""
        day_of = self.round.line.day_of
        first, last, here = start, start + wish.length, False
        old_first, old_last = 1 << 30, 0
        for other, at, way, _interpreter in self.of_party[wish.party]:
            if way.on_site and day_of[at] == day:
                here = True
                old_first, old_last = min(old_first, at), max(old_last, at + self.wishes[other].length)
        if not here:
            return self._trip
        grown = max(last, old_last) - min(first, old_first) - (old_last - old_first) - wish.length
        return self._gap * grown

    def gain(self, wish: Wish) -> int:
        """What holding it takes away from the penalty, whatever the way there costs."""
        return wish.worth + self._fair * (self.unmet[wish.family] - 1)

    def speaker_for(self, wish: Wish, start: int) -> int:
        """The interpreter who has the least left to give; -1 where none is needed."""
        if not wish.interpreters:
            return -1
        return min(self.speakers_at(wish, start), key=lambda one: (len(self.round.speaks[one]), one))

    def put(
        self, number: int, way: Way, start: int, cost: int | None = None, interpreter: int | None = None
    ) -> Meeting:
        """Hold a wish there.

        `cost`: what `cost` said, when it was asked already. `interpreter`: this one, who is free then.
        """
        wish = self.wishes[number]
        if cost is None:
            cost = self.cost(wish, way, start)
        self.penalty += cost - self.gain(wish)
        speaker = self.speaker_for(wish, start) if interpreter is None else interpreter
        meeting = Meeting(number, start, way, speaker)
        self.unmet[wish.family] -= 1
        self._hold(meeting, wish)
        return meeting

    def _hold(self, meeting: Meeting, wish: Wish) -> None:
        start, way = meeting.start, meeting.way
        taken = span(start - way.margin, start + wish.length + way.margin)
        for teacher in wish.teachers:
            self.teacher_busy[teacher] |= taken
        if meeting.interpreter >= 0:
            self.interpreter_busy[meeting.interpreter] |= span(start, start + wish.length)
        self.of_party[wish.party].append(meeting)
        self.held[meeting.wish] = meeting

    def take(self, number: int) -> Meeting:
        """Hold it no longer. Raises LookupError when it is not held."""
        meeting = self.held[number]
        if meeting is None:
            raise LookupError(f"wish {number} is not held")
        wish, start, way = self.wishes[number], meeting.start, meeting.way
        taken = span(start - way.margin, start + wish.length + way.margin)
        for teacher in wish.teachers:
            self.teacher_busy[teacher] ^= taken
        if meeting.interpreter >= 0:
            self.interpreter_busy[meeting.interpreter] ^= span(start, start + wish.length)
        self.of_party[wish.party].remove(meeting)
        self.held[number] = None
        self.unmet[wish.family] += 1
        self.penalty += self.gain(wish) - self.cost(wish, way, start)
        return meeting

    def restore(self, meetings: Iterable[Meeting]) -> None:
        """Hold these, interpreter and all, as they were held before; nothing may lie there meanwhile."""
        for meeting in meetings:
            wish = self.wishes[meeting.wish]
            self.penalty += self.cost(wish, meeting.way, meeting.start) - self.gain(wish)
            self.unmet[wish.family] -= 1
            self._hold(meeting, wish)

    def go_back(self, held: Sequence[Meeting | None]) -> None:
        """Hold what was held when somebody copied `held`."""
        other = [number for number, meeting in enumerate(held) if meeting != self.held[number]]
        for number in other:
            if self.held[number] is not None:
                self.take(number)
        self.restore(meeting for number in other if (meeting := held[number]) is not None)

    def meetings(self) -> list[Meeting]:
        """All that are held, in the order of the wishes."""
        return [one for one in self.held if one is not None]
