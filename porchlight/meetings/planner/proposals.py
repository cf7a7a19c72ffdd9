"""The way from a plan that families know to a better one, in steps that can be taken one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from porchlight.meetings.planner import plan
from porchlight.meetings.planner.board import Board, Meeting
from porchlight.meetings.planner.instance import Round
from porchlight.meetings.planner.timeline import bits, span

type Links = Callable[[Meeting], Iterable[tuple[Any, ...]]]


@dataclass(frozen=True)
class Proposal:
    """Changes that need one another: all of them or none.

    `gain`: by how much the penalty falls when it is taken alone. `changes`: wish, as it is, as it would be.
    """

    gain: int
    changes: tuple[tuple[int, Meeting | None, Meeting | None], ...]


def proposals(kept: Board, better: Sequence[Meeting]) -> list[Proposal]:
    """What leads from one plan to the other, the most gain first. Leaves the board as it was.

    Each may be taken alone, and all together; between, whoever takes some of them asks the board again.
    """
    new = {one.wish: one for one in better}
    held = list(kept.held)
    groups = [{n} for n, old in enumerate(held) if old != new.get(n)]
    groups = _joined(groups, _taking_room(kept.round), held, new)
    while True:
        unfit = [group for group in groups if _gain(kept, group, new) is None]
        if not unfit or len(groups) == 1:
            break
        lonely = set().union(*unfit)
        wider = _joined(groups, _meeting_on_a_day(kept.round), held, new, only=lonely)
        groups = wider if len(wider) < len(groups) else [set().union(*groups)]
    found = []
    for group in groups:
        changes = tuple((n, held[n], new.get(n)) for n in sorted(group))
        found.append(Proposal(_gain(kept, group, new) or 0, changes))
    return sorted(found, key=lambda one: (-one.gain, one.changes[0][0]))


def _gain(kept: Board, group: set[int], new: Mapping[int, Meeting]) -> int | None:
    """By how much the penalty falls; None when these changes alone would break a rule. The board is as it was."""
    before, held, fits = kept.penalty, list(kept.held), True
    for number in group:
        if held[number] is not None:
            kept.take(number)
    for number in sorted(group & new.keys()):
        meeting, wish = new[number], kept.wishes[number]
        fits = bool(kept.open_at(wish, meeting.way, 1 << meeting.start))
        fits = fits and kept.breaks_kept(wish, meeting.way, meeting.start)
        fits = fits and (
            meeting.interpreter < 0 or meeting.interpreter in kept.speakers_at(wish, meeting.start)
        )
        if not fits:
            break
        kept.restore([meeting])
    gain = before - kept.penalty
    kept.go_back(held)
    return gain if fits else None


def _joined(
    groups: Sequence[set[int]],
    links: Links,
    held: Sequence[Meeting | None],
    new: Mapping[int, Meeting],
    only: set[int] | None = None,
) -> list[set[int]]:
    """Groups one of which touches what another touches, as one. `only`: where at least one of both is of these."""
    at: dict[tuple[Any, ...], int] = {}
    above = list(range(len(groups)))

    def top(one: int) -> int:
        while above[one] != one:
            one = above[one]
        return one

    touches: list[set[tuple[Any, ...]]] = []
    for group in groups:
        meetings = [one for n in group for one in (held[n], new.get(n)) if one is not None]
        touches.append({link for meeting in meetings for link in links(meeting)})
    wanted = (
        None
        if only is None
        else {t for group, its in zip(groups, touches, strict=True) if group & only for t in its}
    )
    for number, its in enumerate(touches):
        for touch in its:
            if wanted is None or touch in wanted:
                above[top(at.setdefault(touch, number))] = top(number)
    whole: dict[int, set[int]] = {}
    for number, group in enumerate(groups):
        whole.setdefault(top(number), set()).update(group)
    return list(whole.values())


def _taking_room(round_: Round) -> Links:
    """Each slot that a meeting takes of a teacher, a party or an interpreter."""

    def links(meeting: Meeting) -> Iterable[tuple[Any, ...]]:
        wish, margin = round_.wishes[meeting.wish], meeting.way.margin
        for slot in bits(span(meeting.start - margin, meeting.start + wish.length + margin)):
            yield from (("teacher", teacher, slot) for teacher in wish.teachers)
            yield "party", wish.party, slot
            if meeting.interpreter >= 0:
                yield "interpreter", meeting.interpreter, slot

    return links


def _meeting_on_a_day(round_: Round) -> Links:
    """Everybody who has to do with it, on its day."""

    def links(meeting: Meeting) -> Iterable[tuple[Any, ...]]:
        wish, day = round_.wishes[meeting.wish], round_.line.day_of[meeting.start]
        yield from (("teacher", teacher, day) for teacher in wish.teachers)
        yield "party", wish.party, day
        yield from (("party", other, day) for other, _gap in round_.apart[wish.party])
        yield from (("interpreter", speaker, day) for speaker in wish.interpreters)

    return links


def told(round_: Round, found: Sequence[Proposal]) -> list[dict[str, Any]]:
    """The proposals as JSON: `gain`, and of each change the request, where it is (`from`) and would be (`to`)."""
    return [
        {
            "gain": one.gain,
            "changes": [
                {"request": round_.wishes[n].key, "from": _place(round_, old), "to": _place(round_, new)}
                for n, old, new in one.changes
            ],
        }
        for one in found
    ]


def _place(round_: Round, meeting: Meeting | None) -> dict[str, Any] | None:
    return None if meeting is None else plan.told(round_, [meeting], {})["assignments"][0]
