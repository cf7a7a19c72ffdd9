"""An interpreter who comes along, and the colleague who asked for a visit: what they read of it, and what they may do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.families.models import Guardian
from porchlight.meetings.models import Visit
from porchlight.meetings.tests.conftest import NOW, THURSDAY
from porchlight.meetings.tests.visit_kit import BASE, bell, leader, other_parent, permitted, welcomed
from porchlight.meetings.visits import pairing
from porchlight.meetings.visits.rules import NotNow
from porchlight.schools.actors import Role
from porchlight.schools.models import StaffMember

WHY, WHERE = "We worry about the mornings.", "Over the bakery"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def khan(town: Town) -> StaffMember:
    """Mrs Khan, who interprets, and teaches none of them."""
    return staff(town.school, "Mrs Khan", Role.INTERPRETER)


def theirs(town: Town, khan: StaffMember) -> Visit:
    visit = permitted(town)
    pairing.fix_day(visit, THURSDAY, by=town.amal.actor(), now=NOW, interpreter=khan)
    Visit.objects.update(words=WHY, place_words=WHERE)
    return Visit.objects.get()


def test_who_interprets_reads_when_and_with_whom_and_nothing_personal(town: Town, khan: StaffMember) -> None:
    visit = theirs(town, khan)
    page = browser_of(khan).get(f"{BASE}/visits/{visit.key}/", follow=True).content.decode()
    assert "Mr Bell" in page
    assert WHY not in page
    assert WHERE not in page


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("removal", {}),
        ("times", {"time_1": "2026-10-16T17:00"}),
        ("day", {"starts_at": "2026-10-16T17:00"}),
        ("check", {"in": "1"}),
        ("worry", {"words": "x"}),
    ],
)
def test_who_interprets_changes_nothing_of_it(
    town: Town, khan: StaffMember, path: str, form: dict[str, str]
) -> None:
    visit = theirs(town, khan)
    assert browser_of(khan).post(f"{BASE}/visits/{visit.key}/{path}/", form).status_code == 404
    pair = {"first": str(town.okafor.pk), "second": str(bell(town).pk)}
    assert browser_of(khan).post(f"{BASE}/visits/{visit.key}/pair/", pair).status_code == 404
    visit.refresh_from_db()
    assert (visit.stopped_at, visit.first, visit.times.count()) == (None, town.amal, 1)


def test_nobody_of_the_own_family_interprets(town: Town, khan: StaffMember) -> None:
    Guardian.objects.filter(pk=other_parent(town).pk).update(user=khan.user)
    visit = permitted(town)
    with pytest.raises(NotNow, match="own_child"):
        pairing.fix_day(visit, THURSDAY, by=town.amal.actor(), now=NOW, interpreter=khan)
    assert Visit.objects.get().meeting is None


def test_where_exactly_is_read_by_the_two_office_and_leaders_alone(town: Town) -> None:
    """As the family was told when it wrote it down."""
    asks = staff(town.school, "Mr Ito", Role.TEACHER)
    visit = welcomed(town)
    pairing.name_pair(visit, town.amal, bell(town), by=town.amal.actor(), now=NOW)
    Visit.objects.update(place_words=WHERE, staff=asks)
    read = {
        one.name: WHERE in browser_of(one).get(f"{BASE}/visits/{visit.key}/").content.decode()
        for one in (town.amal, bell(town), town.okafor, leader(town), asks)
    }
    assert read == {"Ms Amal": True, "Mr Bell": True, "Mrs Okafor": True, "Mrs Price": True, "Mr Ito": False}


def test_a_part_of_the_town_kept_before_care_was_due_is_not_shown(town: Town) -> None:
    tie = other_parent(town).ties.get()
    visit = welcomed(town)
    Visit.objects.update(district="BD8")
    page = f"{BASE}/visits/{visit.key}/"
    assert "BD8" in browser_of(town.amal).get(page).content.decode()
    tie.restrictions.create(school=town.school, scope="contact", evidence="seen")
    assert "BD8" not in browser_of(town.amal).get(page).content.decode()
