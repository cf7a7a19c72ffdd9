"""Taking a roster: people arrive, the same file again changes nothing, a change changes exactly that."""

from pathlib import Path

import pytest

from porchlight.families.models import (
    Address,
    Consent,
    ContactPoint,
    Enrolment,
    Guardian,
    Guardianship,
    Household,
    HouseholdMembership,
    Student,
)
from porchlight.rosters.actions import NotTaken, preview, take, undo
from porchlight.rosters.tests.bundles import Rows, differences, oneroster, small_school, zipped
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, SchoolClass, StaffMember, Teaching

pytestmark = pytest.mark.django_db


def bundle(folder: Path, change: dict[str, Rows] | None = None, name: str = "r.zip", **options: str) -> Path:
    return zipped(folder / name, oneroster({**small_school(), **(change or {})}, **options))


def test_everybody_arrives_with_their_ties(tmp_path: Path, maple: School, by: Actor) -> None:
    run = take(path=bundle(tmp_path), school=maple, by=by)
    assert differences(run) == {
        "class": {"added": 1},
        "staff": {"added": 1},
        "student": {"added": 2},
        "guardian": {"added": 1},
        "tie": {"added": 2},
        "contact": {"added": 2},
        "enrolment": {"added": 2},
        "teaching": {"added": 1},
    }
    assert sorted(Student.objects.values_list("name", "source_id")) == [
        ("Hamza Yousaf", "s1"),
        ("Zara Yousaf", "s2"),
    ]


def test_what_the_roster_does_not_say_is_left_as_usual(tmp_path: Path, maple: School, by: Actor) -> None:
    take(path=bundle(tmp_path), school=maple, by=by)
    guardian = Guardian.objects.get()
    assert (guardian.name, guardian.speaks, guardian.reads, guardian.access_needs) == (
        "Samina Yousaf",
        "en",
        "",
        [],
    )
    assert len(guardian.key) == 12
    assert {(tie.student.name, tie.relation, tie.may_receive) for tie in Guardianship.objects.all()} == {
        ("Hamza Yousaf", "parent", True),
        ("Zara Yousaf", "parent", True),
    }
    points = ContactPoint.objects.usable().order_by("rank")
    assert [(point.address.channel, point.address.value, point.guardian) for point in points] == [
        ("sms", "+447700900123", guardian),
        ("email", "samina@example.org", guardian),
    ]
    assert Consent.objects.filter(given=True, source="school roster").count() == 2
    home = Household.objects.get()
    assert home.label == "Samina Yousaf"
    assert HouseholdMembership.objects.get().guardian == guardian
    assert {(row.student.name, row.school_class.name) for row in Enrolment.objects.all()} == {
        ("Hamza Yousaf", "4A"),
        ("Zara Yousaf", "4A"),
    }
    teaching = Teaching.objects.get()
    assert (teaching.staff.name, teaching.school_class.name) == ("Amal Khan", "4A")
    assert [role.role for role in StaffMember.objects.get().roles.all()] == ["teacher"]


def test_a_preview_changes_nothing(tmp_path: Path, maple: School, by: Actor) -> None:
    run = preview(path=bundle(tmp_path), school=maple, by=by)
    assert run.counts["student"]["added"] == 2
    assert run.samples["student"]["added"] == ["Hamza Yousaf", "Zara Yousaf"]
    assert run.pk is None
    assert Student.objects.count() == SchoolClass.objects.count() == 0


def test_the_same_file_again_changes_nothing(tmp_path: Path, maple: School, by: Actor) -> None:
    path = bundle(tmp_path)
    take(path=path, school=maple, by=by)
    assert differences(preview(path=path, school=maple, by=by)) == {}
    assert differences(take(path=path, school=maple, by=by)) == {}
    assert Student.objects.count() == 2
    assert Address.objects.count() == 2
    assert Household.objects.count() == 1


def test_a_change_changes_exactly_that(tmp_path: Path, maple: School, by: Actor) -> None:
    take(path=bundle(tmp_path), school=maple, by=by)
    users = [dict(row) for row in small_school()["users"]]
    users[0]["familyName"] = "Yousafzai"
    run = take(path=bundle(tmp_path, {"users": users}, "2.zip"), school=maple, by=by)
    assert differences(run) == {"student": {"changed": 1}}
    assert Student.objects.get(source_id="s1").name == "Hamza Yousafzai"


def test_what_a_person_changed_stays(tmp_path: Path, maple: School, by: Actor) -> None:
    take(path=bundle(tmp_path), school=maple, by=by)
    Student.objects.filter(source_id="s1").update(name="Hamza Y.")
    users = [dict(row) for row in small_school()["users"]]
    users[0] |= {"familyName": "Yousafzai", "preferredGivenName": "Hamzah"}
    path = bundle(tmp_path, {"users": users}, "2.zip")
    run = take(path=path, school=maple, by=by)
    assert differences(run) == {"student": {"changed": 1, "kept": 1}}
    assert run.samples["student"]["kept"] == ["Hamza Y.: name"]
    student = Student.objects.get(source_id="s1")
    assert (student.name, student.called) == ("Hamza Y.", "Hamzah")
    assert differences(preview(path=path, school=maple, by=by)) == {}


def test_who_is_left_out_leaves_and_comes_back_with_everything(
    tmp_path: Path, maple: School, by: Actor
) -> None:
    whole = bundle(tmp_path)
    take(path=whole, school=maple, by=by)
    school = small_school()
    without = {
        table: [row for row in school[table] if "s2" not in (row.get("sourcedId"), row.get("userSourcedId"))]
        for table in ("users", "roles", "enrollments")
    }
    without["users"] = [
        {**row, "agentSourcedIds": row.get("agentSourcedIds", "").replace("s1,s2", "s1")}
        for row in without["users"]
    ]
    path = bundle(tmp_path, without, "2.zip")
    with pytest.raises(NotTaken) as stop:
        take(path=path, school=maple, by=by)
    assert stop.value.code == "too_many_removals"
    assert stop.value.kinds == ["student", "tie", "enrolment"]
    assert Student.objects.on_roll().count() == 2
    run = take(path=path, school=maple, by=by, confirm_removals=True)
    assert differences(run) == {"student": {"removed": 1}, "tie": {"removed": 1}, "enrolment": {"removed": 1}}
    assert [student.name for student in Student.objects.on_roll()] == ["Hamza Yousaf"]
    assert Student.objects.count() == 2
    back = take(path=whole, school=maple, by=by)
    assert differences(back) == {
        "student": {"returned": 1},
        "tie": {"returned": 1},
        "enrolment": {"returned": 1},
    }
    assert Student.objects.on_roll().count() == 2
    assert Enrolment.objects.filter(until=None).count() == 2
    assert Guardianship.objects.filter(until=None).count() == 2


def test_somebody_marked_as_gone_takes_their_ties_along(tmp_path: Path, maple: School, by: Actor) -> None:
    users = [dict(row) for row in small_school()["users"]]
    users[1]["status"] = "tobedeleted"  # in a whole file, and roles, seats and their mother still name them
    run = take(path=bundle(tmp_path, {"users": users}), school=maple, by=by)
    assert [
        (problem["code"], problem["line"]) for problem in run.problems if problem["file"] == "users.csv"
    ] == [
        ("row.field_forbidden_in_bulk", 3),
        ("row.marked_gone", 3),
    ]
    assert [tie.student.name for tie in Guardianship.objects.all()] == ["Hamza Yousaf"]
    assert Student.objects.count() == Enrolment.objects.count() == 1


def test_undo_puts_everything_back(tmp_path: Path, maple: School, by: Actor) -> None:
    take(path=bundle(tmp_path), school=maple, by=by)
    school = small_school()
    users = [dict(row) for row in school["users"]]
    users[0]["familyName"] = "Yousafzai"
    users[2]["sms"] = "07700 900999"
    run = take(path=bundle(tmp_path, {"users": users}, "2.zip"), school=maple, by=by)
    assert differences(run) == {"student": {"changed": 1}, "contact": {"added": 1, "removed": 1}}
    undo(run=run, by=by)
    assert Student.objects.get(source_id="s1").name == "Hamza Yousaf"
    assert sorted(ContactPoint.objects.filter(ended_at=None).values_list("address__value", flat=True)) == [
        "+447700900123",
        "samina@example.org",
    ]
    assert differences(preview(path=bundle(tmp_path), school=maple, by=by)) == {}
    with pytest.raises(NotTaken, match="undone"):
        undo(run=run, by=by)
