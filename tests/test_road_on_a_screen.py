"""The road to a family's own screen, on the real wire formats: it says that news waits, and the words follow elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from json import dumps
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client

import practice
from porchlight.accounts.models import User
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Answer
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.ladder.looking import climb_due
from porchlight.delivery.models import Account, Delivery, Stopped, WebhookRoute
from porchlight.delivery.news import public_key
from porchlight.delivery.tests import cast
from porchlight.families.models import Channel, Consent, ContactPoint
from porchlight.toolbox import school_time
from tests.test_road import WAYS, School_, carry, school_with, send

OFFICE_PHONE = next(way for way in WAYS if way.gateway == "office_phone")
NOTE = "Maple Street School کی طرف سے خبر"
WORDS = "کیا حمزہ جمعہ کو آ سکتا ہے؟"


@pytest.fixture
def town() -> Iterator[practice.ThreadedTown]:
    with practice.town_in_thread() as running:
        yield running


@pytest.fixture
def school(town: practice.ThreadedTown, live_server: Any, settings: Any) -> School_:
    """Mr Yousaf has a phone for texts, and a browser."""
    settings.BASE_URL = live_server.url
    found = school_with(OFFICE_PHONE, town, live_server)
    base = {"contact": "office@maple-street.example.org", "base_url": town.url}
    cast.account(found.school, "web_push", sender="Maple Street School", settings=base)
    return found


@pytest.fixture
def father(school: School_) -> Client:
    user = User.objects.create_user("yousaf@example.org", name="Mr Yousaf")
    school.yousaf.guardian.user = user
    school.yousaf.guardian.save()
    return browser_of(user)


def turn_on(town: practice.ThreadedTown, father: Client, school: School_) -> dict[str, Any]:
    """As his browser does it, with the key that stands on his page."""
    key = public_key(school.school)
    assert f'data-push="{key}"' in father.get("/maple-street/week/").text
    browser = dict(town.subscribe("yousaf", key))
    page = father.post("/maple-street/messages/ways/screen/", {"subscription": dumps(browser)}, follow=True)
    assert "یہ اسکرین" in page.text or page.status_code == 200
    return browser


def path_of(url: str) -> str:
    return urlsplit(url).path


pytestmark = pytest.mark.django_db(transaction=True)


def test_a_note_shows_nothing_and_its_page_asks_who_is_there_and_counts_once_it_is_open(
    town: practice.ThreadedTown, school: School_, father: Client
) -> None:
    with time_machine.travel(cast.TUESDAY, tick=True) as clock:
        turn_on(town, father, school)
        [consent] = Consent.objects.filter(contact_point__address__channel=Channel.PUSH)
        assert consent.given
        send(school)
        clock.shift(timedelta(seconds=31))
        carry()
        [note] = town.received("yousaf", "push")
        assert (note.text, note.raw["lang"], note.raw["dir"]) == (NOTE, "ur", "rtl")
        assert note.raw["headers"] == {"TTL": "86400", "Urgency": "normal", "Topic": "news"}
        assert set(note.raw) == {"title", "lang", "dir", "url", "headers"}
        assert not town.received("yousaf", "sms")
        delivery = Delivery.objects.get(channel=Channel.PUSH)
        assert delivery.status == Status.SENT
        stranger = Client().get(path_of(note.opens))
        assert stranger.status_code == 302
        assert "sign-in" in stranger["Location"]
        led = father.get(path_of(note.opens))
        page = father.get(led["Location"]).text
        assert WORDS in page
        assert f'data-opened action="{path_of(note.opens)}"' in " ".join(page.split())
        delivery.refresh_from_db()
        assert delivery.status == Status.SENT  # looking at a page changes nothing
        assert father.post(path_of(note.opens)).status_code == 204
        delivery.refresh_from_db()
        assert delivery.status == Status.READ
        clock.shift(timedelta(hours=4))
        climb_due(school.school, school_time.now())
        carry()
        assert not town.received("yousaf", "sms")
        assert not Answer.objects.exists()


def test_what_nobody_opened_comes_in_words_after_three_hours(
    town: practice.ThreadedTown, school: School_, father: Client
) -> None:
    with time_machine.travel(cast.TUESDAY - timedelta(hours=4), tick=True) as clock:
        turn_on(town, father, school)
        send(school)
        clock.shift(timedelta(seconds=31))
        carry()
        clock.shift(timedelta(minutes=20))
        climb_due(school.school, school_time.now())
        carry()
        assert not town.received("yousaf", "sms")
        clock.shift(timedelta(hours=3))
        climb_due(school.school, school_time.now())
        carry()
        [text] = town.received("yousaf", "sms")
        assert WORDS in text.text
        clock.shift(timedelta(hours=4))
        climb_due(school.school, school_time.now())
        carry()
        assert len(town.received("yousaf", "sms")) == 1
        assert len(town.received("yousaf", "push")) == 1


@pytest.mark.parametrize("how", ["browser", "page"])
def test_turned_off_here_or_there_nothing_is_shown_and_the_words_come_at_once(
    how: str, town: practice.ThreadedTown, school: School_, father: Client
) -> None:
    with time_machine.travel(cast.TUESDAY, tick=True) as clock:
        browser = turn_on(town, father, school)
        point = ContactPoint.objects.get(address__channel=Channel.PUSH)
        if how == "browser":
            town.unsubscribe(browser["endpoint"])
        send(school)
        if how == "page":  # while it waits to leave
            assert father.post(f"/maple-street/messages/ways/screen/{point.key}/removal/").status_code == 302
        clock.shift(timedelta(seconds=31))
        carry()
        carry()
        [text] = town.received("yousaf", "sms")
        assert WORDS in text.text
        assert not town.received("yousaf", "push")
        point.refresh_from_db()
        assert point.ended_at is not None
        assert [line.given for line in point.consents.order_by("pk")] == [True, False]
        first = Delivery.objects.get(channel=Channel.PUSH)
        assert first.stopped == (Stopped.BAD_ADDRESS if how == "browser" else Stopped.ENDED)


def test_the_key_is_made_once_sealed_and_kept(school: School_) -> None:
    account = Account.objects.get(gateway="web_push")
    assert len(account.secrets["private_key"]) == 43
    assert account.secrets["private_key"] not in account.sealed_secrets
    assert WebhookRoute.objects.filter(account=account).exists()  # and answers nobody
    path = WebhookRoute.objects.get(account=account).path
    assert Client().post(path, b"{}", content_type="application/json").status_code in {401, 403}
