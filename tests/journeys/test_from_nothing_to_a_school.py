"""An empty server, a telephone, and the sheet a school has: the office makes its school, brings it, and takes it back."""

from __future__ import annotations

from datetime import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import LazySettings
from django.core.cache import cache
from django_ox.testing import run_tasks
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from porchlight.delivery.models import Delivery
from porchlight.families.models import Guardian, Student
from porchlight.schools.models import School
from porchlight.toolbox import school_time
from porchlight.welcome.setting_up import fresh_link
from tests.browser import look, watched_page
from tests.keyboard import Hands
from tests.visitor import NO_SCRIPT, PHONE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHEET = "\n".join(
    "\t".join(row)
    for row in (
        ("گورنمنٹ پرائمری سکول", "", "", ""),
        ("نام طالب علم", "جماعت", "والد کا نام", "موبائل نمبر"),
        ("حمزہ یوسف", "4A", "طارق یوسف", "0300-1234567"),
        ("علی خان", "4A", "محمد خان", "3012345678"),
        ("سارہ خان", "2B", "محمد خان", "0301 2345678"),
        ("عمر گل", "2B", "گل خان", "3.00123E+09"),
        ("نور بی بی", "2B", "", "nil"),
    )
)


@pytest.fixture
def link(live_server: LiveServer, settings: LazySettings) -> str:
    """The link that `porchlight serve` printed; staff take a second step, as everywhere but in tests."""
    cache.clear()
    settings.SECOND_STEP = True
    return fresh_link(base_url=live_server.url, now=school_time.now())


def number_of(page: Page) -> str:
    """What an app shows that was told the letters on the page."""
    letters = page.locator("code").inner_text()
    return format_hotp_value(hotp_value(letters, next(iter(yield_hotp_counters_from_time()))))


class Steps:
    """Presses that lead on, counted."""

    def __init__(self, person: Visitor) -> None:
        self.person, self.count = person, 0

    def press(self, name: str) -> None:
        self.count += 1
        self.person.presses(name)


def makes_the_school(person: Visitor, steps: Steps, link: str) -> None:
    page = person.page
    person.goes(link)
    if person.has_script:
        look(page, "set-up-link", widths=(360,), themes=("light",))
    person.writes("The school’s name", "Govt Primary School Saidu")
    page.get_by_label("Country").select_option("PK")
    page.get_by_label("The school writes in").select_option("ur")
    person.writes("Your name", "Mr Gul")
    person.writes("Your e-mail address", "office@saidu.example.org")
    person.writes("A password", "walnut river seven lanterns")
    steps.press("Make the school")
    page.locator("summary", has_text="I cannot use the camera").click()
    page.locator("input[name=code]").fill(number_of(page))
    steps.press("Use this app from now on")


def everybody_is_there() -> None:
    assert Student.objects.on_roll().count() == 5
    assert [guardian.ties.count() for guardian in Guardian.objects.filter(name="محمد خان")] == [2]
    assert Delivery.objects.count() == 0  # nothing is sent before somebody presses
    school = School.objects.get()
    said = (school.slug, school.country, school.timezone)
    assert said == ("govt-primary-school-saidu", "PK", "Asia/Karachi")


def waits(person: Visitor) -> None:
    person.reads("It begins in a moment.")
    assert run_tasks()
    person.follows("Look again")


def brings_the_sheet(person: Visitor, steps: Steps) -> None:
    """From the codes on paper to everybody in their place."""
    steps.count += 1
    person.follows("Go on")
    person.page.get_by_label("Paste the cells here").fill(SHEET)
    steps.press("Look at it")
    person.reads("5 children in all.")
    steps.press("Go on")
    person.reads("A spreadsheet has shortened “\u20683.00123E+09\u2069”, and digits are lost.")
    card = person.part("One number, several adults")
    person.reads("محمد خان (علی خان)", card)
    person.chooses("One and the same person", card)
    steps.press("Go on")
    waits(person)
    person.reads("Nothing has been changed yet.")
    steps.press("Take it")
    waits(person)
    person.reads("Taken. Everybody is in their place.", person.page.locator("body"))


def test_from_an_empty_server_to_the_first_hello_in_twelve_steps_and_back_on_a_telephone(
    chromium: Browser, live_server: LiveServer, link: str
) -> None:
    with watched_page(chromium, live_server.url, **{**PHONE, **NO_SCRIPT, "locale": "en-GB"}) as page:
        person = Visitor(page, has_script=False)
        steps = Steps(person)
        makes_the_school(person, steps, link)
        brings_the_sheet(person, steps)
        assert steps.count <= 7
        everybody_is_there()
        School.objects.update(quiet_from=time(0), quiet_until=time(0))  # at whatever hour this runs
        steps.press("Begin hello week")
        person.chooses("helped somebody", page.locator("fieldset").first)
        assert Delivery.objects.count() == 0
        steps.press("Look at it first")
        steps.press("Send to one home")
        person.reads("One home has its hello.", page.locator("body"))
        steps.count += 1  # the phone's own program opens, with the words in it
        opens = page.get_by_role("link", name="Open")
        told = page.request.get(str(opens.first.get_attribute("href")), max_redirects=0)
        assert told.headers["location"].startswith("sms:+92")
        steps.count += 1
        person.presses("It is sent", exact=False)
        assert steps.count <= 12
        sent = Delivery.objects.get(sent_at__isnull=False)
        assert sent.account.gateway == "tap_sms"
        person.goes(f"/{School.objects.get().slug}/rosters/")
        person.follows("Pasted cells", exact=False)
        person.presses("Take this import back")
        waits(person)
        person.reads("This import has been taken back.")
        assert Student.objects.on_roll().count() == 0
    with watched_page(chromium, live_server.url) as stranger:
        answer = stranger.goto(link)
        assert answer is not None
        assert answer.status == 404


def test_a_sheet_by_keyboard_alone(
    chromium: Browser, live_server: LiveServer, link: str, settings: LazySettings
) -> None:
    with watched_page(chromium, live_server.url, locale="en-GB") as page:
        person, hands = Visitor(page), Hands(page)
        makes_the_school(person, Steps(person), link)
        page.goto("/")
        hands.writes(page.get_by_label("Paste the cells here"), "Child\nHamza Yousaf 4A 0300 1234567")
        page.get_by_label("Paste the cells here").fill(
            "Boys\tWhere\tCall\nHamza Yousaf\tBlue\t0300 1234567\n"
        )
        hands.opens(page.get_by_role("button", name="Look at it"))
        hands.tab_to(page.get_by_label("Boys"))
        page.keyboard.type("The child: name")
        hands.opens(page.get_by_role("button", name="Go on"))
        expect(page.get_by_role("alert")).to_contain_text("Which column has the class?")
        hands.tab_to(page.get_by_label("Where", exact=False).first)
        page.keyboard.type("The child: class")
        hands.opens(page.get_by_role("button", name="Go on"))
        expect(page.get_by_text("It begins in a moment.")).to_be_visible()
        run_tasks()
        page.wait_for_url(lambda address: not address.endswith("/progress/"))
        hands.opens(page.get_by_role("button", name="Take it"))
        run_tasks()
        page.wait_for_url(lambda address: not address.endswith("/progress/"))
        person.reads("Taken. Everybody is in their place.", page.locator("body"))
        person.looks()
        look(page, "first-steps", widths=(360, 1280), themes=("light",))
        assert [student.class_names() for student in Student.objects.on_roll()] == [["Blue"]]
        page.goto(f"/{School.objects.get().slug}/rosters/")
        hands.opens(page.get_by_role("link", name="Pasted cells"))
        hands.opens(page.get_by_role("button", name="Take this import back"))
        run_tasks()
        page.wait_for_url(lambda address: not address.endswith("/progress/"))
        assert not Student.objects.on_roll().exists()
