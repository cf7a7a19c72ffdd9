"""Ten weeks without school days change nothing; and then the office confirms the new year's classes, by keys alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser

from porchlight.conversations.porch import lights
from porchlight.demo.clock import FIRST
from porchlight.design.lights import Light
from porchlight.families.models import ContactPoint, Guardian, Student
from porchlight.home.waiting import waiting_for
from porchlight.schools.models import Closure, SchoolClass, StaffMember
from porchlight.toolbox import school_time
from tests.keyboard import Hands
from tests.maple import PASSWORD, Maple
from tests.visitor import visiting

BACK = FIRST + timedelta(weeks=10)


def holidays(maple: Maple) -> None:
    """From tomorrow on, for ten weeks: the first day back is the eleventh week's Tuesday."""
    first = FIRST.date() + timedelta(days=1)
    Closure.objects.create(
        school=maple.school, name="Long holidays", starts_on=first, ends_on=BACK.date() - timedelta(days=1)
    )


def as_it_stands(maple: Maple) -> dict[str, Any]:
    """What holidays may not change."""
    school, now = maple.school, school_time.now()
    guardians = list(Guardian.objects.in_school(school).filter(left_at=None))
    waiting = waiting_for(school, maple.actor("Ms Amal"), now=now)
    return {
        "lights": lights(school, guardians, now),
        "names": {guardian.pk: guardian.greeting for guardian in guardians},
        "contacts": sorted(ContactPoint.objects.usable().values_list("pk", "address__value", "rank")),
        "staff": sorted(StaffMember.objects.working().values_list("pk", "name", "user__is_active")),
        "overdue": (waiting.count, waiting.overdue),
        "children": sorted((student.pk, *student.class_names()) for student in Student.objects.on_roll()),
    }


def comes_in(email: str) -> int:
    """The answer of the desk to somebody who signs in with the password they had."""
    browser = Client()
    browser.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return browser.get("/maple-street/desk/").status_code


def test_ten_weeks_without_school_days_change_nothing(maple: Maple) -> None:
    maple.tell("The museum was a joy.")
    maple.answers("Mr Yousaf", text="بہت شکریہ، کیا کل چھٹی ہے؟")
    maple.carry()
    holidays(maple)
    before = as_it_stands(maple)
    assert set(before["lights"].values()) >= {Light.LIT, Light.LOW}
    assert before["overdue"] == (1, 0)
    for weeks in (3, 6, 9):
        maple.at(FIRST + timedelta(weeks=weeks))
        maple.carry()
        assert as_it_stands(maple) == before
    maple.at(BACK)
    maple.carry()
    assert as_it_stands(maple) == before
    assert comes_in("amal@maple-street.example.org") == 200


def test_without_the_holidays_written_down_the_same_weeks_would_count(maple: Maple) -> None:
    maple.tell("The museum was a joy.")
    maple.answers("Mr Yousaf", text="بہت شکریہ")
    maple.carry()
    before = as_it_stands(maple)
    maple.at(BACK)
    assert as_it_stands(maple)["lights"] != before["lights"]
    assert as_it_stands(maple)["overdue"] == (1, 1)


@pytest.mark.browser
def test_the_new_years_classes_by_keyboard_alone(chromium: Browser, maple: Maple) -> None:
    holidays(maple)
    maple.at(BACK)
    before = as_it_stands(maple)
    with visiting(chromium, maple, as_="okafor", viewport={"width": 360, "height": 740}) as okafor:
        page, hands = okafor.page, Hands(okafor.page)
        page.goto("/maple-street/rosters/")
        hands.opens(page.get_by_role("link", name="The new year’s classes"))
        okafor.looks()
        for label in page.locator("select[name^=class-]").all():
            if not label.input_value():
                hands.tab_to(label)
                page.keyboard.type("They stay")
        hands.opens(page.get_by_role("button", name="Begin the new year"))
        okafor.reads("The new year has begun: everybody is in their class.")
        now = as_it_stands(maple)
        moved = SchoolClass.objects.get(name="4A")
        assert now["children"] != before["children"]
        assert {now[name] == before[name] for name in ("contacts", "staff")} == {True}
        assert now["lights"].items() <= before["lights"].items()
        assert moved.teachings.filter(until=None).exists()
        hands.opens(page.get_by_role("button", name="Take the new year back"))
        okafor.reads("Taken back. Everybody is in the class they were in.")
    assert as_it_stands(maple) == before
