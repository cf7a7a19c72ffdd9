"""What leaders and the office see to next: the calendar before it runs out, and whatever stops sending."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.actions import switch
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.home.desk import look
from porchlight.home.tests.conftest import BASE
from porchlight.schools.models import StaffMember, Term

CALENDAR = f"{BASE}/settings/calendar/"
WRITE = "Write down the terms that follow."


def steps(town: Town, person: StaffMember | None = None, now: datetime = TUESDAY) -> list[tuple[str, bool]]:
    found = look(town.school, (person or town.okafor).actor(), now=now).steps
    return [(step.words, step.is_late) for step in found if step.url in {CALENDAR, f"{BASE}/settings/ways/"}]


def a_year(town: Town, ends_on: date = date(2026, 7, 21)) -> None:
    Term.objects.create(school=town.school, name="Year", starts_on=date(2025, 9, 3), ends_on=ends_on)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ((6, 22), []),
        (
            (6, 23),
            [
                (
                    f"The last term that is written down ends on Tuesday 21 July. {WRITE}",
                    False,
                )
            ],
        ),
        (
            (7, 22),
            [
                (
                    "No term is written down after Tuesday 21 July, so every day until Tuesday 1 September counts as a "
                    f"holiday. {WRITE}",
                    True,
                )
            ],
        ),
        (
            (9, 2),
            [
                (
                    "No term is written down after Tuesday 21 July, so every week counts as a school week. "
                    f"{WRITE}",
                    True,
                )
            ],
        ),
    ],
)
def test_the_office_is_asked_for_the_next_terms_before_it_matters_and_while_it_does(
    town: Town, day: tuple[int, int], said: list[tuple[str, bool]]
) -> None:
    a_year(town)
    now = datetime(2026, *day, 9, tzinfo=town.school.zone)
    assert steps(town, now=now) == said
    assert steps(town, town.amal, now=now) == steps(town, town.reyes, now=now) == []
    with time_machine.travel(now, tick=False):
        page = browser_of(town.okafor).get(CALENDAR).content.decode()
    assert [words in page for words, _late in said] == [True] * len(said)
    assert (WRITE in page) == bool(said)


def test_with_the_next_term_written_down_nobody_is_asked(town: Town) -> None:
    a_year(town)
    Term.objects.create(
        school=town.school, name="Autumn", starts_on=date(2026, 9, 2), ends_on=date(2026, 12, 18)
    )
    assert steps(town, now=datetime(2026, 8, 3, 9, tzinfo=town.school.zone)) == []


def test_a_school_that_writes_down_no_terms_is_asked_for_none(town: Town) -> None:
    assert steps(town) == []


def test_it_costs_no_question_more(town: Town) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            look(town.school, town.okafor.actor(), now=TUESDAY)
        return len(queries)

    asked()
    before = asked()
    a_year(town)
    assert asked() == before


OURS = "What waits leaves when you switch it on."
THEIRS = "Only they can let it go on."


@pytest.mark.parametrize(
    ("of_the_school", "channel", "said"),
    [
        (True, "", f"Sending is switched off. {OURS}"),
        (True, "email", f"One way to send is switched off: e-mail. {OURS}"),
        (False, "", f"Whoever runs this server has switched off all sending. {THEIRS}"),
        (
            False,
            "sms",
            f"Whoever runs this server has switched off one way to send: text message. {THEIRS}",
        ),
    ],
)
def test_what_is_switched_off_is_named_and_who_may_lift_it(
    town: Town, bell: Client, of_the_school: bool, channel: str, said: str
) -> None:
    school, by = (town.school, town.okafor.actor()) if of_the_school else (None, None)
    switch(off=True, by=by, reason="A test.", school=school, channel=channel)
    assert steps(town) == [(said, True)]
    assert said in bell.get(f"{BASE}/desk/").content.decode()
    switch(off=False, by=by, reason="", school=school, channel=channel)
    assert steps(town) == []


def test_another_schools_switch_is_not_ours(town: Town) -> None:
    other = type(town.school).objects.create(slug="oak-lane", name="Oak Lane School")
    switch(off=True, by=None, reason="A test.", school=other)
    assert steps(town) == []
