"""A question goes home open: its last day is not over when it comes, and ends when that day does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.answering import keep_answer
from porchlight.conversations.compose_form import ComposeForm
from porchlight.conversations.models import Answer, Ask
from porchlight.conversations.notices import release, write
from porchlight.conversations.reading import Given
from porchlight.conversations.tests.conftest import Town

pytestmark = pytest.mark.django_db
AFTER_SCHOOL = datetime(
    2026, 10, 13, 17, 30, tzinfo=UTC
)  # a Tuesday, 18:30 in London; the school closes at 16:00
OVER = "This day is over. Choose a later one."
BEFORE = "Answers would end before the message goes. Choose a later day, or send it sooner."


@pytest.fixture(autouse=True)
def _evening():
    with time_machine.travel(AFTER_SCHOOL, tick=False):
        yield


def fields(town: Town, **more: str) -> dict[str, object]:
    return {
        "kind": "question",
        "shape": "yes_no",
        "audience": [f"class:{town.class_4a.key}"],
        "text": "Can you come?",
        "language": "en",
        **more,
    }


def form(town: Town, **more: str) -> ComposeForm:
    return ComposeForm(fields(town, **more), actor=town.amal.actor(), school=town.school, now=AFTER_SCHOOL)


@pytest.mark.parametrize(
    ("closes_on", "goes_at", "fault"),
    [
        ("2026-10-12", "", OVER),
        ("2026-10-12", "2026-10-15T09:00", OVER),
        ("2026-10-14", "2026-10-15T09:00", BEFORE),
        ("2026-10-13", "", ""),
        ("2026-10-15", "2026-10-15T20:00", ""),
        ("", "2026-10-15T09:00", ""),
    ],
)
def test_the_last_day_is_neither_over_nor_before_the_message(
    town: Town, closes_on: str, goes_at: str, fault: str
) -> None:
    errors = form(town, closes_on=closes_on, goes_at=goes_at).errors
    assert errors == ({"closes_on": [fault]} if fault else {})


def test_a_day_that_was_left_in_the_form_of_another_kind_of_message_is_not_looked_at(town: Town) -> None:
    assert form(town, kind="information", closes_on="2026-10-12").errors == {}


def test_an_answer_in_the_evening_of_the_last_day_counts(town: Town) -> None:
    written = form(town, closes_on="2026-10-13")
    assert written.errors == {}
    made = write(written.draft(), school=town.school, by=town.amal.actor(), now=AFTER_SCHOOL)
    release(made, by=town.amal.actor(), now=AFTER_SCHOOL)
    ask = Ask.objects.get()
    ends = datetime(2026, 10, 13, 22, 59, 59, tzinfo=UTC)
    assert (ask.closes_at, ask.is_open(ends - timedelta(seconds=1)), ask.is_open(ends)) == (ends, True, False)
    late = AFTER_SCHOOL + timedelta(hours=4)
    keep_answer(ask=ask, threads=[town.thread], given=Given(("yes",)), now=late)
    assert Answer.objects.get().keys == ["yes"]


def test_the_page_offers_no_day_that_is_over_and_says_what_to_do(town: Town) -> None:
    amal = browser_of(town.amal)
    there = "/maple-street/notices/new/"
    assert 'name="closes_on" min="2026-10-13"' in amal.get(there).content.decode()
    refused = amal.post(there, fields(town, closes_on="2026-10-12"))
    assert refused.status_code == 422
    page = refused.content.decode()
    assert OVER in page
    assert 'name="closes_on" value="2026-10-12"' in page


def test_by_the_schools_clock_today_is_today_until_its_midnight(town: Town) -> None:
    with time_machine.travel(datetime(2026, 10, 13, 23, 30, tzinfo=UTC), tick=False):  # 00:30 of the 14th
        assert 'name="closes_on" min="2026-10-14"' in (
            browser_of(town.amal).get("/maple-street/notices/new/").content.decode()
        )
