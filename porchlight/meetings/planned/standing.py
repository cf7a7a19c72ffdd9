"""What stands of a round now, on the planner's own board, and which rules a meeting breaks or would break there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from porchlight.meetings.models import Meeting, Round, Wish
from porchlight.meetings.planned.clock import Span
from porchlight.meetings.planned.loading import Asked, asked_of
from porchlight.meetings.planner import instance
from porchlight.meetings.planner.board import Board
from porchlight.meetings.planner.board import Meeting as Held
from porchlight.meetings.planner.instance import HOME, IN_PERSON, Way
from porchlight.meetings.planner.timeline import bits, span


class Broken(NamedTuple):
    """One rule that a meeting breaks at a place. `host`, `wish`: keys of whom it is about; `hours`: what would do."""

    rule: str  # as `staff_words.RULES`
    host: str = ""
    wish: str = ""
    hours: tuple[Span, ...] = ()


class Place(NamedTuple):
    """Where a wish is held, or would be: a slot of the planner's line."""

    start: int
    mode: str
    interpreter: str = ""  # the round host's key


@dataclass
class Standing:
    """A round now. `at_odds`: meetings that stand though they break a rule, by the wish's key."""

    asked: Asked
    planner: instance.Round
    board: Board
    at_odds: dict[str, list[Broken]] = field(default_factory=dict)

    def number(self, wish: Wish | str) -> int | None:
        """The planner's number of a wish; None where the planner is not told of it."""
        return self.planner.wish_of.get(wish if isinstance(wish, str) else wish.key)

    def place_of(self, meeting: Meeting) -> Place | None:
        """Where it stands; None when that is on no slot of the round."""
        at = self.asked.clock.place(meeting.starts_at)
        if at is None:
            return None
        hosts = self.asked.hosts.values()
        speaker = next(
            (one.key for one in hosts if one.interprets and one.staff_id == meeting.interpreter_id), ""
        )
        return Place(self.planner.place(*at), meeting.mode, speaker)

    def moment(self, start: int) -> datetime:
        """When a slot of the line begins."""
        return self.asked.clock.at(*self.planner.day_and_slot(start))

    def hours(self, slots: int) -> tuple[Span, ...]:
        """A set of slots as spans of the round's days."""
        found = []
        for day, whole in enumerate(self.planner.line.days):
            here = slots & whole
            edges = list(bits(here ^ (here << 1)))
            first = self.planner.line.first[day]
            found += [
                Span(self.planner.day_ids[day], start - first, end - first)
                for start, end in zip(edges[::2], edges[1::2], strict=True)
            ]
        return tuple(found)


def standing_of(round_: Round, *, now: datetime, also: Collection[str] = ()) -> Standing:
    """The board with every meeting that stands. What was pinned is put first: a clash is then the other one's."""
    asked = asked_of(round_, now=now, also=also)
    planner = instance.Round(asked.told)
    found = Standing(asked, planner, Board(planner))
    held = [one for one in asked.wishes.values() if one.meeting is not None and one.meeting.is_on]
    fixed = []
    for wish in sorted(held, key=lambda one: (one.pinned_by_id is None, one.pk)):
        number, place = found.number(wish), found.place_of(wish.meeting) if wish.meeting else None
        if number is None:
            found.at_odds[wish.key] = [Broken(asked.left_out[wish.key])]
        elif place is None:
            found.at_odds[wish.key] = [Broken("day")]
        elif reasons := put(found, number, place):
            found.at_odds[wish.key] = reasons
            _hold_all_the_same(found, number, place)
        elif wish.pinned_by_id is not None:
            fixed.append(number)
    found.board.fixed = frozenset(fixed)
    return found


def put(standing: Standing, number: int, place: Place) -> list[Broken]:
    """Hold it there; or the rules that this would break, and nothing is changed."""
    reasons = broken(standing, number, place)
    if reasons:
        return reasons
    board = standing.board
    wish = board.wishes[number]
    way = next(one for one in wish.ways if one.mode == place.mode)
    names = standing.planner.interpreters
    same = next(
        (one for one in board.speakers_at(wish, place.start) if names[one] == place.interpreter), None
    )
    board.put(number, way, place.start, interpreter=same)
    return []


def _hold_all_the_same(standing: Standing, number: int, place: Place) -> None:
    """It stands though a rule says otherwise: its time is nobody else's, unless somebody else has it already."""
    board, planner = standing.board, standing.planner
    wish = board.wishes[number]
    margin = planner.travel[wish.party] if place.mode == HOME else 0
    taken = span(place.start - margin, place.start + wish.length + margin)
    inside = any(taken & whole == taken for whole in planner.line.days)
    if not inside or any(board.teacher_busy[teacher] & taken for teacher in wish.teachers):
        return
    cost = int(planner.mode_cost[wish.party].get(place.mode, 0))
    way = next(
        (one for one in wish.ways if one.mode == place.mode),
        Way(place.mode, cost, place.mode == IN_PERSON, margin, 0),
    )
    names = planner.interpreters
    speaker = names.index(place.interpreter) if place.interpreter in names else -1
    if speaker >= 0 and board.interpreter_busy[speaker] & taken:
        speaker = -1
    board.restore([Held(number, place.start, way, speaker)])


def broken(standing: Standing, number: int, place: Place) -> list[Broken]:
    """The rules it would break there. It may not be held itself meanwhile."""
    planner, wish = standing.planner, standing.board.wishes[number]
    if place.mode not in wish.modes or (
        place.mode != HOME and place.mode not in planner.mode_cost[wish.party]
    ):
        return [Broken("way")]
    taken = span(place.start, place.start + wish.length)
    inside = [whole for whole in planner.line.days if taken & whole]
    if len(inside) != 1 or taken & ~inside[0]:
        return [Broken("day")]
    found = _hours(standing, number, place, taken) + _busy(standing, number, place, taken)
    if found:
        return found
    way = next((one for one in wish.ways if one.mode == place.mode), None)
    board = standing.board
    if way is None or not board.open_at(wish, way, 1 << place.start):
        return [Broken("interpreter" if planner.language[wish.party] is not None else "day")]
    if not board.breaks_kept(wish, way, place.start):
        return [Broken("break", host=planner.teachers[one]) for one in wish.teachers]
    return []


def _hours(standing: Standing, number: int, place: Place, taken: int) -> list[Broken]:
    """Who is not there then."""
    planner, wish = standing.planner, standing.board.wishes[number]
    margin = planner.travel[wish.party] if place.mode == HOME else 0
    whole = span(place.start - margin, place.start + wish.length + margin)
    found = []
    for teacher in wish.teachers:
        there = planner.teacher_windows[teacher].get(place.mode, 0)
        if whole & ~there:
            found.append(Broken("host", planner.teachers[teacher], hours=standing.hours(there)))
    can = planner.party_windows[wish.party]
    if taken & ~can:
        found.append(Broken("family", hours=standing.hours(can)))
    return found


def _busy(standing: Standing, number: int, place: Place, taken: int) -> list[Broken]:
    """Who sits elsewhere then."""
    board, planner = standing.board, standing.planner
    wish = board.wishes[number]
    found = []
    for teacher in wish.teachers:
        if board.teacher_busy[teacher] & taken:
            other = _meets(board, planner.of_teacher[teacher], place.start, wish.length)
            found.append(Broken("host_busy", planner.teachers[teacher], other))
    own = [one.wish for one in board.of_party[wish.party]]
    if _near(board, own, place, wish.length, _walk(standing, number, place)):
        found.append(Broken("family_busy", wish=_nearest(board, own, place.start)))
    for party, gap in planner.apart[wish.party]:
        theirs = [one.wish for one in board.of_party[party]]
        if _near(board, theirs, place, wish.length, gap):
            found.append(Broken("apart", wish=_nearest(board, theirs, place.start)))
    return found


def _walk(standing: Standing, number: int, place: Place) -> Sequence[int] | int:
    """Between this and each other meeting of the family."""
    planner, board = standing.planner, standing.board
    wish, on_site = board.wishes[number], place.mode == IN_PERSON
    gaps = []
    for other in board.of_party[wish.party]:
        if on_site != other.way.on_site:
            gaps.append(planner.travel[wish.party])
        else:
            gaps.append(planner.walk[wish.zone][board.wishes[other.wish].zone] if on_site else 0)
    return gaps


def _near(board: Board, others: Sequence[int], place: Place, length: int, gap: Sequence[int] | int) -> bool:
    gaps = [gap] * len(others) if isinstance(gap, int) else gap
    for other, between in zip(others, gaps, strict=True):
        held = board.held[other]
        if held is not None:
            ends = held.start + board.wishes[other].length
            if place.start < ends + between and held.start < place.start + length + between:
                return True
    return False


def _meets(board: Board, others: Sequence[int], start: int, length: int) -> str:
    """The key of the wish that is held at this time, of these."""
    for other in others:
        held = board.held[other]
        if held is None:
            continue
        margin = held.way.margin
        if held.start - margin < start + length and start < held.start + board.wishes[other].length + margin:
            return board.wishes[other].key
    return ""


def _nearest(board: Board, others: Sequence[int], start: int) -> str:
    held = [one for other in others if (one := board.held[other]) is not None]
    nearest = min(held, key=lambda one: abs(one.start - start), default=None)
    return board.wishes[nearest.wish].key if nearest is not None else ""
