"""A code on a class device opens one student's part, once, for twenty minutes, and nothing else."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from porchlight.accounts.models import Token
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town
from porchlight.meetings.arranging import call_off
from porchlight.meetings.led import parts
from porchlight.meetings.led.class_device import FROM_ONE_PLACE, make_code
from porchlight.meetings.models import Shown, StudentPart
from porchlight.meetings.tests.conftest import NOW, THURSDAY, meet
from porchlight.meetings.tests.video_kit import BASE

pytestmark = pytest.mark.django_db
PAGE = f"{BASE}/my-part/"


@pytest.fixture
def part(town: Town) -> StudentPart:
    return parts.let_lead(meet(town), by=town.amal.actor(), now=NOW)


def at(browser: Client, path: str = PAGE, data: dict[str, Any] | None = None, moment: datetime = NOW) -> Any:
    with time_machine.travel(moment, tick=False):
        return browser.get(path) if data is None else browser.post(path, data)


def code(town: Town, part: StudentPart) -> str:
    page = at(browser_of(town.amal), f"{BASE}/at-meetings/{part.meeting.key}/student/code/", {})
    found = re.search(r"\b(\d{4} \d{4})\b", page.content.decode())
    assert found is not None
    return found[1]


def test_the_code_opens_the_part_and_the_student_writes_signed_in_as_nobody(
    town: Town, part: StudentPart
) -> None:
    device = Client()
    assert at(device, data={"code": code(town, part)}).status_code == 302
    at(device, data={"what": "show", "show-words": "My drawing"})
    assert Shown.objects.get().words == "My drawing"
    assert "My drawing" in at(device).content.decode()
    for other in (f"{BASE}/my-meetings/{part.meeting.key}/", f"{BASE}/meetings/{part.meeting.key}/student/"):
        assert at(device, other).url.startswith(f"{BASE}/sign-in/")


def test_it_works_once_and_only_in_the_browser_where_it_was_typed(town: Town, part: StudentPart) -> None:
    typed = code(town, part)
    first, second = Client(), Client()
    assert at(first, data={"code": typed}).status_code == 302
    assert at(second, data={"code": typed}).status_code == 422
    assert "The code from your teacher" in at(second).content.decode()


def test_after_twenty_minutes_neither_the_code_nor_the_page_opens(town: Town, part: StudentPart) -> None:
    late, over = NOW + timedelta(minutes=21), NOW + timedelta(minutes=20, seconds=30)
    assert at(Client(), data={"code": code(town, part)}, moment=late).status_code == 422
    device = Client()
    at(device, data={"code": code(town, part)}, moment=NOW + timedelta(minutes=1))
    assert "You begin" in at(device, moment=NOW + timedelta(minutes=19)).content.decode()
    assert "The code from your teacher" in at(device, moment=over).content.decode()


def test_done_with_the_device_leaves_nothing_open(town: Town, part: StudentPart) -> None:
    device = Client()
    at(device, data={"code": code(town, part)})
    at(device, f"{PAGE}end/", {})
    assert "The code from your teacher" in at(device).content.decode()


def test_a_newer_code_ends_the_older(town: Town, part: StudentPart) -> None:
    older, newer = code(town, part), code(town, part)
    assert at(Client(), data={"code": older}).status_code == 422
    assert at(Client(), data={"code": newer}).status_code == 302


def test_a_meeting_that_is_off_opens_no_part(town: Town, part: StudentPart) -> None:
    typed = code(town, part)
    call_off(part.meeting, why="school", by=town.amal.actor(), now=NOW)
    assert at(Client(), data={"code": typed}).status_code == 422


def test_digits_of_other_scripts_are_the_same_code(town: Town, part: StudentPart) -> None:
    typed = code(town, part).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert at(Client(), data={"code": typed}).status_code == 302


def test_guessing_ends(town: Town, part: StudentPart) -> None:
    device = Client()
    for number in range(FROM_ONE_PLACE.most):
        at(device, data={"code": f"{number:08d}"})
    assert at(device, data={"code": code(town, part)}).status_code == 422


def test_the_code_itself_stands_nowhere(town: Town, part: StudentPart) -> None:
    typed = make_code(part, by=town.amal.actor(), now=NOW)
    plain = typed.replace(" ", "")
    row = Token.objects.get(purpose="student_part")
    assert plain not in f"{row.digest}{row.subject}"
    assert row.expires_at == NOW + timedelta(minutes=20)


def test_other_schools_codes_open_nothing_here(town: Town, part: StudentPart) -> None:
    from porchlight.meetings.led.class_device import _secret

    typed = code(town, part).replace(" ", "")
    assert _secret(town.school.pk, typed) != _secret(town.school.pk + 1, typed)


def test_a_code_for_a_meeting_of_yesterday_is_not_made(town: Town, part: StudentPart) -> None:
    page = at(
        browser_of(town.amal), f"{BASE}/at-meetings/{part.meeting.key}/student/code/", {},
        moment=THURSDAY + timedelta(days=1),
    )  # fmt: skip
    assert page.status_code == 302
    assert not Token.objects.filter(purpose="student_part").exists()
