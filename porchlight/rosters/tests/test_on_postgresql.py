"""The same imports on PostgreSQL, as the application's role, with the wall between schools standing."""

from pathlib import Path

import pytest
from pytest_django import Settings

from porchlight.families.models import ContactPoint, Guardian, Household, Student
from porchlight.rosters.actions import preview, take, undo
from porchlight.rosters.models import NewYear, Sheet
from porchlight.rosters.new_year.actions import Move, begin, take_back
from porchlight.rosters.tests.bundles import differences, oneroster, small_school, zipped
from porchlight.rosters.tests.sheets import FATHER, sheet
from porchlight.rosters.tests.sheets_of_all_kinds import as_text, brought, moved, taken
from porchlight.schools.actors import system
from porchlight.schools.models import School, SchoolClass
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time
from tests.plugins.postgres import Postgres

pytestmark = pytest.mark.postgres


def test_a_roster_and_a_sheet_come_in_change_and_go_back(postgres: Postgres, tmp_path: Path) -> None:
    school = School.objects.create(slug="maple-street", name="Maple Street School", timezone="Europe/London")
    other = School.objects.create(slug="oak-lane", name="Oak Lane School")
    by = system(school.pk)
    path = zipped(tmp_path / "r.zip", oneroster(small_school()))
    take(path=path, school=school, by=by)
    take(path=sheet(tmp_path, FATHER), school=school, by=by)
    take(path=path, school=other, by=system(other.pk))
    assert differences(preview(path=path, school=school, by=by)) == {}
    assert differences(preview(path=sheet(tmp_path, FATHER), school=school, by=by)) == {}
    with school_context(school):
        assert sorted(Student.objects.values_list("name", flat=True)) == ["Hamza Yousaf", "Zara Yousaf"]
        assert sorted(Guardian.objects.values_list("name", "speaks")) == [
            ("Samina Yousaf", "en"),
            ("Tariq Yousaf", "ur"),
        ]
        assert ContactPoint.objects.usable().count() == 3
        assert sorted(Household.objects.values_list("label", flat=True)) == ["Samina Yousaf", "Yousaf"]
        Student.objects.create(
            school=school, name="By hand"
        )  # the numbers of new rows go on where ours ended
    users = [dict(row) for row in small_school()["users"]]
    users[0]["familyName"] = "Yousafzai"
    run = take(
        path=zipped(tmp_path / "2.zip", oneroster({**small_school(), "users": users})), school=school, by=by
    )
    assert differences(run) == {"student": {"changed": 1}}
    undo(run=run, by=by)
    assert differences(preview(path=path, school=school, by=by)) == {}
    with school_context(other):
        assert Student.objects.count() == 2


def test_any_sheet_and_a_new_year_stay_within_their_school(
    postgres: Postgres, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    school = School.objects.create(slug="maple-street", name="Maple Street School", timezone="Europe/London")
    other = School.objects.create(slug="oak-lane", name="Oak Lane School")
    by, now = system(school.pk), school_time.now()
    rows = [["Name", "Class", "Father", "Phone"], ["Hamza Yousaf", "4A", "Tariq Yousaf", "07700 900201"]]
    assert taken(brought(as_text(rows), school, by), by).counts["student"]["added"] == 1
    assert moved(taken(brought(as_text(rows), school, by), by)) == {}
    with school_context(school):
        [hamza] = Student.objects.on_roll()
        four = SchoolClass.objects.get()
        year = begin(school=school, moves=[Move(hamza, four, "new:5A")], by=by, now=now)
        assert hamza.class_names() == ["5A"]
        take_back(year=year, by=by, now=now)
        assert hamza.class_names() == ["4A"]
    with school_context(other):
        assert (Sheet.objects.count(), NewYear.objects.count(), Student.objects.count()) == (0, 0, 0)
