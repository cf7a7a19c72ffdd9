"""Rows come in by the database itself where it can read the staging file, else one by one: the same rows either way.

Within somebody else's transaction the staging file cannot be let go at the end of the import, so there they come one
by one, as they do on PostgreSQL.
"""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, models, transaction

from porchlight.families.models import (
    Address,
    Consent,
    ContactPoint,
    Enrolment,
    Guardian,
    Guardianship,
    Household,
    HouseholdMembership,
    Restriction,
    Student,
)
from porchlight.rosters.actions import preview, take
from porchlight.rosters.models import RosterImport, RosterLink
from porchlight.rosters.tests.bundles import oneroster, small_school, zipped
from porchlight.rosters.tests.sheets import FATHER, sheet
from porchlight.schools.actors import system
from porchlight.schools.models import School, SchoolClass, StaffMember, StaffRole, Teaching, Term

MODELS = (
    *(Term, SchoolClass, StaffMember, StaffRole, Teaching, Student, Guardian, Guardianship, Restriction),
    *(Enrolment, Household, HouseholdMembership, Address, ContactPoint, Consent, RosterLink),
)
OURS = {"id", "key", "school", "added_in", "object_id", "record_key", "created_at", "at", "set_at"}
SISTER = {**FATHER, "Child": "Zara Yousaf", "Restriction": "contact: order seen", "Access needs": "no calls"}


def taken(slug: str, folder: Path) -> School:
    """A school after its roster, its families sheet and a roster in which something changed."""
    school = School.objects.create(slug=slug, name="Maple Street School")
    folder.mkdir()
    users = [dict(row) for row in small_school()["users"]]
    users[2]["email"] = "new@example.org"
    for path in (
        zipped(folder / "1.zip", oneroster(small_school())),
        sheet(folder, FATHER, SISTER),
        zipped(folder / "2.zip", oneroster({**small_school(), "users": users})),
    ):
        take(path=path, school=school, by=system(school.pk))
    return school


def told(model: type[models.Model], school: School) -> list[dict[str, Any]]:
    """Every row of a model, told without numbers of its own: whom it names is named."""
    rows = []
    for row in model._default_manager.filter(school=school):
        names = [column.name for column in model._meta.local_concrete_fields if column.name not in OURS]
        said = {name: getattr(row, name) for name in names}
        rows.append({name: named(value) for name, value in said.items() if name != "source_id"})
    return sorted(rows, key=repr)


def named(value: Any) -> Any:
    match value:
        case Guardianship():
            return f"{value.guardian.name} of {value.student.name}"
        case Address():
            return value.value
        case ContactPoint():
            return f"{value.guardian} at {value.address.value}"
        case models.Model():
            return str(value)
        case datetime():
            return "a moment"
        case str():
            return re.sub(r"id:\d+", "id", value)  # a sheet's keys hold the child's number
    return value


@pytest.mark.django_db(transaction=True)
def test_the_rows_are_the_same_either_way(tmp_path: Path) -> None:
    alone = taken("alone", tmp_path / "alone")
    with transaction.atomic():
        within = taken("within", tmp_path / "within")
    for model in MODELS:
        assert told(model, alone) == told(model, within), model.__name__
    assert StaffRole.objects.in_school(alone).count() == 1
    assert Restriction.objects.in_school(alone).count() == 1
    assert Consent.objects.in_school(alone).count() == 4


@pytest.mark.django_db(transaction=True)
def test_what_breaks_off_leaves_nothing_behind_and_the_next_one_comes_in(tmp_path: Path) -> None:
    school = School.objects.create(slug="alone", name="Maple Street School")
    by, path = system(school.pk), zipped(tmp_path / "r.zip", oneroster(small_school()))

    def pulled_out(step: str) -> None:
        if step == "link":
            assert Student.objects.count() == 2  # almost there
            raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        take(path=path, school=school, by=by, step=pulled_out)
    assert [model.objects.count() for model in (*MODELS, RosterImport)] == [0] * (len(MODELS) + 1)
    assert attached() == ["main"]
    assert take(path=path, school=school, by=by).counts["student"]["added"] == 2
    assert preview(path=path, school=school, by=by).counts["student"]["same"] == 2
    assert attached() == ["main"]


def attached() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA database_list")
        return [row[1] for row in cursor.fetchall()]
