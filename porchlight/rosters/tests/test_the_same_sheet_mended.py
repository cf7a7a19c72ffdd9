"""The same sheet again with a few cells mended changes those, keeps what people changed by hand, and can be undone."""

from __future__ import annotations

from typing import Any

import pytest

from porchlight.families.models import (
    ContactPoint,
    Enrolment,
    Guardian,
    Guardianship,
    Household,
    HouseholdMembership,
    Student,
)
from porchlight.rosters.actions import undo
from porchlight.rosters.anysheet import actions
from porchlight.rosters.anysheet.asked import APART, HOME, ONE, OTHER, SAME, TWO
from porchlight.rosters.anysheet.pointing import pointed
from porchlight.rosters.models import RosterImport, Sheet
from porchlight.rosters.tests.sheets_of_all_kinds import as_text, brought, moved, taken, woven
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, StaffMember, Teaching

pytestmark = pytest.mark.django_db(transaction=True)

HEADINGS = ["Name", "Class", "Father", "Phone"]
HAMZA = ["Hamza Yousaf", "4A", "Tariq Yousaf", "07700 900201"]
ALI = ["Ali Khan", "4A", "Muhammad Khan", "07700 900202"]
SARA = ["Sara Khan", "2B", "Muhammad Khan", "07700 900202"]
NOOR = ["Noor Gul", "2B", "Gul Khan", "07700 900204"]
OMAR = ["Omar Shah", "2B", "Amir Shah", "07700 900205"]
FIRST = [HEADINGS, HAMZA, ALI, SARA, NOOR, OMAR]


def bring(rows: list[list[str]], school: School, by: Actor) -> Sheet:
    return brought(as_text(rows), school, by)


def say(sheet: Sheet, kind: str, answer: str) -> None:
    """Answer every question of a kind."""
    actions.answer(sheet, {one.key: answer for one in woven(sheet).asked if one.kind == kind})


def everything() -> dict[str, Any]:
    """The school as pages show it."""
    return {
        "children": sorted((student.name, *student.class_names()) for student in Student.objects.on_roll()),
        "adults": sorted(Guardian.objects.filter(left_at=None).values_list("name", flat=True)),
        "numbers": sorted(
            ContactPoint.objects.filter(ended_at=None, guardian__left_at=None).values_list(
                "guardian__name", "address__value"
            )
        ),
    }


def at_first(school: School, by: Actor, answer: str = ONE) -> RosterImport:
    sheet = bring(FIRST, school, by)
    say(sheet, "shared", answer)
    return taken(sheet, by)


def test_the_same_sheet_changes_nothing_and_asks_nothing_twice(maple: School, by: Actor) -> None:
    at_first(maple, by)
    sheet = bring(FIRST, maple, by)
    assert [one.kind for one in woven(sheet).asked if not one.answer] == []
    assert moved(taken(sheet, by)) == {}


def test_three_mended_cells_are_three_changes(maple: School, by: Actor) -> None:
    at_first(maple, by)
    before = everything()
    ids = dict(Student.objects.values_list("name", "pk"))
    mended = [
        HEADINGS,
        HAMZA,
        ALI,
        SARA,
        ["Noor Gull", *NOOR[1:]],  # her name
        ["Omar Shah", "4A", *OMAR[2:]],  # his class
    ]
    mended[1] = [*HAMZA[:3], "07700 900299"]  # his father's number
    sheet = bring(mended, maple, by)
    [asked] = [one for one in woven(sheet).asked if one.kind == "mended"]
    assert (asked.facts["child"], asked.facts["before"], asked.is_open) == ("Noor Gull", "Noor Gul", True)
    say(sheet, "mended", SAME)
    run = taken(sheet, by)
    assert moved(run) == {
        ("student", "changed"): 1,
        ("contact", "added"): 1,
        ("contact", "removed"): 1,
        ("enrolment", "added"): 1,
        ("enrolment", "removed"): 1,
    }
    now = everything()
    assert ("Noor Gull", "2B") in now["children"]
    assert ("Omar Shah", "4A") in now["children"]
    assert ("Tariq Yousaf", "+447700900299") in now["numbers"]
    assert Student.objects.get(name="Noor Gull").pk == ids["Noor Gul"]
    assert Student.objects.count() == 5
    undo(run=run, by=by)
    assert everything() == before


def test_another_child_is_another_child_if_the_office_says_so(maple: School, by: Actor) -> None:
    at_first(maple, by)
    sheet = bring([HEADINGS, HAMZA, ALI, SARA, ["Noor Gull", *NOOR[1:]], OMAR], maple, by)
    say(sheet, "mended", OTHER)
    run = taken(sheet, by, confirmed=True)
    assert moved(run)[("student", "added")] == moved(run)[("student", "removed")] == 1


def test_what_people_changed_by_hand_stays(maple: School, by: Actor) -> None:
    at_first(maple, by)
    Student.objects.filter(name="Hamza Yousaf").update(name="Hamza Tariq Yousaf")
    Guardian.objects.filter(name="Gul Khan").update(addressed_as="Mr Gul", speaks="ps")
    Guardianship.objects.filter(guardian__name="Amir Shah").update(relation="other")
    sheet = bring([HEADINGS, HAMZA, ALI, SARA, NOOR, [*OMAR[:3], "07700 900206"]], maple, by)
    run = taken(sheet, by)
    assert moved(run) == {("contact", "added"): 1, ("contact", "removed"): 1}
    assert Student.objects.on_roll().filter(name="Hamza Tariq Yousaf").exists()
    gul = Guardian.objects.get(name="Gul Khan")
    assert (gul.addressed_as, gul.speaks) == ("Mr Gul", "ps")
    assert Guardianship.objects.get(guardian__name="Amir Shah").relation == "other"


def test_a_mended_name_of_an_adult_is_the_same_adult_and_another_man_is_another(
    maple: School, by: Actor
) -> None:
    at_first(maple, by)
    mended = [
        [*HAMZA[:2], "Tariq Yusuf", HAMZA[3]],
        ALI,
        SARA,
        NOOR,
        [*OMAR[:2], "Bilal Afridi", "07700 900208"],
    ]
    run = taken(bring([HEADINGS, *mended], maple, by), by, confirmed=True)
    assert moved(run)[("guardian", "changed")] == 1
    assert moved(run)[("guardian", "added")] == moved(run)[("guardian", "removed")] == 1
    assert Guardian.objects.filter(left_at=None, name__in=["Tariq Yusuf", "Bilal Afridi"]).count() == 2


@pytest.mark.parametrize(("answer", "people"), [(ONE, 1), (HOME, 2), (APART, 2), ("", 2)])
def test_one_number_is_one_person_or_one_home_only_when_somebody_says_so(
    answer: str, people: int, maple: School, by: Actor
) -> None:
    at_first(maple, by, answer)
    khans = Guardian.objects.filter(name="Muhammad Khan")
    assert khans.count() == people
    homes = HouseholdMembership.objects.filter(guardian__in=khans, until=None).values("household").distinct()
    assert homes.count() == (1 if answer in {ONE, HOME} else 2)
    if answer == HOME:
        members = Household.objects.get(pk=homes[0]["household"]).members.all()
        assert {str(member.student or "") for member in members} == {"", "Ali", "Sara"}


def test_two_children_of_one_name_stay_two_with_the_next_sheet_as_well(maple: School, by: Actor) -> None:
    rows = [
        HEADINGS,
        ["Ali Khan", "4A", "Gul Khan", "07700 900201"],
        ["Ali Khan", "4A", "Amir Khan", "07700 900202"],
    ]
    sheet = bring(rows, maple, by)
    assert woven(sheet).is_open
    say(sheet, "twice", TWO)
    taken(sheet, by)
    assert Student.objects.filter(name="Ali Khan").count() == 2
    again = bring([rows[0], rows[2], rows[1]], maple, by)  # in another order
    assert moved(taken(again, by)) == {}
    assert {
        tie.guardian.name: tie.student_id for tie in Guardianship.objects.select_related("guardian")
    }.keys() == {"Gul Khan", "Amir Khan"}


def test_a_part_of_the_school_takes_nobody_away(maple: School, by: Actor) -> None:
    at_first(maple, by)
    before = everything()
    part = bring([HEADINGS, NOOR, [*OMAR[:3], "07700 900206"]], maple, by)
    assert not pointed(part.pointing).whole  # most of the school is not in it
    run = taken(part, by)
    assert moved(run) == {("contact", "added"): 1, ("contact", "removed"): 1}
    assert everything()["children"] == before["children"]
    moved_up = bring([HEADINGS, ["Noor Gul", "4A", *NOOR[2:]]], maple, by)
    taken(moved_up, by)
    assert ("Noor Gul", "4A") in everything()["children"]
    assert Enrolment.objects.filter(student__name="Noor Gul", until=None).count() == 1


def test_who_has_left_is_asked_about_first(maple: School, by: Actor) -> None:
    at_first(maple, by)
    sheet = bring(FIRST[:-1], maple, by)
    assert pointed(sheet.pointing).whole
    run = taken(sheet, by, confirmed=True)
    assert run.removes_too_many
    assert moved(run)[("student", "removed")] == 1


def test_colleagues_are_found_or_added_and_never_taken_away(maple: School, by: Actor) -> None:
    amal = StaffMember.objects.create(school=maple, name="Ms Amal", email="amal@maple-street.example.org")
    headings = [*HEADINGS, "Class teacher"]
    taken(bring([headings, [*HAMZA, "Ms Amal"], [*NOOR, "Mr Bell"]], maple, by), by)
    assert Teaching.objects.get(staff=amal).school_class.name == "4A"
    assert list(StaffMember.objects.working().values_list("name", flat=True)) == ["Ms Amal", "Mr Bell"]
    run = taken(bring([headings, [*HAMZA, "Ms Amal"], [*NOOR, "Ms Amal"]], maple, by), by)
    assert StaffMember.objects.working().count() == 2
    assert moved(run) == {("teaching", "added"): 1, ("teaching", "removed"): 1}
    taken(bring([HEADINGS, HAMZA, NOOR], maple, by), by)
    assert Teaching.objects.filter(until=None).count() == 2  # a sheet without teachers says nothing of them


def test_a_school_with_a_roll_is_told_of_its_own_children(on_roll: School, by: Actor) -> None:
    sheet = bring(
        [
            HEADINGS,
            ["Hamza Yousaf", "4A", "Tariq Yousaf", "07700 900201"],
            ["Nobody Known", "4A", "Gul Khan", ""],
        ],
        on_roll,
        by,
    )
    run = taken(sheet, by)
    assert Student.objects.on_roll().count() == 2
    assert "sheet.no_such_child" in {problem["code"] for problem in run.problems}
    assert Guardianship.objects.get(guardian__name="Tariq Yousaf").student.name == "Hamza Yousaf"
    again = bring([HEADINGS, ["Hamza Yousaf", "4A", "Tariq Yusuf", "07700 900201"]], on_roll, by)
    assert moved(taken(again, by)) == {("guardian", "changed"): 1}
