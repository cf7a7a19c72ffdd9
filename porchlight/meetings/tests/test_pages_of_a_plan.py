"""The pages of a round's plan: for the office and leaders, without a script; a colleague sees their own column."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta

import pytest
import time_machine
from django.test import Client
from django_ox.testing import run_tasks

from porchlight.accounts.models import User
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.conversations.tests.hearing_kit import told
from porchlight.delivery.tests import cast
from porchlight.families.models import Guardian, Guardianship
from porchlight.meetings.models import LateChange, Meeting, Planning, Word
from porchlight.meetings.planned import moving
from porchlight.meetings.planned.changing import heard
from porchlight.meetings.tests.a_round import ARound, a_round
from porchlight.meetings.tests.conftest import NOW
from porchlight.meetings.tests.test_a_plan import at
from porchlight.meetings.tests.test_the_board_by_hand import placed
from porchlight.meetings.tests.test_times_are_told import tell
from porchlight.schools.actors import Role
from porchlight.schools.models import StaffMember

BASE = "/maple-street/rounds"


@pytest.fixture
def made(town: Town) -> ARound:
    return a_round(town)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def browser(person: StaffMember | Guardian) -> Client:
    if person.user is None:
        person.user = User.objects.create_user(f"person{person.pk}@example.org", name=person.name)
        person.save()
    return browser_of(person)


def address(made: ARound, *parts: str) -> str:
    return "/".join((BASE, made.round.key, *parts, ""))


def read(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_the_first_look_to_families_that_know_their_times(
    made: ARound, town: Town, django_capture_on_commit_callbacks
) -> None:
    office, home, early = browser(town.okafor), town.home(2, reads="en"), town.home(3)
    party = made.party(home)
    made.can(party, time(16), time(18))
    made.wish(party, home.student)
    party = made.party(early)
    made.can(party, time(16), time(17))
    made.wish(party, early.student, made.boone)
    made.boone.times.update(starts=time(17), ends=time(18))
    first = read(office, address(made, "plan"))
    assert "No common hour: Mr Boone is there on Thursday 15 October 5 pm–6 pm" in first
    assert "the family can come on Thursday 15 October 4 pm–5 pm." in first
    with django_capture_on_commit_callbacks(execute=True):
        office.post(address(made, "plan"), {"seconds": "20"})
    planning = Planning.objects.get()
    assert "It begins in a moment." in read(office, address(made, "plan"))
    Planning.objects.update(steps=40)
    run_tasks()
    assert "1 of 2 wishes" in read(office, address(made, "plan"))
    office.post(address(made, "plan", "taking"), {"planning": planning.key})
    board = read(office, address(made, "board"))
    assert "Child2 Smith" in board
    assert "No common hour" in board
    with django_capture_on_commit_callbacks(execute=True):
        office.post(address(made, "times"))
    run_tasks()
    assert len(told(home.guardian)) == 1
    assert "Take it back" in read(office, address(made, "times"))
    assert "0 of 1" in read(office, address(made, "changes"))


def test_it_is_stopped_and_the_page_says_how_far_it_came(made: ARound, town: Town) -> None:
    office = browser(town.okafor)
    office.post(address(made, "plan"), {"seconds": "20"})
    office.post(address(made, "plan"), {"seconds": "20"})
    office.post(address(made, "plan", "stopping"))
    assert Planning.objects.get().stopped_by == town.okafor
    Planning.objects.update(
        begun_at=NOW, seen_at=NOW, progress=[[0, 3, 200], [10, 4, 150]], plan=[{}], asked_for=5
    )
    part = office.get(address(made, "plan"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert '<progress id="bar" max="100" value="50">' in part
    assert "4 of 5 wishes" in part
    assert "<bdi>25 %</bdi>" in part


def test_a_time_is_moved_without_a_script_and_a_refusal_names_the_rule(made: ARound, town: Town) -> None:
    office, wish, other = browser(town.okafor), placed(made, 2, 0), placed(made, 3, 4)
    day = made.days[0].pk
    page = read(office, address(made, "board", wish.key))
    assert f'<option value="{day}.6.in_person" dir="auto">' in page
    assert f'<option value="{day}.4.in_person" dir="auto">' not in page
    refused = office.post(address(made, "board", wish.key), {"at": f"{day}.4"})
    assert refused.status_code == 422
    assert "Ms Amal sits with Child3’s family then." in refused.content.decode()
    assert office.post(address(made, "board", wish.key), {"at": "nonsense"}).status_code == 404
    office.post(address(made, "board", wish.key), {"at": f"{day}.6"})
    wish.refresh_from_db()
    assert wish.meeting is not None
    assert (wish.meeting.starts_at, wish.pinned_by) == (at(16, 30), town.okafor)
    office.post(address(made, "board", wish.key, "pin"))
    wish.refresh_from_db()
    assert wish.pinned_by is None
    office.post(address(made, "board", "swap"), {"one": wish.key, "other": other.key})
    assert Meeting.objects.get(wish=other).starts_at == at(16, 30)


def test_once_they_know_it_is_asked_first_and_then_told(made: ARound, town: Town) -> None:
    office, wish = browser(town.okafor), placed(made, 2, 0)
    tell(made)
    where, day = address(made, "board", wish.key), made.days[0].pk
    asked = office.post(where, {"at": f"{day}.6"})
    assert "Move, and tell them" in asked.content.decode()
    assert Meeting.objects.get().starts_at == at(16)
    office.post(where, {"at": f"{day}.6", "sure": "1"})
    assert Meeting.objects.get().starts_at == at(16, 30)
    assert len(told(wish.party.members.get().guardian)) == 2


def test_a_colleague_sees_their_own_column_and_nobody_elses(made: ARound, town: Town) -> None:
    wish = placed(made, 2, 0)
    home = town.home(3)
    other = made.wish(made.party(home), home.student, made.boone)
    moving.move(other, day_id=made.days[0].pk, slot=2, by=town.okafor.actor(), now=NOW)
    page = read(browser(town.amal), address(made, "my-evening"))
    assert wish.student.name in page
    assert "Mr Boone" not in page
    assert home.student.name not in page
    assert browser(town.reyes).get(address(made, "my-evening")).status_code == 404


PAGES = (("plan",), ("board",), ("times",), ("changes",))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page[0])
def test_only_the_office_and_leaders_of_this_school_open_it(
    made: ARound, town: Town, page: tuple[str]
) -> None:
    assert browser(staff(town.school, "Mrs Lead", Role.LEADER)).get(address(made, *page)).status_code == 200
    assert browser(town.amal).get(address(made, *page)).status_code == 404
    elsewhere = cast.maple_street("oak-lane")
    stranger = staff(elsewhere, "Mr Oak", Role.OFFICE)
    assert browser(stranger).get(address(made, *page)).status_code == 404
    assert browser(stranger).get(address(made, *page).replace("maple-street", "oak-lane")).status_code == 404
    assert browser(town.yousaf.guardian).get(address(made, *page)).status_code in {302, 404}


def test_of_an_own_child_the_office_sees_a_taken_time_and_no_name(made: ARound, town: Town) -> None:
    wish = placed(made, 2, 0)
    mother = Guardian.objects.create(school=town.school, name="Mrs Okafor", user=town.okafor.user)
    Guardianship.objects.create(school=town.school, guardian=mother, student=wish.student)
    office = browser(town.okafor)
    board = read(office, address(made, "board"))
    assert "Taken" in board
    assert wish.student.name not in board
    assert office.get(address(made, "board", wish.key)).status_code == 404


def test_a_colleague_is_away_and_what_waits_stands_on_the_page(made: ARound, town: Town) -> None:
    office, wish = browser(town.okafor), placed(made, 2, 0)
    party = wish.party
    made.can(party, time(16), time(16, 10))
    tell(made)
    office.post(address(made, "changes", "away"), {"host": made.amal.key, "day": made.days[0].key})
    assert LateChange.objects.get().why == "school"
    from porchlight.meetings.planned.ticking import tick

    tick(town.school, NOW + timedelta(minutes=1))
    page = read(office, address(made, "changes"))
    assert "They wait for a person" in page
    assert wish.student.name in page
    office.post(address(made, "changes", "filling"))
    assert not Meeting.objects.standing().exists()


def test_what_is_no_meeting_of_a_round_is_left_alone(town: Town, made: ARound) -> None:
    from porchlight.meetings.tests.conftest import meet

    seat = meet(town).guests.get()
    heard(sender=type(seat), seats=[seat], word=Word.CANNOT, now=NOW)
    assert (LateChange.objects.count(), seat.meeting.is_on) == (0, True)


def test_a_step_is_looked_for_and_taken_on_the_page(
    made: ARound, town: Town, django_capture_on_commit_callbacks
) -> None:
    office = browser(town.okafor)
    placed(made, 2, 0)
    tell(made)
    home = town.home(4, reads="en")
    party = made.party(home)
    made.can(party, time(16), time(16, 10))
    made.wish(party, home.student, must=True)
    made.round.wishes.update(pinned_by=None)
    with django_capture_on_commit_callbacks(execute=True):
        office.post(address(made, "changes", "looking"))
    Planning.objects.update(steps=400)
    run_tasks()
    assert "No time yet →" in read(office, address(made, "changes"))
    where = address(made, "changes", Planning.objects.get().key, "0")
    theirs = staff(town.school, "Mr Ode", Role.OFFICE)
    uncle = Guardian.objects.create(school=town.school, name="Mr Ode", user=theirs.user)
    Guardianship.objects.create(school=town.school, guardian=uncle, student=home.student)
    assert browser(theirs).post(where).status_code == 404  # of an own child nobody decides at work
    assert Meeting.objects.standing().count() == 1
    office.post(where)
    assert Meeting.objects.standing().count() == 2
    office.post(where)
    assert len(told(home.guardian)) == 1


@pytest.mark.parametrize("slot", ["9" * 12, "9" * 5000])
def test_a_slot_beyond_every_day_is_none(made: ARound, town: Town, slot: str) -> None:
    wish = placed(made, 2, 0)
    where = address(made, "board", wish.key)
    answer = browser(town.okafor).post(where, {"at": f"{made.days[0].pk}.{slot}"})
    assert answer.status_code in {404, 422}
    assert Meeting.objects.get().starts_at == at(16)
