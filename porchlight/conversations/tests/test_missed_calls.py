"""A missed call, as its gateway tells of it: the office has it in its tray, the family hears that we will ring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from porchlight.conversations.models import TriageItem, TriageReason
from porchlight.conversations.placing_by_hand import settle
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.conversations.tests.hearing_kit import served
from porchlight.delivery.inbox.processing import process_waiting
from porchlight.delivery.models import InboundEvent
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.delivery.tests.hooks import path_of
from practice.accounts import TwilioAccount
from practice.phones import Phone
from practice.twilio_events import call_hook
from practice.webhooks import Posting

pytestmark = on_both_databases
NIGHT = TUESDAY.replace(hour=22)
YOUSAF, STRANGER = "+447700900001", "+447700900888"


@dataclass
class Line:
    """The school's number for texts, which nobody takes a call on."""

    path: str
    there: TwilioAccount  # the same account, as the practice gateway knows it

    def rings(self, number: str, at: datetime = TUESDAY) -> Posting:
        """Somebody rings and nobody answers; what the gateway posted, to be posted again."""
        call = call_hook(self.there, Phone(id=number, number=number), at).build()
        self.comes(call, at)
        return call

    def comes(self, call: Posting, at: datetime = TUESDAY) -> None:
        with time_machine.travel(at, tick=False):
            answer = Client().post(
                self.path, call.body, content_type="application/x-www-form-urlencoded", headers=call.headers
            )
            assert answer.status_code == 200
            process_waiting()


@pytest.fixture
def line(town: Town) -> Line:
    there = TwilioAccount(name="texts", number="+441632960002")
    account = cast.account(
        town.school,
        "twilio_sms",
        sender=there.number,
        settings={"account_sid": there.account_sid},
        secrets={"auth_token": there.auth_token},
    )
    there.callback = settings.BASE_URL + path_of(account)
    return Line(path_of(account), there)


def tray() -> list[tuple[str, str, bool]]:
    return [(item.reason, item.sender, item.address_id is not None) for item in TriageItem.objects.all()]


def test_the_office_has_it_and_the_family_hears_that_we_will_ring(town: Town, line: Line) -> None:
    line.rings(YOUSAF)
    assert tray() == [(TriageReason.MISSED_CALL, YOUSAF, True)]
    [promise] = served("we_will_ring")
    assert promise.language == "ur"
    assert served("out_of_hours") == []


def test_ringing_on_is_one_wish_and_told_twice_it_is_one_call(town: Town, line: Line) -> None:
    call = line.rings(YOUSAF)
    line.comes(call)
    line.rings(YOUSAF, TUESDAY + timedelta(minutes=2))
    assert len(tray()) == 1
    assert len(served("we_will_ring")) == 1
    outcomes = [event.outcome for event in InboundEvent.objects.order_by("pk")]
    assert outcomes == ["missed call", "rang again"]


def test_a_call_that_was_seen_to_makes_room_for_the_next(town: Town, line: Line) -> None:
    line.rings(YOUSAF)
    settle(TriageItem.objects.get(), outcome="rang back", by=town.okafor.actor(), now=TUESDAY)
    line.rings(YOUSAF, TUESDAY + timedelta(hours=2))
    assert len(tray()) == 2


def test_an_event_that_is_read_again_adds_nothing(town: Town, line: Line) -> None:
    line.rings(YOUSAF)
    InboundEvent.objects.update(processed_at=None, outcome="", due_at=TUESDAY)
    line.rings(STRANGER)
    assert [sender for _reason, sender, _known in tray()] == [YOUSAF, STRANGER]
    assert InboundEvent.objects.order_by("pk").first().outcome == "heard before"


def test_at_night_whoever_rings_hears_that_nobody_watches(town: Town, line: Line) -> None:
    line.rings(STRANGER, NIGHT)
    line.rings(YOUSAF, NIGHT)
    assert tray() == [
        (TriageReason.MISSED_CALL, STRANGER, False),
        (TriageReason.MISSED_CALL, YOUSAF, True),
    ]
    assert ["999" in parcel.text for parcel in served("out_of_hours")] == [True, True]
    assert len(served("we_will_ring")) == 1  # a promise is made to those we know
