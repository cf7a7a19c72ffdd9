"""The first week of a school with one spreadsheet and no contract: what people carry themselves, and hello week.

These come last: a school without a gateway's account has had to close those it had.
"""

from __future__ import annotations

from playwright.sync_api import Page

from porchlight.conversations.notices import Draft
from porchlight.delivery.by_hand.lists import ready
from porchlight.delivery.gateways.by_hand import BY_HAND, TAPPED
from porchlight.delivery.models import Account
from porchlight.delivery.opening import close_account, open_account
from porchlight.toolbox import school_time
from porchlight.welcome.hello_week import start
from porchlight.welcome.models import HelloWeek
from tests.screenshots.shots import Shot, Where, at, in_turn, presses
from tests.screenshots.story import Fortnight

WORDS = "On Thursday the whole of 4A plays rounders. Please give {child} trainers."


def without_accounts(page: str, **values: str) -> Where:
    """No gateway any more; a notice waits on the lists of what people carry."""

    def where(story: Fortnight) -> str:
        office = story.maple.actor("Mrs Okafor")
        for account in Account.objects.in_school(story.maple.school).open().exclude(gateway__in=BY_HAND):
            close_account(account, by=office)
        if "rounders" not in story.notices:
            for gateway in ("tap_sms", "call_list", "slips"):
                label = str(BY_HAND[gateway].label)
                open_account(school=story.maple.school, gateway=gateway, label=label, by=office)
            story.at(14, 15, 7)
            story.tells("rounders", Draft(WORDS, "en", story.classes("4A")), by="Ms Amal")
            story.last()
        return at(page, **values)

    return where


def the_first_to_tap(story: Fortnight) -> str:
    without_accounts("delivery:tap_list")(story)
    school, office = story.maple.school, story.maple.actor("Mrs Okafor")
    first = ready(school=school, actor=office, gateways=TAPPED, now=school_time.now()).rows[0]
    return at("delivery:opening", reference=first.reference)


def in_hello_week(page: str) -> Where:
    """Mr Bell has begun it."""

    def where(story: Fortnight) -> str:
        if not HelloWeek.objects.in_school(story.maple.school).exists():
            start(school=story.maple.school, a_day=3, by=story.maple.actor("Mr Bell"), now=school_time.now())
        return at(page)

    return where


def writes_good_words(page: Page, story: Fortnight) -> None:
    """One thing seen, for the first home of the handful."""
    page.locator("main textarea").first.fill("Today a hard sum was tried three times, and it came right.")


LISTS = "welcome:slips_of_class"

FIRST_WEEK = (
    Shot("hello-week-before", "home:hello_week", at("home:hello_week"), "bell"),
    Shot("hello-week", "home:hello_week", in_hello_week("home:hello_week"), "bell"),
    Shot("hello", "home:hello", in_hello_week("home:hello"), "amal"),
    Shot(
        "hello-looked",
        "home:hello",
        in_hello_week("home:hello"),
        "amal",
        in_turn(writes_good_words, presses("main form .btn.lamp")),
    ),
    Shot("good-news", "home:good_news", at("home:good_news"), "amal"),
    Shot("good-news-first", "home:good_news_first", at("home:good_news_first"), "amal"),
    Shot("consent", "welcome:consent", at("welcome:consent"), "okafor"),
    Shot("poster", "welcome:poster", at("welcome:poster"), "okafor"),
    Shot("hello-cards", "welcome:hello_cards", at("welcome:hello_cards"), "okafor"),
    Shot("without-contract", "delivery:without_contract", at("delivery:without_contract"), "okafor"),
    Shot("tap-list", "delivery:tap_list", without_accounts("delivery:tap_list"), "okafor"),
    Shot("tap-opening", "delivery:opening", the_first_to_tap, "okafor"),
    Shot("call-list", "conversations:calls", without_accounts("conversations:calls"), "okafor"),
    Shot("slips", "welcome:slips", without_accounts("welcome:slips"), "okafor"),
    Shot("slips-of-class", LISTS, without_accounts(LISTS, key="none"), "okafor"),
    Shot("start", "welcome:start", at("welcome:start")),
    Shot("start-with-code", "welcome:start_with_code", at("welcome:start_with_code", code="ABCD")),
)
