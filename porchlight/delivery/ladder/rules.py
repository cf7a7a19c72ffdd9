"""Which rung comes next. Pure: the same words, the same past, the same rungs and clock give the same step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from porchlight.delivery.ladder.terms import (
    BY_PEOPLE,
    CALLS,
    LETTERS,
    NUDGES,
    UNOPENED,
    Case,
    Cause,
    Does,
    Fate,
    Rung,
    RungKind,
    Rungs,
    Step,
    Tried,
    Way,
    Why,
)

AFTER_ARRIVAL = timedelta(
    hours=4
)  # it arrived, and nobody said a word: another way of theirs, never a person
LOOKED_AT = timedelta(hours=4)  # while a person has it in hand
SOON = timedelta(minutes=15)  # what should have left by now has not
REMINDED = timedelta(hours=24)  # before a question closes


@dataclass(frozen=True, slots=True)
class _Next:
    """A rung that could be gone, and the earliest moment for it."""

    rung: Rung
    at: datetime
    way: int | None = None
    other: int | None = None


def next_step(case: Case, rungs: Rungs, now: datetime) -> Step:
    """The next rung, the next look, or rest."""
    rested = _rest(case)
    if rested is not None:
        return Step(Does.REST, rested)
    if any(one.fate is Fate.STOP for one in case.tried):
        return _after_stop(case)
    if case.cause is Cause.ORDINARY:
        return _ordinary(case, now)
    if case.on_a_list:
        return Step(Does.REST, Why.ON_A_LIST)
    if case.cause is Cause.URGENT and _is_late(case, rungs, now):
        return Step(Does.ERRAND, Why.NO_SIGN, rung=RungKind.ERRAND)
    following = next(_open(case, rungs, now), None)
    if following is None:
        return _at_the_top(case, rungs, now)
    if following.at > now:
        return Step(Does.WAIT, Why.ON_ITS_WAY, at=_not_past(case, rungs, following.at))
    return _gone(case, following)


def _rest(case: Case) -> Why | None:
    if case.over:
        return Why.OVER
    if case.heard:
        return Why.ANSWERED
    arrived = [one for one in case.tried if one.fate is Fate.ARRIVED]
    if arrived and (case.cause is Cause.ORDINARY or (not case.asks and any(one.sure for one in arrived))):
        return Why.ARRIVED
    may_share = case.cause is not Cause.ORDINARY and not case.letter
    if may_share and any(one.same_home and one.reached and one.may for one in case.others):
        return Why.HOME_HAS_IT
    return None


def _after_stop(case: Case) -> Step:
    """STOP leaves the ladder: nothing more goes to them. What was urgent is somebody's to think of."""
    if case.cause is Cause.URGENT and not case.on_a_list:
        return Step(Does.ERRAND, Why.SAID_STOP, rung=RungKind.ERRAND)
    return Step(Does.REST, Why.SAID_STOP)


def _ordinary(case: Case, now: datetime) -> Step:
    standing = [one for one in case.tried if one.stands and one.channel not in LETTERS]
    if any(one.channel not in NUDGES for one in standing):
        return Step(Does.REST, Why.ON_ITS_WAY)  # a slip besides is no reason to try nothing else
    if standing:
        opened_by = max(one.at for one in standing) + UNOPENED
        return Step(Does.WAIT, Why.ON_ITS_WAY, at=max(opened_by, now + SOON))
    was_nudged = any(one.channel in NUDGES for one in case.tried)
    places = sorted(range(len(case.ways)), key=lambda at: was_nudged and case.ways[at].channel in NUDGES)
    for place in places:
        if _is_new(case, case.ways[place]):
            return Step(Does.TRY, Why.FAILED, way=place)
    return Step(Does.REST, Why.NO_WAY_LEFT)


def _is_late(case: Case, rungs: Rungs, now: datetime) -> bool:
    """Nobody gave a sign, and no person has it in hand."""
    in_hand = any(one.by_person and one.fate is Fate.WAITING for one in case.tried)
    return not in_hand and now >= case.began + rungs.person_within


def _open(case: Case, rungs: Rungs, now: datetime) -> Iterator[_Next]:
    """The rungs that may be gone, in the school's order, each with its earliest moment."""
    arrived = any(one.fate is Fate.ARRIVED for one in case.tried)
    if case.cause is Cause.URGENT and any(one.fate is Fate.ARRIVED and one.sure for one in case.tried):
        return  # it is on the family's own phone: once is enough, and a person asks in the end
    for rung in rungs.of(case.cause):
        if arrived and rung.kind not in (RungKind.NUMBER, RungKind.CHANNEL):
            continue  # silence alone brings nobody to the telephone, nor to the door
        if rung.kind is RungKind.ERRAND:
            if case.cause is Cause.URGENT:
                yield _Next(rung, _earliest(case, rung, arrived, now))
            continue
        if rung.kind is RungKind.ADULT:
            yield from _to_another(case, rung, now)
            continue
        for place, way in enumerate(case.ways):
            if _is_new(case, way) and kind_of(way, case.tried) is rung.kind:
                earliest = _earliest(case, rung, arrived, now)
                yield _Next(rung, _in_hours(case, rungs, way, earliest, now), way=place)
                break


def _to_another(case: Case, rung: Rung, now: datetime) -> Iterator[_Next]:
    if case.letter:
        return
    for other in case.others:
        if other.may and not other.told:
            earliest = _earliest(case, rung, False, now)
            at = earliest if case.cause is Cause.URGENT else case.hours.to_write(earliest)
            yield _Next(rung, at, other=other.guardian)
            return


def _earliest(case: Case, rung: Rung, arrived: bool, now: datetime) -> datetime:
    standing = [one.at for one in case.tried if one.stands]
    if not standing:
        return now
    last = max(standing)
    if not arrived:
        only_nudged = all(one.channel in NUDGES for one in case.tried if one.stands)
        return last + (min(rung.wait, UNOPENED) if only_nudged else rung.wait)
    if case.cause is Cause.DATED and case.answer_by is not None:
        return max(last + AFTER_ARRIVAL, case.answer_by - REMINDED)
    return last + max(rung.wait, AFTER_ARRIVAL)


def _in_hours(case: Case, rungs: Rungs, way: Way, earliest: datetime, now: datetime) -> datetime:
    """Inside the hours of that home and under the day's cap."""
    at = max(earliest, now)
    if way.channel in LETTERS:
        return at
    asked_of_us = way.channel in BY_PEOPLE
    count, most = (
        (case.calls_today, rungs.most_calls) if asked_of_us else (case.messages_today, rungs.most_messages)
    )
    if count >= most:
        at = max(at, case.hours.tomorrow(now))
    if way.channel in CALLS:
        return case.hours.to_ring(at)
    return at if case.cause is Cause.URGENT else case.hours.to_write(at)


def _is_new(case: Case, way: Way) -> bool:
    """Not gone yet, and not past a STOP. A number that was written to may still be rung."""
    return not way.barred and (way.channel, way.address) not in {
        (one.channel, one.address) for one in case.tried
    }


def kind_of(way: Way, tried: Sequence[Tried]) -> RungKind:
    """Which rung this way is, after these."""
    if way.channel in CALLS:
        return RungKind.CALL
    if way.channel in LETTERS:
        return RungKind.PAPER
    known = any(one.channel == way.channel for one in tried)
    return RungKind.NUMBER if known else RungKind.CHANNEL


def _at_the_top(case: Case, rungs: Rungs, now: datetime) -> Step:
    """No rung is left. Urgent words wait for the hour at which a person gets them; others rest."""
    if case.cause is not Cause.URGENT:
        return Step(Does.REST, Why.ON_ITS_WAY if any(one.stands for one in case.tried) else Why.NO_WAY_LEFT)
    late = case.began + rungs.person_within
    if any(one.stands for one in case.tried) and now < late:
        return Step(Does.WAIT, Why.ON_ITS_WAY, at=late)
    if any(one.by_person and one.fate is Fate.WAITING for one in case.tried):
        return Step(Does.WAIT, Why.ON_A_LIST, at=now + LOOKED_AT)  # they may answer meanwhile
    return Step(Does.ERRAND, Why.NO_WAY_LEFT, rung=RungKind.ERRAND)


def _not_past(case: Case, rungs: Rungs, at: datetime) -> datetime:
    """Look again then, but urgent words no later than when a person must have them."""
    if case.cause is not Cause.URGENT:
        return at
    late = case.began + rungs.person_within
    in_hand = any(one.by_person and one.fate is Fate.WAITING for one in case.tried)
    return at if in_hand else min(at, late)


def _gone(case: Case, following: _Next) -> Step:
    failed = not any(one.stands for one in case.tried)
    why = Why.FAILED if failed else Why.NO_SIGN
    kind = following.rung.kind
    if kind is RungKind.ERRAND:
        return Step(Does.ERRAND, Why.NO_WAY_LEFT if failed else why, rung=kind)
    if following.other is not None:
        return Step(Does.TELL, why, other=following.other, rung=kind)
    return Step(Does.TRY, why, way=following.way, rung=kind)
