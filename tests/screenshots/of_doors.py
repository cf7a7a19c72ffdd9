"""Doors, errors, and the practice town: pages that belong to nobody in particular."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.screenshots.shots import TOWN, Shot, Where, at, fills, in_turn, presses
from tests.screenshots.story import Fortnight


def joins(page: Page, story: Fortnight) -> None:
    """The link on the card, opened by the new colleague, signed in as nobody."""
    presses("form[action$='/invitation/'] button")(page, story)
    link = page.locator("main [dir=ltr]", has_text="/join/").inner_text().strip()
    page.context.clear_cookies()
    page.goto(link)


def at_work(story: Fortnight) -> str:
    """A worker has just gone round."""
    story.maple.carry()
    return "/health/"


def phone_of(called: str) -> Where:
    return lambda story: f"{TOWN}/phones/{story.maple.phone(called)}/"


DOORS = (
    Shot("front", "front", "/"),
    Shot("people", "demo:people", "/demo/"),
    Shot("staff-sign-in", "account_login", "/accounts/login/", docs=("1280-light",),
         told="How colleagues come in: with a password, a passkey or a code by mail."),
    Shot("staff-sign-in-refused", "account_login", "/accounts/login/", steps=in_turn(
        fills(login="amal@maple-street.example.org", password="four cups"), presses("main form:has([name=password]) button"))),
    Shot("signing-out", "account_logout", "/accounts/logout/", "amal"),
    Shot("joining", "welcome:invitation", at("welcome:staff"), "okafor", joins),
    Shot("health", "health:health", at_work),
    Shot("health-of-pages", "health:health_of_pages", "/health/pages/"),
    Shot("not-found", "error:404", "/maple-street/nowhere/", status=404),
    Shot("not-yours", "error:404", at("schools:facts"), "amal", status=404),
    Shot("town", "practice:phones", TOWN + "/", docs=("1280-light", "360-dark"), languages=("en",),
         told="The practice town: the families’ pretend phones, on your own machine."),
    Shot("town-phone", "practice:phone", phone_of("Mr Yousaf"), docs=("1280-light", "360-light"), languages=("en",),
         told="A phone of the town: what the school wrote, in Urdu, and every way a family can answer."),
    Shot("town-mail", "practice:phone", phone_of("Joanne Carter"), languages=("en",)),
    Shot("town-texts", "practice:phone", phone_of("Mark Carter"), languages=("en",)),
    Shot("town-weather", "practice:weather", TOWN + "/weather/", languages=("en",)),
)  # fmt: skip
