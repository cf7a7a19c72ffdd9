"""Hello week: consent, poster and cards, a handful of homes a day, and good news in ten minutes."""

from __future__ import annotations

from playwright.sync_api import Page

from porchlight.families.models import Guardianship
from porchlight.toolbox import school_time
from porchlight.welcome.hello_week import start
from porchlight.welcome.models import HelloWeek
from tests.screenshots import said
from tests.screenshots.shots import Shot, Where, at, in_turn, presses
from tests.screenshots.story import Fortnight


def in_hello_week(page: str) -> Where:
    """Mr Bell has begun it."""

    def where(story: Fortnight) -> str:
        if not HelloWeek.objects.in_school(story.maple.school).exists():
            start(school=story.maple.school, a_day=3, by=story.maple.actor("Mr Bell"), now=school_time.now())
        return at(page)

    return where


def writes_good_words(page: Page, story: Fortnight) -> None:
    """One thing seen, for the first home of the handful."""
    page.locator("main input[type=text]").first.fill(
        "Today a hard sum was tried three times, and it came right."
    )


def pastes(page: Page, story: Fortnight) -> None:
    """A list as an office has it: a title, a number that a spreadsheet shortened, one that two fathers share."""
    page.locator("[name=cells]").fill(SHEET)
    presses("main form button")(page, story)


def what_a_family_asked(story: Fortnight) -> str:
    return at("conversations:message_for_all", key=story.message(said.BOOK).key)


def says_aloud(story: Fortnight) -> str:
    tie = Guardianship.objects.in_school(story.maple.school).get(
        guardian=story.maple.guardian("Mr Yousaf"), student=story.maple.student("Hamza Yousaf")
    )
    return at("home:good_news_aloud", key=tie.key)


SHEET = """\
Year 4 list, September
Name of child\tClass\tFather\tMobile
Omar Aziz\t4A\tMuhammad Khan\t07700 900451
Layla Aziz\t5B\tMuhammad Aziz\t07700 900451
Tom Price\t5B\tGareth Price\t7.7009E+10
"""

FIRST_WEEK = (
    Shot("sheets", "rosters:sheets", at("rosters:sheets"), "okafor"),
    Shot(
        "sheet-columns",
        "rosters:columns",
        at("rosters:sheets"),
        "okafor",
        pastes,
        docs=("1280-light",),
        told="Any sheet a school has, pasted in: each column is guessed with its reason, and the office points.",
    ),
    Shot(
        "sheet-questions",
        "rosters:questions",
        at("rosters:sheets"),
        "okafor",
        in_turn(pastes, presses("main form button.btn")),
    ),
    Shot("new-year", "rosters:new_year", at("rosters:new_year"), "okafor"),
    Shot("answer-for-all", "conversations:message_for_all", what_a_family_asked, "amal"),
    Shot("hello-week-before", "home:hello_week", at("home:hello_week"), "bell"),
    Shot(
        "hello-week",
        "home:hello_week",
        in_hello_week("home:hello_week"),
        "bell",
        docs=("360-light",),
        told="Hello week fills up, home by home; whom no hello gets to has a next step and a name.",
    ),
    Shot(
        "the-street",
        "home:street",
        at("home:street"),
        "bell",
        docs=("1280-light", "360-light"),
        told="The street, class by class; each home we have not reached leaves with a step, a name and a day.",
    ),
    Shot("hello", "home:hello", in_hello_week("home:hello"), "amal"),
    Shot(
        "hello-looked",
        "home:hello",
        in_hello_week("home:hello"),
        "amal",
        in_turn(writes_good_words, presses("main form .btn.lamp")),
    ),
    Shot("good-news", "home:good_news", at("home:good_news"), "amal"),
    Shot("good-news-aloud", "home:good_news_aloud", says_aloud, "amal"),
    Shot("good-news-first", "home:good_news_first", at("home:good_news_first"), "amal"),
    Shot("consent", "welcome:consent", at("welcome:consent"), "okafor"),
    Shot("poster", "welcome:poster", at("welcome:poster"), "okafor"),
    Shot("hello-cards", "welcome:hello_cards", at("welcome:hello_cards"), "okafor"),
)
