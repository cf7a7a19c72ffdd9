"""The office hands a file over, sees what it would change, takes it and takes it back; others find no such page."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_ox.testing import run_tasks

from porchlight.accounts.tests.browsers import browser_of
from porchlight.families.models import Student
from porchlight.rosters.models import RosterImport
from porchlight.rosters.tests.bundles import oneroster, small_school, zipped
from porchlight.rosters.tests.handing import looked_at, member
from porchlight.schools.models import School

pytestmark = pytest.mark.django_db(transaction=True)


def taken(client: Client, run: RosterImport, **said: str) -> None:
    client.post(f"/maple-street/rosters/{run.key}/taking/", said)
    assert run_tasks()


def test_a_file_is_looked_at_taken_and_taken_back(office: Client, tmp_path: Path) -> None:
    run = looked_at(office, zipped(tmp_path / "r.zip", oneroster(small_school())).read_bytes())
    page = office.get(f"/maple-street/rosters/{run.key}/").content.decode()
    assert "Hamza Yousaf" in page
    assert "Nothing has been changed yet." in page
    assert Student.objects.count() == 0
    taken(office, run)
    assert Student.objects.on_roll().count() == 2
    assert not list((tmp_path / "files" / "rosters").iterdir())
    assert "autumn.zip" in office.get("/maple-street/rosters/").content.decode()
    office.post(f"/maple-street/rosters/{run.key}/undoing/")
    assert Student.objects.on_roll().count() == 2  # the page has answered, a worker does it
    assert run_tasks()
    assert Student.objects.on_roll().count() == 0
    assert (
        "This import has been taken back." in office.get(f"/maple-street/rosters/{run.key}/").content.decode()
    )


def test_a_file_that_would_take_many_away_asks_first(office: Client, tmp_path: Path) -> None:
    whole = looked_at(office, zipped(tmp_path / "r.zip", oneroster(small_school())).read_bytes())
    taken(office, whole)
    school = small_school()
    school["users"], school["roles"], school["enrollments"] = school["users"][3:], school["roles"][3:], []
    run = looked_at(office, zipped(tmp_path / "cut.zip", oneroster(school)).read_bytes())
    assert "They have really left" in office.get(f"/maple-street/rosters/{run.key}/").content.decode()
    taken(office, run)
    assert Student.objects.on_roll().count() == 2
    taken(office, run, confirm_removals="on")
    assert Student.objects.on_roll().count() == 0


def test_what_cannot_be_read_is_said_beside_the_file(office: Client) -> None:
    file = SimpleUploadedFile("words.zip", b"This is not a zip.")
    answer = office.post("/maple-street/rosters/", {"file": file, "org": "", "mode": ""})
    assert answer.status_code == 422
    assert "is not a zip file" in answer.content.decode()
    assert RosterImport.objects.count() == 0


def test_the_empty_families_sheet_can_be_downloaded(office: Client) -> None:
    answer = office.get("/maple-street/rosters/families-sheet/")
    assert answer.content.decode("utf-8-sig").startswith("Child,Child number,Class,Adult,")


@pytest.mark.parametrize("role", ["teacher", "liaison", "safeguarding"])
def test_other_staff_find_no_such_page(role: str, maple: School) -> None:
    assert browser_of(member(maple, role)).get("/maple-street/rosters/").status_code == 404
