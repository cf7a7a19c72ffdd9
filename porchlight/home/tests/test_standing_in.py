"""One thread is handed to a colleague who sees the child already: the family reads who answers, and it ends by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.conversations.models import Message, StandIn
from porchlight.conversations.reads_later import reader_of
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Guardian, Guardianship
from porchlight.home.waiting import waiting_for
from porchlight.schools.actors import Role
from porchlight.schools.models import StaffMember, Teaching

BASE = "/maple-street"
FRIDAY = (TUESDAY + timedelta(days=3)).date()


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def stein(town: Town) -> StaffMember:
    """Teaches 4A too."""
    person = staff(town.school, "Mr Stein", Role.TEACHER)
    Teaching.objects.create(school=town.school, school_class=town.class_4a, staff=person)
    return person


def thread_page(town: Town) -> str:
    return f"{BASE}/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/"


def hands(town: Town, to: StaffMember, until: object = FRIDAY) -> None:
    browser_of(town.amal).post(f"{thread_page(town)}stand-in/", {"staff": to.key, "until": str(until)})


def test_who_it_was_handed_to_is_written_to_and_has_it_on_their_desk(town: Town, stein: StaffMember) -> None:
    Message.objects.create(
        school=town.school,
        thread=town.thread,
        author="guardian",
        text="When?",
        language="en",
        said_at=TUESDAY,
    )
    first = reader_of(town.thread, TUESDAY)
    assert first is not None
    assert first.staff == town.amal
    hands(town, stein)
    reader = reader_of(town.thread, TUESDAY)
    assert reader is not None
    assert reader.staff == stein
    tags = {
        person: [tag.words for tag in waiting_for(town.school, person.actor(), now=TUESDAY).rows[0].tags]
        for person in (town.amal, stein)
    }
    assert "Handed to you" in tags[stein]
    assert "Handed to you" not in tags[town.amal]
    assert (
        "<bdi>Mr Stein</bdi> answers here until Friday 16 October"
        in browser_of(town.amal).get(thread_page(town)).content.decode()
    )
    assert Entry.objects.get(verb="thread.handed").actor_id == town.amal.pk
    after = TUESDAY + timedelta(days=4)
    with time_machine.travel(after, tick=False):
        again = reader_of(town.thread, after)
    assert again is not None
    assert again.staff == town.amal  # it ended by itself


def test_it_is_taken_back(town: Town, stein: StaffMember) -> None:
    hands(town, stein)
    row = StandIn.objects.get()
    stranger = staff(town.school, "Mr Else", Role.TEACHER)
    assert browser_of(stranger).post(f"{BASE}/stand-ins/{row.key}/removal/").status_code == 404
    browser_of(town.amal).post(f"{BASE}/stand-ins/{row.key}/removal/")
    reader = reader_of(town.thread, TUESDAY)
    assert reader is not None
    assert reader.staff == town.amal


@pytest.mark.parametrize("wrong", ["does not see the child", "yesterday", "next year"])
def test_nobody_is_given_a_right_by_it_and_it_is_for_a_time(
    town: Town, stein: StaffMember, wrong: str
) -> None:
    to, until = stein, FRIDAY
    if wrong == "does not see the child":
        to = staff(town.school, "Mr Else", Role.TEACHER)
    else:
        until = (TUESDAY + timedelta(days=-1 if wrong == "yesterday" else 365)).date()
    hands(town, to, until)
    assert not StandIn.objects.exists()


def test_the_page_of_handing_over_says_what_is_wrong_and_keeps_what_was_chosen(
    town: Town, stein: StaffMember
) -> None:
    page, amal = f"{thread_page(town)}stand-in/", browser_of(town.amal)
    assert f'href="{page}"' in amal.get(thread_page(town)).content.decode()
    assert "Mr Stein" in amal.get(page).content.decode()
    refused = amal.post(page, {"staff": stein.key, "until": "2030-01-01"})
    assert refused.status_code == 422
    shown = refused.content.decode()
    assert "Choose a colleague and a day within the next two months." in shown
    assert re.search(rf'<option value="{stein.key}"[^>]* selected', shown)
    assert 'value="2030-01-01"' in shown


def test_who_left_answers_nothing(town: Town, stein: StaffMember) -> None:
    hands(town, stein)
    StaffMember.objects.filter(pk=stein.pk).update(left_at=TUESDAY)
    reader = reader_of(town.thread, TUESDAY)
    assert reader is not None
    assert reader.staff == town.amal


def test_a_colleague_who_is_the_childs_other_parent_is_not_given_the_thread(
    town: Town, stein: StaffMember
) -> None:
    home = Guardian.objects.create(school=town.school, name="Mr Stein", user=stein.user)
    Guardianship.objects.create(school=town.school, guardian=home, student=town.yousaf.student)
    assert stein.name not in browser_of(town.amal).get(thread_page(town)).content.decode()
    hands(town, stein)
    assert not StandIn.objects.exists()
