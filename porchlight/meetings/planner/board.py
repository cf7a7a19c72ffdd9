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
        self.of_interpreter: list[list[Meeting]] = [[] for _ in round_.interpreters]
        self.unmet = [0] * len(round_.families)
        self.settled: Mapping[int, tuple[int, Way]] = {}  # where families expect a wish to be held
        self.strayed = self.most_strayed = 0  # how many of those are not held there, and how many may be
        self.price = 0  # of a wish that is held elsewhere
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
        # A window of H10 without a break is so many places, one after the other, where none begins.
        self._rest, self._most_between = rules.break_slots, rules.max_run + 1
        self.penalty = sum(wish.worth for wish in round_.wishes)
        self.penalty += sum(rules.fairness * (n * (n - 1) // 2) for n in self.unmet)

    def open_at(self, wish: Wish, way: Way, slots: int = -1) -> int:
        """Where it may begin now, but for teachers' breaks. `slots`: look among these alone."""
        starts = self.free_at(wish, way, slots)
        return starts & self.heard(wish) if starts and wish.interpreters else starts

    def free_at(self, wish: Wish, way: Way, slots: int) -> int:
        """Where its teachers and its family are free for it, whether or not an interpreter is."""
        starts, length = way.starts & slots, wish.length
        margin = way.margin
        for teacher in wish.teachers:
            busy = self.teacher_busy[teacher]
            starts &= ~(touched(busy, length + 2 * margin) << margin if margin else touched(busy, length))
        return starts & ~self.party_blocks(wish, way) if starts else 0

    def heard(self, wish: Wish) -> int:
        """Where one of its interpreters is free for all of it."""
        starts = 0
        for speaker in wish.interpreters:
            starts |= self._interpreter_starts(speaker, wish.length)
        return starts

    def snug(self, wish: Wish) -> int:
        """Where one of its interpreters is free for it and is left with no rest too short for any meeting."""
        snug, length, shortest = 0, wish.length, self.round.shortest_heard
        for speaker in wish.interpreters:
            free = self.round.interpreter_windows[speaker] & ~self.interpreter_busy[speaker]
            enough = runs(free, shortest)
            before, after = ~(free << 1) | enough << shortest, ~(free >> length) | enough >> length
            snug |= runs(free, length) & before & after
        return snug

    def speakers_at(self, wish: Wish, start: int) -> list[int]:
        """Interpreters who could come then."""
        here = 1 << start
        return [one for one in wish.interpreters if self._interpreter_starts(one, wish.length) & here]

    def _interpreter_starts(self, speaker: int, length: int) -> int:
        return runs(self.round.interpreter_windows[speaker] & ~self.interpreter_busy[speaker], length)

    def party_blocks(self, wish: Wish, way: Way) -> int:
        """Where its family cannot begin: they are elsewhere, on the way, or would meet the other parent."""
        party, before, blocked = wish.party, wish.length - 1, 0
        round_, wishes, on_site = self.round, self.wishes, way.on_site
        for other, start, their, _interpreter in self.of_party[party]:
            its = wishes[other]
            if on_site != their.on_site:
                gap = round_.travel[party]
            else:
                gap = round_.walk[wish.zone][its.zone] if on_site else 0
            # From so long before that it would reach into it, to its end and the way from there.
            blocked |= ((1 << (its.length + 2 * gap + before)) - 1) << (start - gap - before)
        for other_party, gap in round_.apart[party]:
            for other, start, _way, _interpreter in self.of_party[other_party]:
                blocked |= ((1 << (wishes[other].length + 2 * gap + before)) - 1) << (start - gap - before)
        return blocked

    def breaks_kept(self, wish: Wish, way: Way, start: int) -> bool:
        """Whether every teacher of it still has a break in time (H10)."""
        rest, most = self._rest, self._most_between
        begin, end = start - way.margin, start + wish.length + way.margin
        line = self.round.line
        day = line.day_of[start]
        first = line.first[day]
        past = first + line.slots[day] - rest + 1  # from here on a break would reach over the end of the day
        for teacher in wish.teachers:
            free = runs(
                ~self.teacher_busy[teacher], rest
            )  # where breaks begin; only those around it can be lost
            later = free >> end
            after = end + (later & -later).bit_length() - 1
            before = (free & ((1 << max(begin - rest + 1, 0)) - 1)).bit_length() - 1
            if min(after, past) - max(before, first - 1) > most:
                return False
        return True

    def cost(self, wish: Wish, way: Way, start: int) -> int:
        """What holding it there adds: mode, way and waiting of the family, waiting of teachers; not its worth."""
        cost, stretches = self.prices(wish, way, self.round.line.day_of[start])
        begin, end = start - way.margin, start + wish.length + way.margin
        for weight, low, high in stretches:
            if end > high:
                cost += weight * (end - high)
            if begin < low:
                cost += weight * (low - begin)
        return cost

    def prices(self, wish: Wish, way: Way, day: int) -> tuple[int, list[tuple[int, int, int]]]:
        """What a place of a day costs: always so much, and for each stretch (penalty of a slot, begin, end)
        every slot by which it grows."""
        cost, stretches = way.cost, []
        size = wish.length + 2 * way.margin
        if way.on_site:
            low, high = self._stay(wish.party, day)
            if high:
                cost -= self._gap * size
                stretches.append((self._gap, low, high))
            else:
                cost += self._trip
        whole, idle = self.round.line.days[day], self._idle
        for teacher in wish.teachers:
            busy = self.teacher_busy[teacher] & whole
            if busy:
                cost -= idle * size
                stretches.append((idle, (busy & -busy).bit_length() - 1, busy.bit_length()))
        return cost, stretches

    def _stay(self, party: int, day: int) -> tuple[int, int]:
        """From when to when a family is at school on a day; (0, 0) when it is not."""
        day_of, low, high = self.round.line.day_of, 1 << 30, 0
        for other, at, way, _interpreter in self.of_party[party]:
            if way.on_site and day_of[at] == day:
                low = min(low, at)
                high = max(high, at + self.wishes[other].length)
        return (low, high) if high else (0, 0)

    def gain(self, wish: Wish) -> int:
        """What holding it takes away from the penalty, whatever the way there costs."""
        return wish.worth + self._fair * (self.unmet[wish.family] - 1)

    def speaker_for(self, wish: Wish, start: int) -> int:
        """The interpreter whose day it breaks up least, then who has the least left to give; -1: none is needed."""
        if not wish.interpreters:
            return -1
        return min(
            self.speakers_at(wish, start),
            key=lambda one: (self._left_over(one, wish, start), len(self.round.speaks[one]), one),
        )

    def _left_over(self, speaker: int, wish: Wish, start: int) -> int:
        """How many slots, right before and right after, would be too few for any meeting."""
        free = self.round.interpreter_windows[speaker] & ~self.interpreter_busy[speaker]
        shortest, end = self.round.shortest_heard, start + wish.length
        after = ~free >> end
        after = (after & -after).bit_length() - 1
        before = start - (~free & ((1 << start) - 1)).bit_length()
        return (before if before < shortest else 0) + (after if after < shortest else 0)

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
            self.of_interpreter[meeting.interpreter].append(meeting)
        self.of_party[wish.party].append(meeting)
        self.held[meeting.wish] = meeting

    def take(self, number: int) -> Meeting:
        """Hold it no longer. Raises LookupError when it is not held."""
        meeting = self.held[number]
        if meeting is None:
            raise LookupError(f"wish {number} is not held")
        wish = self.wishes[number]
        self._release(meeting, wish)
        self.unmet[wish.family] += 1
        self.penalty += self.gain(wish) - self.cost(wish, meeting.way, meeting.start)
        return meeting

    def _release(self, meeting: Meeting, wish: Wish) -> None:
        start, way = meeting.start, meeting.way
        taken = span(start - way.margin, start + wish.length + way.margin)
        for teacher in wish.teachers:
            self.teacher_busy[teacher] ^= taken
        if meeting.interpreter >= 0:
            self.interpreter_busy[meeting.interpreter] ^= span(start, start + wish.length)
            self.of_interpreter[meeting.interpreter].remove(meeting)
        self.of_party[wish.party].remove(meeting)
        self.held[meeting.wish] = None

    def undo(self, put: Iterable[int], gone: Iterable[Meeting], penalty: int) -> None:
        """Take what was put, hold what was taken, and have the penalty that was before."""
        for number in put:
            meeting = self.held[number]
            if meeting is not None:
                wish = self.wishes[number]
                self._release(meeting, wish)
                self.unmet[wish.family] += 1
        for meeting in gone:
            wish = self.wishes[meeting.wish]
            self._hold(meeting, wish)
            self.unmet[wish.family] -= 1
        self.penalty = penalty

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
