"""A machine that rings is a call on the ladder: never for silence alone, never at night, never where a school has none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.conversations.tests.test_the_ladder_climbs import after, hand_account, sent, ways
from porchlight.delivery.gateways import registry
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.ladder.facts import facts_of
from porchlight.delivery.ladder.looking import climb_due
from porchlight.delivery.models import Delivery, Ladder, Parcel
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.delivery.tests.telephone import calls
from porchlight.families.models import Guardian

pytestmark = on_both_databases
RUNG = "+447700900777"


@pytest.fixture
def rings(town: Town, settings) -> Iterator[Town]:
    """Mr Yousaf gets texts, and may be rung by machine at another number."""
    settings.PORCHLIGHT_GATEWAYS = [
        *settings.PORCHLIGHT_GATEWAYS,
        "porchlight.delivery.gateways.twilio_voice",
    ]
    registry.all_gateways.cache_clear()
    Guardian.objects.filter(pk=town.yousaf.guardian.pk).update(speaks="en", reads="en")
    with time_machine.travel(TUESDAY, tick=False):
        calls(town.school)
        cast.reach(town.school, town.yousaf.guardian, RUNG, channel="call", rank=2)
    yield town
    registry.all_gateways.cache_clear()


def test_a_question_that_arrived_and_was_not_answered_rings_no_telephone(rings: Town) -> None:
    sent(rings, urgent="", question="yes_no", closes_at=TUESDAY + timedelta(days=4))
    Delivery.objects.update(status=Status.DELIVERED, sent_at=TUESDAY)
    for days in range(1, 4):
        after(rings, days=days)
    assert ways() == [("office_phone", rings.yousaf.address.value)]
    cast.reach(rings.school, rings.yousaf.guardian, "+447700900778", rank=3)  # another way to write is gone
    Parcel.objects.update(climbs_at=TUESDAY + timedelta(days=3))
    after(rings, days=3, minutes=1)
    assert ways()[1:] == [("office_phone", "+447700900778")]


def test_urgent_words_that_failed_at_night_ring_in_the_morning(rings: Town) -> None:
    sent(rings)
    tonight = TUESDAY + timedelta(hours=8)  # 23:10 in London
    Delivery.objects.update(status=Status.FAILED, stopped="next_channel", sent_at=tonight)
    Parcel.objects.update(climbs_at=tonight)
    with time_machine.travel(tonight, tick=False):
        climb_due(rings.school, tonight)
    assert len(ways()) == 1
    at = Parcel.objects.get().climbs_at
    assert at is not None
    assert rings.school.local(at).strftime("%a %H:%M") == "Wed 07:00"
    with time_machine.travel(at, tick=False):
        climb_due(rings.school, at)
        [facts] = facts_of([Parcel.objects.get()], rings.school, at)
    assert ways()[1:] == [("twilio_voice", RUNG)]
    assert (facts.case.calls_today, facts.case.messages_today) == (0, 1)  # nobody of ours was asked to ring


@pytest.mark.parametrize("has_calls", [True, False])
def test_where_a_school_has_no_calls_no_machine_rings_either(rings: Town, has_calls: bool) -> None:
    hand_account(rings, "call_list")
    order = ["channel", "call", "errand"] if has_calls else ["channel", "errand"]
    waits = dict.fromkeys(order, 60)
    Ladder.objects.create(
        school=rings.school, order=order, urgent_waits=waits, dated_waits=waits, person_within=24,
        most_messages=3, most_calls=10,
    )  # fmt: skip
    sent(rings)
    after(rings, minutes=70)
    assert ("twilio_voice" in dict(ways())) is has_calls


def test_whose_own_way_is_a_call_is_told_first_by_one_whatever_the_ladder_has(rings: Town) -> None:
    Ladder.objects.create(
        school=rings.school, order=["errand"], urgent_waits={"errand": 60}, dated_waits={"errand": 60},
        person_within=24, most_messages=3, most_calls=10,
    )  # fmt: skip
    rings.yousaf.point.delete()
    sent(rings, urgent="")
    assert ways() == [("twilio_voice", RUNG)]
