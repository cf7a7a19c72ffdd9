"""A file of changes says only what changed: whom it does not name stays exactly as they are."""

from pathlib import Path

import pytest

from porchlight.families.models import ContactPoint, Enrolment, Guardianship, Student
from porchlight.rosters.actions import preview, take
from porchlight.rosters.tests.bundles import Rows, differences, oneroster, person, small_school, zipped
from porchlight.schools.actors import Actor, system
from porchlight.schools.models import School

pytestmark = pytest.mark.django_db

STAMP = {"dateLastModified": "2026-11-22T08:00:00.000Z"}


@pytest.fixture
def on_roll(maple: School, tmp_path: Path) -> School:
    take(path=zipped(tmp_path / "all.zip", oneroster(small_school())), school=maple, by=system(maple.pk))
    return maple


@pytest.fixture
def by(maple: School) -> Actor:
    return system(maple.pk)


def changes(folder: Path, **files: Rows) -> Path:
    stamped = {table: [{"status": "active", **STAMP, **row} for row in rows] for table, rows in files.items()}
    return zipped(folder / "delta.zip", oneroster(stamped, mode="delta"))


def test_a_changed_name_changes_and_nobody_leaves(tmp_path: Path, on_roll: School, by: Actor) -> None:
    path = changes(tmp_path, users=[person("s1", "Hamza", "Yousafzai", agentSourcedIds="g1")])
    run = take(path=path, school=on_roll, by=by)
    assert run.problems == []
    assert differences(run) == {"student": {"changed": 1}}
    assert Student.objects.get(source_id="s1").name == "Hamza Yousafzai"
    assert Guardianship.objects.filter(until=None).count() == 2


def test_a_new_child_joins_a_class_that_is_here(tmp_path: Path, on_roll: School, by: Actor) -> None:
    path = changes(
        tmp_path,
        users=[person("s3", "Ali", "Yousaf", agentSourcedIds="g1")],
        roles=[{"sourcedId": "r-s3", "userSourcedId": "s3", "role": "student", "orgSourcedId": "o1"}],
        enrollments=[
            {
                "sourcedId": "e-s3",
                "classSourcedId": "c1",
                "schoolSourcedId": "o1",
                "userSourcedId": "s3",
                "role": "student",
            }
        ],
    )
    run = take(path=path, school=on_roll, by=by)
    assert run.problems == []
    assert differences(run) == {"student": {"added": 1}, "tie": {"added": 1}, "enrolment": {"added": 1}}
    assert Student.objects.get(source_id="s3").class_names() == ["4A"]


def test_who_is_marked_as_deleted_leaves(tmp_path: Path, on_roll: School, by: Actor) -> None:
    path = changes(tmp_path, users=[{**person("s2", "Zara", "Yousaf"), "status": "tobedeleted"}])
    run = take(path=path, school=on_roll, by=by, confirm_removals=True)
    assert differences(run) == {"student": {"removed": 1}}
    assert [student.name for student in Student.objects.on_roll()] == ["Hamza Yousaf"]


def test_a_seat_marked_as_deleted_ends(tmp_path: Path, on_roll: School, by: Actor) -> None:
    seat = {
        "sourcedId": "e-s2",
        "classSourcedId": "c1",
        "schoolSourcedId": "o1",
        "userSourcedId": "s2",
        "role": "student",
    }
    run = take(
        path=changes(tmp_path, enrollments=[{**seat, "status": "tobedeleted"}]),
        school=on_roll,
        by=by,
        confirm_removals=True,
    )
    assert differences(run) == {"enrolment": {"removed": 1}}
    assert Enrolment.objects.filter(until=None).count() == 1


def test_a_tie_ends_when_nobody_states_it_any_longer(tmp_path: Path, on_roll: School, by: Actor) -> None:
    mother = person("g1", "Samina", "Yousaf", email="samina@example.org", sms="07700 900123")
    run = preview(path=changes(tmp_path, users=[mother]), school=on_roll, by=by)
    assert differences(run) == {"tie": {"removed": 1}}, "Hamza's own row still names her, Zara's never did"


def test_a_changed_number_takes_the_old_one_away(tmp_path: Path, on_roll: School, by: Actor) -> None:
    mother = person(
        "g1", "Samina", "Yousaf", email="samina@example.org", sms="07700 900999", agentSourcedIds="s1,s2"
    )
    run = take(path=changes(tmp_path, users=[mother]), school=on_roll, by=by)
    assert differences(run) == {"contact": {"added": 1, "removed": 1}}
    assert sorted(ContactPoint.objects.filter(ended_at=None).values_list("address__value", flat=True)) == [
        "+447700900999",
        "samina@example.org",
    ]
