"""Ruin and recreate: take some meetings of a few teachers away, put them back better, and keep what is worth it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

from porchlight.meetings.planner.board import Board, Meeting
from porchlight.meetings.planner.instance import Wish
from porchlight.meetings.planner.placing import best_place, somewhere
from porchlight.meetings.planner.timeline import span

LIKELIER = 0.8  # how often the more worth of two open wishes is the one to begin with
FAMILY = 0.03  # how often the other meetings of a family are taken away too, when one of them is
SKIP = 0.01  # how often a wish is left open for once
WAITING, WAITING_HEARD = 4, 8  # open wishes of the same teacher, and interpreter, that are tried too


class Search:
    """One search on one board. `slots`: it changes only what begins there, and puts nothing elsewhere."""

    def __init__(
        self, board: Board, seed: str, *, slots: int = -1, wishes: Sequence[int] | None = None
    ) -> None:
        self.board = board
        self.chance = Random(seed)
        self.slots = slots
        mine = range(len(board.wishes)) if wishes is None else wishes
        self.open = [n for n in mine if board.wishes[n].ways and board.held[n] is None]
        self._at = {n: i for i, n in enumerate(self.open)}
        self.of_teacher = board.round.of_teacher
        self.of_interpreter = board.round.of_interpreter

    def step(self, heat: float, width: int) -> bool:
        """One ruin and recreate. Whether the board changed."""
        board, chance = self.board, self.chance
        before = board.penalty
        first = self._first()
        gone = self._ruin(first, width)
        put = self._recreate(first, gone)
        if board.strayed <= board.most_strayed and board.penalty <= before - heat * math.log(
            1.0 - chance.random() or 1e-9
        ):
            self._note(gone, put)
            return True
        board.undo(put, gone, before)
        return False

    def _first(self) -> int:
        chance = self.chance
        if self.open and chance.random() < 0.8:
            one, other = (self.open[int(chance.random() * len(self.open))] for _ in range(2))
            return max(one, other, key=self._density) if chance.random() < LIKELIER else one
        held = self.board.held
        for _ in range(4):
            first = int(chance.random() * len(held))
            meeting = held[first]
            if meeting is not None and self.slots >> meeting.start & 1:
                break
        return first

    def _density(self, number: int) -> float:
        """What a slot of it would gain."""
        wish = self.board.wishes[number]
        return self.board.gain(wish) / wish.length

    def _ruin(self, first: int, width: int) -> list[Meeting]:
        """Take away what lies around one place of one wish, at its teachers and at its family."""
        board, chance = self.board, self.chance
        wish = board.wishes[first]
        held = board.held[first]
        if held is not None:
            centre = held.start
        elif wish.ways:
            way = wish.ways[int(chance.random() * len(wish.ways))]
            starts = way.starts & self.slots
            if not starts:
                return []
            centre = somewhere(starts, chance)
        else:
            return []
        near = span(
            max(0, centre - int(chance.random() * width)), centre + wish.length + int(chance.random() * width)
        )
        gone: list[Meeting] = []
        self._take_of_party(wish.party, near, gone)
        for teacher in wish.teachers:
            self._take_of_teacher(teacher, near, gone)
        if wish.interpreters:
            self._take_of_interpreter(wish, centre, near, gone)
        for meeting in gone:
            if chance.random() < FAMILY:
                other = board.wishes[meeting.wish]
                self._take_of_party(other.party, -1, gone)
        return gone

    def _take_of_teacher(self, teacher: int, near: int, gone: list[Meeting]) -> None:
        board = self.board
        if not board.teacher_busy[teacher] & near:
            return
        for number in self.of_teacher[teacher]:
            held = board.held[number]
            if held is None or number in board.fixed:
                continue
            if near >> held.start & 1 and self.slots >> held.start & 1:
                gone.append(board.take(number))

    def _take_of_party(self, party: int, near: int, gone: list[Meeting]) -> None:
        board = self.board
        mine = near & self.slots
        there = [
            one.wish for one in board.of_party[party] if mine >> one.start & 1 and one.wish not in board.fixed
        ]
        gone.extend(board.take(number) for number in there)

    def _take_of_interpreter(self, wish: Wish, centre: int, near: int, gone: list[Meeting]) -> None:
        board = self.board
        here = [one for one in wish.interpreters if board.round.interpreter_windows[one] >> centre & 1]
        if here:
            speaker = here[int(self.chance.random() * len(here))]
            mine = near & self.slots
            there = [
                one.wish
                for one in board.of_interpreter[speaker]
                if mine >> one.start & 1 and one.wish not in board.fixed
            ]
            gone.extend(board.take(number) for number in there)

    def _recreate(self, first: int, gone: Sequence[Meeting]) -> list[int]:
        board, chance, wishes = self.board, self.chance, self.board.wishes
        todo = [one.wish for one in gone]
        if first in self._at and first not in todo:
            todo.append(first)
        first_of = self.of_teacher[wishes[first].teachers[0]]
        todo += self._waiting(first_of, todo, WAITING)
        if wishes[first].interpreters:
            speaker = chance.choice(wishes[first].interpreters)
            todo += self._waiting(self.of_interpreter[speaker], todo, WAITING_HEARD)
        kind, gain = chance.random(), board.gain
        if kind < 0.2:
            chance.shuffle(todo)
        elif kind < 0.6:
            todo.sort(key=lambda n: chance.random() * 300 - gain(wishes[n]))
        else:
            todo.sort(key=lambda n: chance.random() * 100 - gain(wishes[n]) / wishes[n].length)
        put = []
        for number in todo:
            if chance.random() < SKIP:
                continue
            place = best_place(board, wishes[number], chance, self.slots)
            if place is not None:
                cost, way, start = place
                board.put(number, way, start, cost)
                put.append(number)
        return put

    def _waiting(self, among: Sequence[int], todo: Sequence[int], most: int) -> list[int]:
        """Some open wishes that are not to be put back anyway."""
        held = self.board.held
        found = [n for n in among if held[n] is None and n in self._at and n not in todo]
        self.chance.shuffle(found)
        return found[:most]

    def _note(self, gone: Sequence[Meeting], put: Sequence[int]) -> None:
        """Which wishes are open now."""
        for meeting in gone:
            if self.board.held[meeting.wish] is None:
                self._add(meeting.wish)
        for number in put:
            self._drop(number)

    def _add(self, number: int) -> None:
        if number not in self._at:
            self._at[number] = len(self.open)
            self.open.append(number)

    def _drop(self, number: int) -> None:
        at = self._at.pop(number, None)
        if at is not None:
            last = self.open.pop()
            if last != number:
                self.open[at] = last
                self._at[last] = at
