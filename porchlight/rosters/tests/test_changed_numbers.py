"""T29: a list with another number for somebody known: around a child for whom care is asked, it waits for people."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from porchlight.delivery.changing.ticking import changes_go_on
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests import cast
from porchlight.families.models import ContactChange, ContactPoint, Guardian, Restriction
from porchlight.rosters.actions import take, undo
from porchlight.rosters.tests.sheets import FATHER, sheet
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox import school_time

pytestmark = pytest.mark.django_db
OLD, NEW = "+447700900001", "+447700900999"
FIRST = FATHER | {"WhatsApp": "", "Phone": "07700 900001", "May we write": "yes"}
LATER = FIRST | {"Phone": "07700 900999"}


def taken(tmp_path: Path, school: School, by: Actor, row: dict[str, str]):
    return take(path=sheet(tmp_path, row), school=school, by=by)


def live() -> dict[str, bool]:
    """Number → whether it is on trial."""
    points = ContactPoint.objects.filter(guardian__name="Tariq Yousaf", ended_at=None)
    return dict(points.values_list("address__value", "on_trial"))


def restrict() -> None:
    tie = Guardian.objects.get(name="Tariq Yousaf").ties.get()
    Restriction.objects.create(
        school_id=tie.school_id, guardianship=tie, scope="collect", evidence="seen by the office"
    )


def test_t29_a_number_that_comes_with_the_first_list_is_theirs_at_once(
    tmp_path: Path, on_roll: School, by: Actor
) -> None:
    taken(tmp_path, on_roll, by, FIRST)
    assert (live(), ContactChange.objects.count()) == ({OLD: False}, 0)


def test_t29_another_number_is_theirs_at_once_and_the_old_one_hears_of_it(
    tmp_path: Path, on_roll: School, by: Actor
) -> None:
    cast.account(on_roll)
    taken(tmp_path, on_roll, by, FIRST)
    ContactPoint.objects.update(consented=True)
    taken(tmp_path, on_roll, by, LATER)
    assert live() == {NEW: False}
    changes_go_on(on_roll, school_time.now())
    changes_go_on(on_roll, school_time.now())
    [told] = Delivery.objects.filter(to=OLD)
    assert told.parcel.service_kind == "way_changes"
    assert "900999" not in told.body["text"]


def test_t29_where_a_restriction_stands_it_waits_and_the_old_one_goes_on(
    tmp_path: Path, on_roll: School, by: Actor
) -> None:
    taken(tmp_path, on_roll, by, FIRST)
    restrict()
    taken(tmp_path, on_roll, by, LATER)
    assert live() == {OLD: False, NEW: True}
    change = ContactChange.objects.get()
    assert (change.with_care, change.how, change.old.address.value) == (True, "", OLD)
    changes_go_on(on_roll, school_time.now() + timedelta(days=30))
    taken(tmp_path, on_roll, by, LATER)  # the same list once more is nobody's confirmation
    assert live() == {OLD: False, NEW: True}


def test_an_import_taken_back_takes_its_waiting_number_along(
    tmp_path: Path, on_roll: School, by: Actor
) -> None:
    taken(tmp_path, on_roll, by, FIRST)
    restrict()
    undo(run=taken(tmp_path, on_roll, by, LATER), by=by)
    assert live() == {OLD: False}


@pytest.mark.parametrize("also", [{"Email": "tariq@example.org"}])
def test_t29_one_more_way_waits_too(tmp_path: Path, on_roll: School, by: Actor, also: dict[str, str]) -> None:
    taken(tmp_path, on_roll, by, FIRST)
    restrict()
    taken(tmp_path, on_roll, by, FIRST | also)
    assert live() == {OLD: False, "tariq@example.org": True}
