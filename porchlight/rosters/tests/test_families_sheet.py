"""The families sheet: what only families can tell, read in three languages and never guessed in silence."""

import datetime
from pathlib import Path

import pytest

from porchlight.families.consenting import meant_by
from porchlight.families.models import (
    Address,
    ContactPoint,
    Guardian,
    Guardianship,
    Household,
    HouseholdMembership,
    Restriction,
    Student,
)
from porchlight.rosters.actions import preview, take, undo
from porchlight.rosters.models import RosterLink
from porchlight.rosters.tests.sheets import FATHER, codes, sheet
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox import school_time

pytestmark = pytest.mark.django_db


def test_a_father_comes_with_his_languages_his_number_and_his_home(
    tmp_path: Path, on_roll: School, by: Actor
) -> None:
    run = take(path=sheet(tmp_path, FATHER), school=on_roll, by=by)
    assert run.problems == []
    father = Guardian.objects.get(name="Tariq Yousaf")
    assert (father.greeting, father.speaks, father.reads, father.script) == ("Mr Yousaf", "ur", "ur", "")
    tie = Guardianship.objects.get(guardian=father)
    assert (tie.student.name, tie.relation, tie.may_receive) == ("Hamza Yousaf", "father", True)
    [point] = ContactPoint.objects.usable().filter(guardian=father)
    assert (point.address.channel, point.address.value, point.rank) == ("whatsapp", "+447700900201", 1)
    home = Household.objects.get(label="Yousaf")
    assert {member.guardian or member.student for member in home.members.all()} == {father, tie.student}
    assert HouseholdMembership.objects.filter(guardian=father).count() == 1


def test_the_same_sheet_again_changes_nothing(tmp_path: Path, on_roll: School, by: Actor) -> None:
    path = sheet(
        tmp_path,
        FATHER,
        {
            "Child": "Zara Yousaf",
            "Class": "4A",
            "Adult": "Samina Yousaf",
            "Relation": "mother",
            "Speaks": "Urdu",
            "Home": "Yousaf",
        },
    )
    take(path=path, school=on_roll, by=by)
    before = (Guardian.objects.count(), Guardianship.objects.count(), Address.objects.count())
    run = take(path=path, school=on_roll, by=by)
    assert {
        state
        for states in run.counts.values()
        for state in ("added", "changed", "returned", "removed")
        if states[state]
    } == set()
    assert before == (Guardian.objects.count(), Guardianship.objects.count(), Address.objects.count())


def test_an_adult_the_roster_knows_is_told_more_about_not_made_twice(
    tmp_path: Path, on_roll: School, by: Actor
) -> None:
    mother = {
        "Child": "Zara Yousaf",
        "Adult": "samina yousaf",
        "Relation": "mother",
        "Speaks": "Pashto",
        "Reads": "none",
        "Who may ring": "a woman",
    }
    run = take(path=sheet(tmp_path, mother), school=on_roll, by=by)
    assert run.counts["guardian"]["changed"] == 1
    samina = Guardian.objects.get()
    assert (samina.name, samina.speaks, samina.reads, samina.may_ring) == ("Samina Yousaf", "ps", "", "woman")
    relations = {tie.student.name: tie.relation for tie in Guardianship.objects.all()}
    assert relations == {"Hamza Yousaf": "parent", "Zara Yousaf": "mother"}
    again = preview(path=tmp_path / "roster.zip", school=on_roll, by=by)
    assert all(states["changed"] == states["removed"] == 0 for states in again.counts.values())


def test_two_adults_share_a_home_only_where_the_sheet_says_so(
    tmp_path: Path, on_roll: School, by: Actor
) -> None:
    rows = [
        {"Child": "Hamza Yousaf", "Adult": "Tariq Yousaf", "Home": "1 Elm"},
        {"Child": "Hamza Yousaf", "Adult": "Samina Yousaf", "Home": "1 Elm"},
        {"Child": "Hamza Yousaf", "Adult": "Bilal Yousaf", "Home": "9 Oak", "Child lives there": "no"},
        {"Child": "Hamza Yousaf", "Adult": "Amina Bibi", "Home": ""},
    ]
    run = take(path=sheet(tmp_path, *rows), school=on_roll, by=by)
    assert run.problems == []
    today = datetime.datetime.now(datetime.UTC).date()
    homes = {
        home.label: sorted(
            (member.guardian or member.student).name
            for member in home.members.all()
            if not member.until or member.until >= today
        )
        for home in Household.objects.all()
    }
    assert homes == {
        "1 Elm": ["Hamza Yousaf", "Samina Yousaf", "Tariq Yousaf"],
        "9 Oak": ["Bilal Yousaf"],
        "Amina Bibi": ["Amina Bibi"],
        "Samina Yousaf": [],
    }
    undo(run=run, by=by)
    own = Household.objects.get(label="Samina Yousaf")
    assert [member.until for member in own.members.all()] == [None]


def test_families_of_one_name_are_kept_apart_unless_a_child_ties_them(
    tmp_path: Path, on_roll: School, by: Actor
) -> None:
    rows = [
        {"Child": "Hamza Yousaf", "Adult": "Tariq Yousaf", "Home": "Yousaf"},
        {"Child": "Zara Yousaf", "Adult": "Imran Yousaf", "Home": "yousaf"},
    ]
    run = take(path=sheet(tmp_path, *rows), school=on_roll, by=by)
    assert codes(run) == [("sheet.home_of_strangers", 3, "home")]
    assert Household.objects.filter(label__iexact="yousaf").count() == 2
    aunt = {"Child": "Hamza Yousaf", "Adult": "Imran Yousaf", "Home": "Yousaf"}
    run = preview(path=sheet(tmp_path, *rows, aunt), school=on_roll, by=by)
    assert codes(run) == []
    assert run.counts["guardian"]["added"] == 0


def test_two_fathers_of_one_name_with_their_own_numbers_stay_two(
    tmp_path: Path, on_roll: School, by: Actor
) -> None:
    rows = [
        {"Child": "Hamza Yousaf", "Adult": "Ahmed Khan", "Phone": "07700 900301", "Home": "Khan"},
        {"Child": "Zara Yousaf", "Adult": "Ahmed Khan", "Phone": "07700 900302", "Home": "Khan"},
    ]
    run = take(path=sheet(tmp_path, *rows), school=on_roll, by=by)
    assert [code for code, _, _ in codes(run)] == ["sheet.same_name_apart", "sheet.home_of_strangers"]
    assert sorted(guardian.ties.count() for guardian in Guardian.objects.filter(name="Ahmed Khan")) == [1, 1]


def test_adults_without_a_home_are_not_taken_for_one(tmp_path: Path, on_roll: School, by: Actor) -> None:
    rows = [
        {"Child": "Hamza Yousaf", "Adult": "Tariq Yousaf"},
        {"Child": "Zara Yousaf", "Adult": "Imran Yousaf"},
    ]
    take(path=sheet(tmp_path, *rows), school=on_roll, by=by)
    assert Guardian.objects.filter(source_id__contains="@").count() == 2


def test_a_restriction_is_set_with_its_evidence_which_no_link_keeps(
    tmp_path: Path, on_roll: School, by: Actor
) -> None:
    row = FATHER | {
        "Restriction": "no contact",
        "Evidence of the restriction": "Order 12/26, seen by Mr Bell",
        "Restricted until": "2027-07-31",
    }
    run = take(path=sheet(tmp_path, row), school=on_roll, by=by)
    restriction = Restriction.objects.get()
    assert (restriction.scope, restriction.evidence, restriction.until) == (
        "contact",
        "Order 12/26, seen by Mr Bell",
        datetime.date(2027, 7, 31),
    )
    today = datetime.datetime.now(datetime.UTC).date()
    assert Guardianship.objects.receiving(on=today).filter(guardian__name="Tariq Yousaf").count() == 0
    assert not RosterLink.objects.filter(values__contains="Order").exists()
    take(path=sheet(tmp_path, FATHER), school=on_roll, by=by, confirm_removals=True)
    assert Restriction.objects.get().lifted_at is None
    assert run.counts["restriction"]["added"] == 1


def test_a_number_given_without_a_word_about_whatsapp_is_kept_and_not_used(
    tmp_path: Path, on_roll: School, by: Actor
) -> None:
    row = FATHER | {"Agreed to messages": "", "Phone": "07700 900202", "WhatsApp": "same"}
    take(path=sheet(tmp_path, row), school=on_roll, by=by)
    points = ContactPoint.objects.filter(guardian__name="Tariq Yousaf").order_by("rank")
    assert [(point.address.channel, point.address.value, point.consented) for point in points] == [
        ("whatsapp", "+447700900202", False),
        ("sms", "+447700900202", True),
    ]


def test_a_no_on_the_sheet_is_a_word_that_nothing_written_down_for_many_overrides(
    tmp_path: Path, on_roll: School, by: Actor
) -> None:
    row = FATHER | {"Agreed to messages": "no", "Phone": "07700 900202"}
    take(path=sheet(tmp_path, row), school=on_roll, by=by)
    point = ContactPoint.objects.get(guardian__name="Tariq Yousaf", address__channel="sms")
    assert not point.consented
    assert list(point.consents.values_list("given", flat=True)) == [False]
    today = datetime.datetime.now(datetime.UTC).date()
    meant = meant_by(on_roll, (), on=today)
    assert (meant.adults, meant.said_stop) == (0, 1)


def test_a_row_left_out_takes_nobody_away(tmp_path: Path, on_roll: School, by: Actor) -> None:
    take(path=sheet(tmp_path, FATHER), school=on_roll, by=by)
    other = FATHER | {"Child": "Zara Yousaf", "Adult": "Samina Yousaf", "Relation": "mother", "WhatsApp": ""}
    run = preview(path=sheet(tmp_path, FATHER | {"Child": "Hamzah Yousaf"}, other), school=on_roll, by=by)
    assert run.counts["guardian"]["removed"] == 0
    assert run.counts["tie"]["removed"] == 0
    assert run.counts["contact"]["removed"] == 0
    assert run.counts["member"]["removed"] == 0


def test_a_changed_number_changes_the_number_not_the_person(
    tmp_path: Path, on_roll: School, by: Actor
) -> None:
    take(path=sheet(tmp_path, FATHER), school=on_roll, by=by)
    run = take(path=sheet(tmp_path, FATHER | {"WhatsApp": "07700 900999"}), school=on_roll, by=by)
    assert run.counts["guardian"]["added"] == run.counts["guardian"]["removed"] == 0
    assert Guardian.objects.filter(name="Tariq Yousaf").count() == 1
    [point] = ContactPoint.objects.filter(guardian__name="Tariq Yousaf", ended_at=None)
    assert point.address.value == "+447700900999"


def test_a_number_the_office_replaced_by_hand_does_not_come_back_with_the_same_sheet(
    tmp_path: Path, on_roll: School, by: Actor
) -> None:
    take(path=sheet(tmp_path, FATHER), school=on_roll, by=by)
    [gone] = ContactPoint.objects.filter(guardian__name="Tariq Yousaf", ended_at=None)
    gone.ended_at = school_time.now()
    gone.save()
    right = Address.objects.create(school=on_roll, channel=gone.address.channel, value="+447700900999")
    ContactPoint.objects.create(
        school=on_roll, address=right, guardian=gone.guardian, consented=True, rank=gone.rank
    )
    for name in ("again.csv", "and_again.csv"):
        take(path=sheet(tmp_path, FATHER, name=name), school=on_roll, by=by)
        [point] = ContactPoint.objects.filter(guardian__name="Tariq Yousaf", ended_at=None)
        assert point.address == right


def test_one_father_of_two_is_one_person(tmp_path: Path, on_roll: School, by: Actor) -> None:
    take(path=sheet(tmp_path, FATHER, FATHER | {"Child": "Zara Yousaf"}), school=on_roll, by=by)
    father = Guardian.objects.get(name="Tariq Yousaf")
    assert father.ties.count() == 2


def test_a_woman_need_not_give_her_name(tmp_path: Path, on_roll: School, by: Actor) -> None:
    row = {"Child": "Hamza Yousaf", "Class": "4A", "Relation": "mother", "Phone": "07700 900300"}
    take(path=sheet(tmp_path, row), school=on_roll, by=by)
    guardian = Guardian.objects.get(name="")
    assert guardian.greeting == "Hamza Yousaf's mother"


def test_a_school_may_begin_with_the_sheet_alone(tmp_path: Path, maple: School, by: Actor) -> None:
    rows = [FATHER, FATHER | {"Child": "Zara Yousaf", "Class": "2B"}]
    run = take(path=sheet(tmp_path, *rows), school=maple, by=by)
    assert run.problems == []
    assert {(student.name, *student.class_names()) for student in Student.objects.all()} == {
        ("Hamza Yousaf", "4A"),
        ("Zara Yousaf", "2B"),
    }
    assert preview(path=sheet(tmp_path, *rows), school=maple, by=by).counts["student"]["same"] == 2
    gone = take(path=sheet(tmp_path, FATHER), school=maple, by=by, confirm_removals=True)
    assert gone.counts["student"]["removed"] == 1
