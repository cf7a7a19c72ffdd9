"""Any sheet, from the paste to the people and back: pointed at, asked about, looked at, taken, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_ox.testing import run_tasks

from porchlight.accounts.tests.browsers import browser_of
from porchlight.families.models import ContactPoint, Guardian, Guardianship, Student
from porchlight.rosters import sheet_views
from porchlight.rosters.models import RosterImport, Sheet
from porchlight.rosters.tests.handing import member, page_of
from porchlight.rosters.tests.sheets_of_all_kinds import as_text, as_workbook
from porchlight.schools.models import School, SchoolClass, StaffMember

pytestmark = pytest.mark.django_db(transaction=True)

HEADINGS = ["Sr", "Student", "Class", "Father", "Cell no.", "Class teacher", "Remarks"]
ROWS = [
    ["Maple Street School", "", "", "", "", "", ""],
    HEADINGS,
    [1, "Hamza Yousaf", "4A", "Tariq Yousaf", "07700 900201", "Ms Amal", "late fee"],
    [2, "Ali Khan", "4A", "Muhammad Khan", "7700900202", "Ms Amal", ""],
    [3, "Sara Khan", "2B", "Muhammad Khan", "07700 900202", "Mr Bell", ""],
    [4, "Omar Khan", "2B", "Muhammad Khan", "7.7009E+09", "Mr Bell", ""],
]


def brings(client: Client, rows: list[list[Any]] = ROWS, **more: Any) -> RosterImport:
    answer = client.post("/maple-street/rosters/sheets/", {"cells": as_text(rows).decode(), **more})
    assert answer.status_code == 302, answer.content.decode()
    return RosterImport.objects.latest("pk")


def goes_on(client: Client, run: RosterImport, page: str, **said: str) -> Any:
    return client.post(page_of(run, f"{page}/"), said)


def looked_at(client: Client, run: RosterImport) -> str:
    assert run_tasks()
    return client.get(page_of(run)).content.decode()


def taken(client: Client, run: RosterImport, **said: str) -> None:
    client.post(page_of(run, "taking/"), said)
    assert run_tasks()
    run.refresh_from_db()
    assert run.applied_at


def shared(run: RosterImport, client: Client) -> str:
    """The name of the question about the number of two adults."""
    page = client.get(page_of(run, "questions/")).content.decode()
    return page.partition("Are they one person?")[2].partition('name="')[2].partition('"')[0]


def test_a_pasted_sheet_becomes_the_school_and_can_be_taken_back(office: Client, maple: School) -> None:
    run = brings(office)
    page = office.get(page_of(run, "columns/")).content.decode()
    for reason in ("Its heading says so.", "the sheet names this adult alone", "It only counts the rows."):
        assert reason in page
    assert "4 children in all." in page
    answer = goes_on(office, run, "columns", whole="whole")
    assert answer.headers["Location"] == page_of(run, "questions/")
    page = office.get(page_of(run, "questions/")).content.decode()
    assert "A spreadsheet has shortened “\u20687.7009E+09\u2069”, and digits are lost." in page
    assert "A spreadsheet had swallowed the 0 in front; it was put back (1)" in page
    assert "Muhammad Khan (Ali Khan)" in page
    answer = goes_on(office, run, "questions", **{shared(run, office): "one"})
    assert answer.headers["Location"] == page_of(run, "progress/")
    page = looked_at(office, run)
    assert "Nothing has been changed yet." in page
    assert "digits are lost" in page
    assert Student.objects.count() == 0
    taken(office, run)
    places = {student.name: student.class_names() for student in Student.objects.all()}
    assert places == {"Hamza Yousaf": ["4A"], "Ali Khan": ["4A"], "Sara Khan": ["2B"], "Omar Khan": ["2B"]}
    khans = Guardian.objects.filter(name="Muhammad Khan")
    assert sorted(guardian.ties.count() for guardian in khans) == [1, 2]
    assert {tie.relation for tie in Guardianship.objects.all()} == {"father"}
    numbers = ContactPoint.objects.usable().values_list("address__value", flat=True)
    assert sorted(numbers) == ["+447700900201", "+447700900202"]
    teachers = StaffMember.objects.filter(roles__role="teacher").order_by("name")
    assert [(one.name, one.user, one.teachings.count()) for one in teachers] == [
        ("Mr Bell", None, 1),
        ("Ms Amal", None, 1),
    ]
    office.post(page_of(run, "undoing/"))
    run_tasks()
    assert Student.objects.on_roll().count() == 0
    assert Guardian.objects.filter(left_at=None).count() == 0
    assert SchoolClass.objects.current().count() == 0
    assert not StaffMember.objects.working().filter(roles__role="teacher").exists()


def test_what_is_not_answered_stays_apart(office: Client, maple: School) -> None:
    run = brings(office)
    goes_on(office, run, "columns", whole="whole")
    goes_on(office, run, "questions")
    assert "so everybody stays apart" in looked_at(office, run)
    taken(office, run)
    assert Guardian.objects.filter(name="Muhammad Khan").count() == 3


def test_a_guess_can_be_changed_and_what_is_missing_is_asked_for(office: Client, maple: School) -> None:
    run = brings(office, [["Hamza Yousaf", "4A", "07700 900201"]])
    answer = goes_on(office, run, "columns", **{"column-0": "", "column-1": "", "column-2": ""})
    assert answer.status_code == 422
    page = answer.content.decode()
    for words in (
        "Which column has the children’s names?",
        "Which column has the class?",
        "has a phone number?",
    ):
        assert words in page
    said = {"column-0": "child.name", "column-1": "child.class", "column-2": "mother.phone", "again": ""}
    page = goes_on(office, run, "columns", **said).content.decode()
    assert "You pointed at it." in page
    assert "Hamza Yousaf" in page.partition("How we read it")[2].partition("</table>")[0]
    assert goes_on(office, run, "columns").headers["Location"] == page_of(run, "progress/")
    looked_at(office, run)
    taken(office, run)
    assert Guardianship.objects.get().relation == "mother"
    assert Guardian.objects.get().greeting == "Hamza Yousaf’s mother"


def test_what_is_no_sheet_is_refused_under_the_name_it_has(office: Client) -> None:
    answer = office.post(
        "/maple-street/rosters/sheets/", {"file": SimpleUploadedFile("list.pdf", b"%PDF-1.7")}
    )
    assert answer.status_code == 422
    assert "list.pdf is a picture or a PDF" in answer.content.decode()
    assert not RosterImport.objects.exists()


def test_what_is_not_shown_is_counted(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_views, "ASKED_AT_ONCE", 1)
    rows = [["Name", "Class", "Father", "Phone"], ["Hamza Yousaf", "4A", "Tariq Yousaf", "07700 900201"]]
    unclear = [
        ["Ali / Zara", "4A", "Gul", ""],
        ["Omar / Noor", "4A", "Khan", ""],
        ["Sara & Ben", "4A", "Lee", ""],
    ]
    run = brings(office, [*rows, *unclear, ["Total", "", "", ""], ["Total 2", "", "", ""]])
    page = " ".join(office.get(page_of(run, "questions/")).content.decode().split())
    assert "and 2 more of the same kind" in page
    assert "2 rows without a child were passed over" in page
    assert "and 1 more" in page


def test_another_row_of_headings_is_read_anew(office: Client, maple: School) -> None:
    run = brings(office)
    assert goes_on(office, run, "columns", header="0").status_code == 302
    far = {"header": "9" * 5000, "tab": "9" * 5000}
    assert goes_on(office, run, "columns", **far).status_code == 422  # no row either
    page = office.get(page_of(run, "columns/")).content.decode()
    assert 'value="0" selected' in page
    goes_on(office, run, "columns", header="2")
    assert "4 children in all." in office.get(page_of(run, "columns/")).content.decode()


def test_a_class_that_is_only_typed_is_everybodys(office: Client, maple: School) -> None:
    run = brings(office, [["Name", "Phone"], ["Hamza Yousaf", "07700 900201"], ["Zara Gul", "nil"]])
    assert goes_on(office, run, "columns", class_from="column").status_code == 422
    goes_on(office, run, "columns", class_from="column", class_text="4A")
    looked_at(office, run)
    taken(office, run)
    assert {tuple(student.class_names()) for student in Student.objects.all()} == {("4A",)}


def test_the_same_sheet_next_time_is_pointed_at_already(office: Client, maple: School) -> None:
    first = brings(office)
    goes_on(office, first, "columns", whole="whole", **{"column-4": "adult.phone"})
    goes_on(office, first, "questions")
    looked_at(office, first)
    taken(office, first)
    again = brings(office, [*ROWS, [5, "Noor Bibi", "2B", "Gul Khan", "07700 900205", "Mr Bell", ""]])
    page = office.get(page_of(again, "columns/")).content.decode()
    assert page.count("So you pointed the last time.") == len(HEADINGS)
    assert Sheet.objects.get(run=again).pointing["roles"][4] == "adult.phone"


def test_a_typed_number_takes_the_place_of_a_shortened_one(office: Client, maple: School) -> None:
    run = brings(office)
    goes_on(office, run, "columns", whole="whole")
    page = office.get(page_of(run, "questions/")).content.decode()
    name = page.partition("digits are lost")[2].partition('name="')[2].partition('"')[0]
    page = goes_on(office, run, "questions", again="", **{name: "07700 900209"}).content.decode()
    assert "Instead of “\u20687.7009E+09\u2069” you typed \u206807700 900209\u2069." in page
    goes_on(office, run, "questions")
    looked_at(office, run)
    taken(office, run)
    assert ContactPoint.objects.filter(address__value="+447700900209").exists()


def test_a_workbook_comes_as_a_file(office: Client, maple: School) -> None:
    file = SimpleUploadedFile("4A.xlsx", as_workbook({"4A": ROWS[1:]}, joined=["F2:F3"]))
    assert office.post("/maple-street/rosters/sheets/", {"file": file}).status_code == 302
    run = RosterImport.objects.get()
    assert "4A.xlsx" in office.get(page_of(run, "columns/")).content.decode()


def test_what_is_no_sheet_is_said_beside_it_and_what_was_pasted_stays(office: Client, maple: School) -> None:
    answer = office.post("/maple-street/rosters/sheets/", {"cells": "   "})
    assert answer.status_code == 422
    assert "Paste the cells, or choose the file." in answer.content.decode()
    answer = office.post("/maple-street/rosters/sheets/", {"cells": "<table><tr><td>Hamza</td></tr></table>"})
    assert answer.status_code == 422
    assert "is a web page" in answer.content.decode()
    assert "&lt;table&gt;" in answer.content.decode()
    assert RosterImport.objects.count() == 0


def test_a_sheet_can_be_left_and_nothing_of_it_stays(office: Client, maple: School, tmp_path: Any) -> None:
    run = brings(office)
    assert office.get(page_of(run)).headers["Location"] == page_of(run, "columns/")
    office.post(page_of(run, "leaving/"))
    assert not list((tmp_path / "files" / "rosters").iterdir())
    assert office.get(page_of(run, "columns/")).status_code == 404


def test_other_staff_and_other_schools_find_no_such_page(
    office: Client, client: Client, maple: School
) -> None:
    run = brings(office)
    oak = School.objects.create(slug="oak-lane", name="Oak Lane")
    for slug, person in (("oak-lane", member(oak, "leader")), ("maple-street", member(maple, "teacher"))):
        theirs = browser_of(person)
        for page in ("columns", "questions"):
            assert theirs.get(f"/{slug}/rosters/{run.key}/{page}/").status_code == 404
            assert theirs.post(f"/{slug}/rosters/{run.key}/{page}/").status_code == 404
