"""Every page a family or a student meets comes through a slow network in one breath, in each language, without script.

14 KB with the stylesheet, as they are served: the page as our middleware compresses it, the stylesheet as WhiteNoise
does. A page of theirs that is missing from the table below fails the build.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator

import brotli
import pytest
import time_machine
from django.http import HttpResponse

from porchlight.conversations.tests.conftest import Town, _gateways, town
from porchlight.delivery.gateways.registry import all_gateways
from porchlight.delivery.opening import open_account
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.schools.actors import Actor, Kind, system
from tests.doors.pages import PAGES
from tests.doors.table import read
from tests.family_class import my_class, my_newsletter
from tests.family_evenings import EVENINGS
from tests.family_home import BESIDES, LANGUAGES, Home
from tests.family_meetings import week_with_a_round
from tests.family_pages import (
    broken,
    code,
    dates,
    doorstep,
    form_too_old,
    front,
    how_often,
    kept,
    link_over,
    messages,
    my_number,
    named,
    not_there,
    one_item,
    other_device,
    person,
    reading,
    sign_in,
    start,
    start_with_code,
    student_day,
    thread,
    week,
    week_of_nobody,
    week_with_errors,
    what_we_keep,
    wrong_code,
)
from tests.house import HOUSE
from tests.test_house_doors import OPEN

__all__ = ["_gateways", "town"]
BUDGET = 14 * 1024  # bytes
ELSEWHERE = re.compile(r"(?:src|href|action)=\"(?:https?:)?//")
SHOWN_BY_A_STUDENT = re.compile(
    r"<a href=\"https://example\.org/rivers\" rel=\"noreferrer "
)  # leads out when pressed
SHOWN_BY_A_STUDENT = re.compile(
    r'<a href="https://example\.org/rivers"[^>]* rel="[^"]*noreferrer'
)  # leads out if pressed
CSS = HOUSE / "design" / "static" / "design" / "porchlight.css"


def stylesheet() -> int:
    """Bytes of the stylesheet as WhiteNoise serves it."""
    return len(brotli.compress(CSS.read_bytes()))


# What shows each page; the name is that of its url, or says what went wrong.
SHOWN: dict[str, tuple[Callable[[Home], HttpResponse], int]] = {
    "home:week": (week, 200),
    "home:week, with something to put right": (week_with_errors, 422),
    "home:student_day": (student_day, 200),
    "conversations:family_messages": (messages, 200),
    "conversations:family_thread": (thread, 200),
    "conversations:my_ways": (my_number, 200),
    "conversations:my_named": (named, 422),
    "conversations:my_dose": (how_often, 200),
    "conversations:my_dates": (dates, 200),
    "conversations:my_reading": (reading, 200),
    "updates:my_class": (my_class, 200),
    "updates:my_newsletter": (my_newsletter, 200),
    "privacy:mine": (kept, 200),
    "privacy:retention": (what_we_keep, 200),
    "welcome:notice": (doorstep, 200),
    "welcome:notice_message": (one_item, 200),
    "welcome:notice, on another phone": (other_device, 403),
    "welcome:notice, over": (link_over, 404),
    "welcome:sign_in": (sign_in, 200),
    "welcome:code": (code, 200),
    "welcome:code, wrong": (wrong_code, 422),
    "welcome:person": (person, 200),
    "welcome:start": (start, 200),
    "front": (front, 200),
    "not there": (not_there, 404),
    "form too old": (form_too_old, 403),
    "broken": (broken, 500),
    **EVENINGS,
    "home:week, while a round asks": (week_with_a_round, 200),
    "welcome:start_with_code": (start_with_code, 200),  # no other way to them after it
    "home:week, without a child": (week_of_nobody, 200),  # last: nobody may be told about a child after it
}
FULL = {"home:week": 6, "home:student_day": 6, "conversations:family_thread": 30}  # messages on them
FULLEST = [*FULL, "conversations:my_named", "privacy:mine", "welcome:sign_in", "meetings:my_meeting"]
HEAVIEST = ("ar", "ta")  # besides those in which every page is weighed
SHOW_NOTHING = {
    "welcome:notice_sound",  # a spoken answer, loaded when somebody presses play
    "conversations:family_sound",
    "welcome:notice_read_out",  # words read out, made when somebody presses play
    "conversations:family_read_out",
    "welcome:notice_enclosed",  # a photo or a letter, loaded when somebody wants to see it
    "conversations:family_enclosed",
    "updates:my_sound",  # a colleague's voice, loaded when somebody presses play
    "conversations:news",
    "home:school",  # leads on
    "meetings:my_photo",
    "meetings:student_begins_photo",
    "meetings:class_device_photo",
    "meetings:my_file",  # for a calendar
    "meetings:feed",
    "meetings:video_room",  # leads on
} | {
    page
    for (page, method, who), answer in read().items()
    if (method, who, answer) == ("GET", "father", "405")
}
FOR_STAFF = {"welcome:invitation", "delivery:pair"}


@pytest.fixture(params=LANGUAGES)
def home(request: pytest.FixtureRequest, town: Town) -> Iterator[Home]:
    with time_machine.travel(TUESDAY, tick=False):
        made = Home(town, request.param)
        made.fill()
        yield made


def test_no_page_of_theirs_is_missing_here() -> None:
    theirs = {
        page.name
        for page in PAGES
        if page.name in OPEN
        or (page.opens_for and any(page.opens_for(Actor(kind, 0)) for kind in (Kind.GUARDIAN, Kind.STUDENT)))
    }
    assert theirs - SHOW_NOTHING - FOR_STAFF == {name for name in SHOWN if ":" in name and "," not in name}


def test_each_fits_and_needs_nothing_from_anywhere_else(home: Home, record_property) -> None:
    """One home for all pages, which takes a while to fill; what is wrong is told page by page."""
    assert told(home, list(SHOWN), record_property) == {}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Of our other languages the heaviest in an ordinary run, each where all is pictured."""
    if "other_language" in metafunc.fixturenames:
        every = metafunc.config.getoption("pictures") == "all"
        metafunc.parametrize("other_language", BESIDES if every else HEAVIEST)


def test_the_fullest_fit_in_our_other_languages_too(other_language: str, town: Town, record_property) -> None:
    with time_machine.travel(TUESDAY, tick=False):
        home = Home(town, other_language)
        home.fill()
        assert told(home, FULLEST, record_property) == {}


def told(
    home: Home, names: list[str], record_property: Callable[[str, object], None]
) -> dict[str, list[str]]:
    """What is wrong with these pages, by name."""
    wrong = {}
    for name in names:
        show, status = SHOWN[name]
        answer = show(home)
        page = answer.content.decode()
        weight = served(page) + stylesheet()
        record_property(f"bytes of {name}", weight)
        met = {
            "status": answer.status_code == status,
            "language": f'<html lang="{home.language}"' in page,
            "no script": "<script" not in page,
            "nothing from elsewhere": not re.search(ELSEWHERE, SHOWN_BY_A_STUDENT.sub("", page)),
            "one stylesheet": page.count('rel="stylesheet"') == 1,
            f"weight ({weight})": weight <= BUDGET,
            "as full as a month of talk": page.count('class="msg ')
            == FULL.get(name, page.count('class="msg ')),
        }
        if not all(met.values()):
            wrong[name] = [what for what, is_so in met.items() if not is_so]
    return wrong


@pytest.mark.parametrize("home", ["ur"], indirect=True)
def test_where_a_school_tells_screens_the_button_waits_for_its_script_and_all_of_it_fits(
    home: Home, settings
) -> None:
    settings.PORCHLIGHT_GATEWAYS = [*settings.PORCHLIGHT_GATEWAYS, "porchlight.delivery.gateways.web_push"]
    all_gateways.cache_clear()
    school = home.town.school
    open_account(school=school, gateway="web_push", label="Screens", by=system(school.pk))
    script = CSS.with_name("push.js").read_bytes()
    for show in (week, my_number):
        page = show(home).content.decode()
        [form] = re.findall(r"<form[^>]+data-push=[^>]+>", page)
        assert " hidden" in form  # without script nobody sees a button that does nothing
        assert re.findall(r"<script[^>]*>", page) == ['<script src="/static/design/push.js" defer>']
        assert served(page) + stylesheet() + len(brotli.compress(script)) <= BUDGET


def served(page: str) -> int:
    """Bytes of a page as it travels: gzip at Django's level, and the most padding it may get."""
    return len(gzip.compress(page.encode(), 6)) + 100
