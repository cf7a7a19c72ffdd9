"""The office hands a file over, sees what it would change, takes it and takes it back; others find no such page."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from porchlight.accounts.models import User
from porchlight.families.models import Student
from porchlight.rosters.models import RosterImport
from porchlight.rosters.tests.bundles import oneroster, small_school, zipped
from porchlight.schools.models import School, StaffMember, StaffRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Client, maple: School, tmp_path: Path, settings: LazySettings) -> Client:
    settings.MEDIA_ROOT = tmp_path / "files"
    client.force_login(member(maple, "office"))
    return client


def member(school: School, role: str) -> User:
    user = User.objects.create_user(f"{role}@example.org", "a long pass phrase", name=role)
    staff = StaffMember.objects.create(school=school, name=role, user=user)
    StaffRole.objects.create(school=school, staff=staff, role=role)
    return user


def handed_over(client: Client, path: Path) -> RosterImport:
    file = SimpleUploadedFile("autumn.zip", path.read_bytes())
    answer = client.post("/maple-street/rosters/", {"file": file, "org": "", "mode": ""})
    assert answer.status_code == 302
    return RosterImport.objects.latest("pk")


def test_a_file_is_looked_at_taken_and_taken_back(office: Client, tmp_path: Path) -> None:
    run = handed_over(office, zipped(tmp_path / "r.zip", oneroster(small_school())))
    page = office.get(f"/maple-street/rosters/{run.key}/").content.decode()
    assert "Hamza Yousaf" in page
    assert "Nothing has been changed yet." in page
    assert Student.objects.count() == 0
    office.post(f"/maple-street/rosters/{run.key}/taking/")
    assert Student.objects.on_roll().count() == 2
    assert not list((tmp_path / "files" / "rosters").iterdir())
    assert "autumn.zip" in office.get("/maple-street/rosters/").content.decode()
    office.post(f"/maple-street/rosters/{run.key}/undoing/")
    assert Student.objects.on_roll().count() == 0
    assert (
        "This import has been taken back." in office.get(f"/maple-street/rosters/{run.key}/").content.decode()
    )


def test_a_file_that_would_take_many_away_asks_first(office: Client, tmp_path: Path) -> None:
    whole = handed_over(office, zipped(tmp_path / "r.zip", oneroster(small_school())))
    office.post(f"/maple-street/rosters/{whole.key}/taking/")
    school = small_school()
    school["users"], school["roles"], school["enrollments"] = school["users"][3:], school["roles"][3:], []
    run = handed_over(office, zipped(tmp_path / "cut.zip", oneroster(school)))
    assert "They have really left" in office.get(f"/maple-street/rosters/{run.key}/").content.decode()
    office.post(f"/maple-street/rosters/{run.key}/taking/")
    assert Student.objects.on_roll().count() == 2
    office.post(f"/maple-street/rosters/{run.key}/taking/", {"confirm_removals": "on"})
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
def test_other_staff_find_no_such_page(role: str, client: Client, maple: School) -> None:
    client.force_login(member(maple, role))
    assert client.get("/maple-street/rosters/").status_code == 404
