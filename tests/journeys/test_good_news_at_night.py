"""Twenty to ten in the evening: Ms Amal, her phone, three good words. Every tap is counted, signing in included."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.conf import LazySettings
from playwright.sync_api import Browser, Locator, Page

from porchlight.accounts.models import User
from porchlight.conversations.models import Message
from porchlight.delivery.models import Delivery
from practice.enclosures import voice_note
from tests.maple import PASSWORD, Maple
from tests.visitor import NO_SCRIPT, PHONE, visiting

pytestmark = pytest.mark.browser

NIGHT = datetime(2026, 10, 6, 20, 40, tzinfo=UTC)  # 21:40 in London
MOST = 10
WORDS = (
    "read her first page aloud today.",
    "helped a new child find the hall.",
    "did not give up on the sums.",
)


class Thumb:
    """One thumb: what it presses, counted. Where the cursor stands already, nothing has to be pressed."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def writes(self, field: Locator, text: str) -> None:
        if not field.evaluate("one => one === document.activeElement"):
            field.tap()
            self.taps += 1
        self.page.keyboard.type(text)

    def presses(self, place: Locator) -> None:
        with self.page.expect_navigation():
            place.tap()
        self.taps += 1


def with_a_second_step(person: User) -> str:
    """She has an authenticator; returns the six digits it shows."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def comes_in(thumb: Thumb, code: str) -> None:
    page = thumb.page
    page.goto("/accounts/login/")
    thumb.writes(page.get_by_label("E-mail", exact=True), "amal@maple-street.example.org")
    thumb.writes(page.get_by_label("Password", exact=True), PASSWORD)
    thumb.presses(page.get_by_role("button", name="Come in"))
    thumb.writes(page.locator("#id_code"), code)
    thumb.presses(page.locator("main form button").first)


def test_from_the_sign_in_page_to_three_homes_in_ten_taps(
    chromium: Browser, maple: Maple, settings: LazySettings
) -> None:
    settings.SECOND_STEP = True
    maple.at(NIGHT)
    amal = maple.staff("Ms Amal").user
    assert amal is not None
    with visiting(chromium, maple, **PHONE) as visitor:
        page, thumb = visitor.page, Thumb(visitor.page)
        comes_in(thumb, with_a_second_step(amal))
        visitor.looks()
        visitor.reads("Good evening, Ms Amal")
        thumb.presses(page.get_by_role("link", name="Write to three of them"))
        visitor.looks()
        for field, words in zip(page.locator("main textarea").all(), WORDS, strict=True):
            thumb.writes(field, words)
        thumb.presses(page.get_by_role("button", name="Look at it first"))
        visitor.looks()
        visitor.reads("tomorrow, 7 am")
        visitor.reads("Homes that sleep get it in the morning.")
        assert not Message.objects.exists()
        thumb.presses(page.get_by_role("button", name="Send to 3 homes"))
        visitor.looks()
        visitor.reads("3 homes hear something good.")
    assert thumb.taps <= MOST
    assert {message.text for message in Message.objects.all()} == set(WORDS)
    maple.carry()
    assert not Delivery.objects.filter(sent_at__isnull=False).exists()  # homes sleep
    maple.later(hours=9, minutes=21)
    maple.carry()
    assert {row.parcel.text for row in Delivery.objects.filter(sent_at__isnull=False)} == set(WORDS)


def test_without_script_she_marks_a_child_and_takes_a_word_back_after_an_hour(
    chromium: Browser, maple: Maple
) -> None:
    maple.at(NIGHT)
    with visiting(chromium, maple, as_="amal", **PHONE, **NO_SCRIPT) as amal:
        amal.goes("/maple-street/good-news/")
        amal.follows("Whom I want to think of first")
        amal.chooses("Zofia Nowak")
        amal.presses("Keep")
        amal.reads("Zofia")
        amal.writes("Zofia Nowak", "Zofia drew the whole class.")
        amal.presses("Look at it first")
        amal.presses("Send to one home")
        maple.later(hours=1)
        maple.carry()
        amal.goes("/maple-street/good-news/")
        amal.presses("Take it back", exact=False)
        amal.reads("Taken back. It was not sent.")
    maple.later(hours=10)
    maple.carry()
    assert maple.received("Anna Nowak") == []


def test_her_own_voice_is_heard_in_the_morning(chromium: Browser, maple: Maple) -> None:
    maple.at(NIGHT)
    with visiting(chromium, maple, as_="amal", **PHONE) as amal:
        amal.goes("/maple-street/good-news/")
        name = amal.page.locator("main a[href*='/aloud/']").first.inner_text()
        amal.follows(name)
        amal.reads("Homes that sleep get it in the morning.", amal.page.locator("main"))
        spoken = {"name": "good.ogg", "mimeType": "audio/ogg", "buffer": voice_note(5)}
        amal.page.get_by_label("Your recording").set_input_files(spoken)
        amal.presses("Send your voice")
        amal.reads("One home hears your voice.", amal.page.locator("body"))
    maple.carry()
    assert not Delivery.objects.filter(sent_at__isnull=False).exists()
    maple.later(hours=10)
    maple.carry()
    told = Message.objects.get(kind="good_news")
    assert told.thread.student.name == name.partition(" (")[0]
    assert Delivery.objects.filter(parcel__messages__message=told, sent_at__isnull=False).exists()
