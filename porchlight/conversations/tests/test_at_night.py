"""A colleague at twenty to ten in the evening: what is said when, and until when it can be taken back."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Notice
from porchlight.conversations.notices import Draft, NoticeRefused, release, write
from porchlight.conversations.taking_back import undo
from porchlight.conversations.tell import reply
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import Delivery, Stopped
from porchlight.delivery.tests.cast import TUESDAY

BASE = "/maple-street"
NIGHT = TUESDAY + timedelta(hours=6, minutes=30)  # 21:40 in London


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NIGHT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def amal(town: Town) -> Client:
    return browser_of(town.amal)


def announced(town: Town) -> Notice:
    audience = Audience(AudienceKind.CLASSES, (town.class_4a.key,))
    notice = write(Draft("Bring water.", "en", audience), school=town.school, by=town.amal.actor(), now=NIGHT)
    return release(notice, by=town.amal.actor(), now=NIGHT)


def test_the_look_says_that_homes_sleep_and_when_they_get_it(town: Town, amal: Client, clock) -> None:
    form = {"kind": "information", "audience": f"class:{town.class_4a.key}", "text": "Bring water."}
    address = f"{BASE}/notices/new/"
    page = amal.post(address, form | {"look": "1"}).content.decode()
    assert "One adult has quiet hours now and gets it tomorrow, 7 am." in page
    abroad = town.home(2, timezone="America/New_York")
    page = amal.post(address, form | {"look": "1"}).content.decode()
    assert "One adult has quiet hours now" in page  # it is afternoon there
    abroad.guardian.timezone = ""
    abroad.guardian.save()
    assert (
        "2 adults have quiet hours now and get it from tomorrow, 7 am."
        in amal.post(address, form | {"look": "1"}).content.decode()
    )
    clock.move_to(TUESDAY)
    assert "quiet hours now" not in amal.post(address, form | {"look": "1"}).content.decode()


def test_an_announcement_can_be_taken_back_until_the_first_home_wakes(
    town: Town, amal: Client, clock
) -> None:
    notice = announced(town)
    clock.shift(timedelta(hours=3))
    page = amal.get(f"{BASE}/notices/{notice.key}/").content.decode()
    assert "Homes sleep. It leaves\n    today, 7 am." in page
    amal.post(f"{BASE}/notices/{notice.key}/withdrawal/")
    assert Delivery.objects.get().stopped == Stopped.WITHDRAWN


@pytest.mark.parametrize("left", ["one abroad has it", "the morning has come"])
def test_once_it_has_begun_to_leave_it_cannot(town: Town, left: str) -> None:
    town.home(2, timezone="America/New_York")
    notice = announced(town)
    later = NIGHT + timedelta(minutes=2)
    if left == "one abroad has it":
        Delivery.objects.filter(due_at__lt=later).update(sent_at=later)
    else:
        later = NIGHT + timedelta(hours=9, minutes=21)
    with pytest.raises(NoticeRefused):
        undo(notice, by=town.amal.actor(), now=later)
    assert not Delivery.objects.filter(stopped=Stopped.WITHDRAWN).exists()


def test_a_reply_waits_and_can_be_taken_back_until_it_leaves(town: Town, amal: Client, clock) -> None:
    message = reply(thread=town.thread, text="Good night.", language="en", by=town.amal.actor(), now=NIGHT)
    thread = f"{BASE}/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/"
    clock.shift(timedelta(hours=2))
    page = amal.get(thread).content.decode()
    assert "Waits until quiet hours end" in page
    assert f"/messages/{message.key}/withdrawal/" in page
    Delivery.objects.update(sent_at=NIGHT, status=2)
    assert f"/messages/{message.key}/withdrawal/" not in amal.get(thread).content.decode()
