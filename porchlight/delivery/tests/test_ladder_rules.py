"""The rules of the ladder, tried with every past that a hundred throws of the dice bring up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from porchlight.delivery.ladder.rules import kind_of, next_step
from porchlight.delivery.ladder.terms import (
    DEFAULT,
    LETTERS,
    Case,
    Cause,
    Does,
    Fate,
    Hours,
    Other,
    Rung,
    RungKind,
    Rungs,
    Tried,
    Way,
    Why,
)
from porchlight.delivery.quiet import is_quiet

LONDON = ZoneInfo("Europe/London")
BEGAN = datetime(2026, 10, 13, 8, 12, tzinfo=UTC)  # 09:12 in London, a Tuesday
HOURS = Hours(LONDON, time(20), time(7))
CHANNELS = ("whatsapp", "sms", "email", "telegram", "call", "voice", "paper")
RINGS = {"voice", "call"}  # by a person, by a machine

minutes = st.integers(0, 6000).map(lambda n: timedelta(minutes=n))
tries = st.builds(
    Tried,
    channel=st.sampled_from(CHANNELS),
    address=st.integers(1, 4),
    at=minutes.map(lambda after: BEGAN + after),
    fate=st.sampled_from(Fate),
    sure=st.booleans(),
    by_person=st.booleans(),
)
ways = st.builds(
    Way,
    channel=st.sampled_from(CHANNELS),
    address=st.integers(1, 6),
    barred=st.booleans(),
    by_person=st.booleans(),
)
others = st.builds(
    Other,
    guardian=st.integers(1, 3),
    same_home=st.booleans(),
    told=st.booleans(),
    reached=st.booleans(),
    may=st.booleans(),
)
cases = st.builds(
    Case,
    cause=st.sampled_from(Cause),
    began=st.just(BEGAN),
    hours=st.sampled_from([HOURS, replace(HOURS, ring_from=time(17), ring_until=time(19))]),
    tried=st.lists(tries, min_size=1, max_size=4),
    ways=st.lists(ways, max_size=5),
    others=st.lists(others, max_size=2),
    letter=st.booleans(),
    over=st.booleans(),
    heard=st.booleans(),
    asks=st.booleans(),
    on_a_list=st.booleans(),
    answer_by=st.none() | minutes.map(lambda after: BEGAN + after),
    messages_today=st.integers(0, 4),
    calls_today=st.integers(0, 3),
)
rung_kinds = [kind for kind in RungKind if kind is not RungKind.ERRAND]
orders = st.permutations(rung_kinds) | st.permutations(
    [one for one in rung_kinds if one is not RungKind.CALL]
)
ladders = st.builds(
    lambda order, waits, most_messages, most_calls: Rungs(
        tuple(Rung(kind, wait) for kind, wait in zip([*order, RungKind.ERRAND], waits, strict=False)),
        tuple(Rung(kind, wait) for kind, wait in zip([*order, RungKind.ERRAND], waits, strict=False)),
        timedelta(hours=48),
        most_messages,
        most_calls,
    ),
    orders,
    st.lists(minutes, min_size=6, max_size=6),
    st.integers(1, 3),
    st.integers(1, 3),
)
moments = minutes.map(lambda after: BEGAN + after)


@settings(max_examples=400, deadline=None)
@given(cases, ladders, moments)
def test_what_no_step_ever_does(case, rungs, now):
    step = next_step(case, rungs, now)
    assert step == next_step(case, rungs, now)  # the same past, the same step
    if case.over or case.heard:
        assert step.does is Does.REST
    if any(one.fate is Fate.STOP for one in case.tried):  # never past STOP
        assert step.does in (Does.REST, Does.ERRAND)
        assert step.does is Does.REST or step.why is Why.SAID_STOP
    if step.does is Does.TRY:
        way = case.ways[step.way]
        assert not way.barred
        assert (way.channel, way.address) not in {(one.channel, one.address) for one in case.tried}
        arrived = any(one.fate is Fate.ARRIVED for one in case.tried)
        assert not (arrived and way.channel in RINGS | LETTERS)  # silence alone brings nobody to a door
        if case.cause is not Cause.ORDINARY:
            _obeys_hours_and_caps(case, rungs, way, now)
            assert kind_of(way, case.tried) is step.rung
    if step.does is Does.TELL:  # never another's own letter
        assert not case.letter
        assert any(one.guardian == step.other and one.may and not one.told for one in case.others)
    if step.does is Does.ERRAND:
        assert case.cause is Cause.URGENT
        assert not case.on_a_list  # one errand is enough
    if step.does is Does.WAIT:
        assert step.at > now


def _obeys_hours_and_caps(case, rungs, way, now):
    if way.channel in RINGS:
        assert RungKind.CALL in {rung.kind for rung in rungs.of(case.cause)}
        assert case.hours.to_ring(now) == now
    if way.channel == "voice":
        assert case.calls_today < rungs.most_calls
    elif way.channel not in LETTERS:
        assert case.messages_today < rungs.most_messages
        if case.cause is Cause.DATED and way.channel not in RINGS:
            assert not is_quiet(now, LONDON, time(20), time(7))


@settings(max_examples=100, deadline=None)
@given(cases, ladders, st.lists(st.sampled_from(Fate), min_size=40, max_size=40))
def test_urgent_words_without_a_sign_always_end_with_a_person(case, rungs, fates):
    """Whatever becomes of each try: within two days it is in a person's hands, and the last step leaves it there."""
    case = replace(
        case, cause=Cause.URGENT, over=False, heard=False, on_a_list=False, tried=(), asks=True, others=()
    )
    now, coming = BEGAN, iter(fates)
    in_hand_since = None
    for _ in range(60):
        step = next_step(case, rungs, now)
        if step.does is Does.TRY:
            way = case.ways[step.way]
            gone = Tried(way.channel, way.address, now, next(coming), by_person=way.by_person)
            case = replace(case, tried=(*case.tried, gone))
        elif step.does is Does.WAIT:
            now = step.at
        else:
            break
        in_hand_since = in_hand_since or (now if _in_hand(case) else None)
    assert (in_hand_since or now) <= BEGAN + rungs.person_within
    assert step.does is Does.ERRAND or (step.does is Does.WAIT and _in_hand(case))


def _in_hand(case) -> bool:
    return any(one.by_person and one.fate is Fate.WAITING for one in case.tried)


def whatsapp(fate: Fate, **more) -> Tried:
    return Tried("whatsapp", 1, BEGAN, fate, **more)


SMS, MAIL, RUNG, CALL, SLIP = (
    Way("sms", 2),
    Way("email", 3),
    Way("call", 4),
    Way("voice", 2, by_person=True),
    Way("paper", None, by_person=True),
)
URGENT = Case(Cause.URGENT, BEGAN, HOURS, tried=(whatsapp(Fate.SENT),), ways=(SMS, CALL, SLIP), letter=False)
DATED = replace(URGENT, cause=Cause.DATED, answer_by=BEGAN + timedelta(days=4), asks=True)


@pytest.mark.parametrize(
    ("case", "after", "does", "why"),
    [
        (replace(URGENT, tried=(whatsapp(Fate.FAILED),)), 0, Does.TRY, Why.FAILED),
        (URGENT, 59, Does.WAIT, Why.ON_ITS_WAY),
        (URGENT, 60, Does.TRY, Why.NO_SIGN),
        (replace(URGENT, tried=(whatsapp(Fate.ARRIVED, sure=True),)), 60, Does.REST, Why.ARRIVED),
        (replace(URGENT, tried=(whatsapp(Fate.ARRIVED),)), 60, Does.WAIT, Why.ON_ITS_WAY),
        (replace(URGENT, tried=(whatsapp(Fate.ARRIVED),)), 240, Does.TRY, Why.NO_SIGN),
        (replace(URGENT, tried=(whatsapp(Fate.ARRIVED),), ways=()), 48 * 60, Does.ERRAND, Why.NO_SIGN),
        (replace(URGENT, tried=(), ways=()), 0, Does.ERRAND, Why.NO_WAY_LEFT),
        (replace(URGENT, others=(Other(7, same_home=True, reached=True, told=True),)), 0, Does.REST, Why.HOME_HAS_IT),
        (replace(URGENT, others=(Other(7, reached=True, told=True),)), 60, Does.TRY, Why.NO_SIGN),  # another home
        (replace(URGENT, others=(Other(7),)), 60, Does.TELL, Why.NO_SIGN),
        (replace(URGENT, others=(Other(7),), letter=True), 60, Does.TRY, Why.NO_SIGN),
        (replace(URGENT, tried=(whatsapp(Fate.STOP),)), 0, Does.ERRAND, Why.SAID_STOP),
        (replace(DATED, tried=(whatsapp(Fate.STOP),)), 0, Does.REST, Why.SAID_STOP),
        (DATED, 60, Does.WAIT, Why.ON_ITS_WAY),
        (DATED, 24 * 60, Does.TRY, Why.NO_SIGN),
        (replace(DATED, tried=(whatsapp(Fate.ARRIVED, sure=True),)), 2 * 24 * 60, Does.WAIT, Why.ON_ITS_WAY),
        (replace(DATED, tried=(whatsapp(Fate.ARRIVED, sure=True),)), 3 * 24 * 60, Does.TRY, Why.NO_SIGN),
        (replace(DATED, tried=(whatsapp(Fate.ARRIVED),), ways=(CALL, SLIP)), 3 * 24 * 60, Does.REST, Why.ON_ITS_WAY),
        (replace(DATED, tried=(whatsapp(Fate.ARRIVED),), ways=(RUNG,)), 3 * 24 * 60, Does.REST, Why.ON_ITS_WAY),
        (replace(DATED, tried=(whatsapp(Fate.FAILED),), ways=(RUNG,)), 0, Does.TRY, Why.FAILED),
        (replace(URGENT, tried=(whatsapp(Fate.ARRIVED),), ways=(RUNG,)), 240, Does.WAIT, Why.ON_ITS_WAY),
        (replace(URGENT, ways=(RUNG,)), 119, Does.WAIT, Why.ON_ITS_WAY),  # as long as before a call by a person
        (replace(URGENT, ways=(RUNG,)), 120, Does.TRY, Why.NO_SIGN),
        (replace(URGENT, cause=Cause.ORDINARY), 600, Does.REST, Why.ON_ITS_WAY),
        (replace(URGENT, cause=Cause.ORDINARY, tried=(whatsapp(Fate.FAILED),)), 0, Does.TRY, Why.FAILED),
        (replace(URGENT, cause=Cause.ORDINARY, tried=(whatsapp(Fate.ARRIVED),)), 9, Does.REST, Why.ARRIVED),
    ],
)  # fmt: skip
def test_what_comes_next(case, after, does, why):
    step = next_step(case, DEFAULT, BEGAN + timedelta(minutes=after))
    assert (step.does, step.why) == (does, why)


@pytest.mark.parametrize("way", [RUNG, CALL])
def test_no_telephone_rings_at_night_on_the_ladder_and_none_where_the_school_has_no_calls(way):
    night = BEGAN + timedelta(hours=14)  # 23:12 in London
    case = replace(URGENT, tried=(Tried("sms", 2, night, Fate.FAILED),), ways=(way,))
    assert next_step(case, DEFAULT, night).at.astimezone(LONDON).hour == 7
    assert next_step(replace(case, ways=(MAIL, way)), DEFAULT, night).way == 0
    without = replace(
        DEFAULT, urgent=tuple(rung for rung in DEFAULT.urgent if rung.kind is not RungKind.CALL)
    )
    assert next_step(case, without, night + timedelta(hours=10)).does is Does.ERRAND


def test_a_call_by_a_machine_is_none_of_ours_and_counts_among_the_days_messages():
    noon = BEGAN + timedelta(hours=3)
    case = replace(URGENT, ways=(RUNG,), calls_today=DEFAULT.most_calls)
    assert next_step(case, DEFAULT, noon).rung is RungKind.CALL
    full = replace(case, messages_today=DEFAULT.most_messages)
    assert next_step(full, DEFAULT, noon).at.astimezone(LONDON).day == 14


def test_a_call_waits_for_the_hours_they_gave_and_for_tomorrow_past_the_days_cap():
    case = replace(
        URGENT,
        ways=(CALL,),
        hours=replace(HOURS, ring_from=time(17), ring_until=time(19)),
    )
    noon = BEGAN + timedelta(hours=3)
    assert next_step(case, DEFAULT, noon).at.astimezone(LONDON).hour == 17
    evening = BEGAN + timedelta(hours=8)
    assert next_step(case, DEFAULT, evening).rung is RungKind.CALL
    full = replace(case, calls_today=DEFAULT.most_calls)
    assert next_step(full, DEFAULT, evening).at.astimezone(LONDON).day == 14
