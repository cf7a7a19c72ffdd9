"""Looking and taking go on beside the pages: who asks is answered at once, and sees how far it has come."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django_ox.testing import run_tasks

from porchlight.accounts.tests.browsers import browser_of
from porchlight.families.models import Student
from porchlight.rosters import signs
from porchlight.rosters.models import RosterImport, RosterJob
from porchlight.rosters.progress import LOOKING
from porchlight.rosters.tests.bundles import oneroster, small_school, zipped
from porchlight.rosters.tests.handing import (
    handed_over,
    hands_over,
    looked_at,
    member,
    page_of,
    read,
    without_a_sign_for,
)
from porchlight.schools.models import School

pytestmark = pytest.mark.django_db(transaction=True)
HTMX = {"HX-Request": "true"}


def test_the_answer_comes_before_the_work(office: Client, bundle: bytes) -> None:
    answer = hands_over(office, bundle)
    run = RosterImport.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(run, "progress/"))
    assert (run.looked_at, run.counts, run.digest) == (None, {}, "")
    assert "It begins in a moment." in read(office, run)
    assert office.get(page_of(run)).headers["Location"] == page_of(run, "progress/")
    run_tasks()
    assert office.get(page_of(run, "progress/")).headers["Location"] == page_of(run)
    assert "Hamza Yousaf" in read(office, run, "")
    office.post(page_of(run, "taking/"))
    assert Student.objects.count() == 0
    assert "all of it or nothing" in read(office, run)
    run_tasks()
    assert Student.objects.on_roll().count() == 2
    done = office.get(page_of(run, "progress/"), follow=True).content.decode()
    assert "Taken. Everybody is in their place." in done


def test_the_bar_moves_with_the_steps(office: Client, bundle: bytes) -> None:
    run = handed_over(office, bundle)
    RosterJob.objects.update(begun_at=run.handed_over_at)
    seen = []
    for step in LOOKING:
        signs.sign(run.stored_as, step)
        page = read(office, run, headers=HTMX)
        seen.append(
            (int(re.findall(r'value="(\d+)"', page)[0]), re.findall(r"<label[^>]*>([^<]+)<", page)[0])
        )
    assert [words for _, words in seen] == [
        "Looking at what is here …",
        "Reading the files …",
        "Comparing …",
    ]
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert seen[0][0] == 0
    assert seen[-1][0] > 80


def test_htmx_gets_the_part_that_changes_and_at_the_end_the_way_on(office: Client, bundle: bytes) -> None:
    run = handed_over(office, bundle)
    assert "<html" in read(office, run)
    assert 'hx-trigger="every 2s"' in read(office, run)
    part = read(office, run, headers=HTMX)
    assert "<html" not in part
    assert "<progress" in part
    run_tasks()
    over = office.get(page_of(run, "progress/"), headers=HTMX)
    assert (over.status_code, over.headers["HX-Redirect"]) == (200, page_of(run))


def test_one_file_at_a_time(office: Client, bundle: bytes, maple: School, tmp_path: Path) -> None:
    first = handed_over(office, bundle)
    refused = hands_over(office, bundle, "spring.zip")
    assert refused.status_code == 422
    page = refused.content.decode()
    link = f'<a href="{page_of(first, "progress/")}"><bdi>autumn.zip</bdi></a>'
    assert (
        page.count(f"One file at a time: “{link}” is in hand just now.") == 2
    )  # above the form, and at its field
    assert page_of(first) in page.partition("Not taken yet")[2]
    assert RosterImport.objects.count() == 1
    assert len(list((tmp_path / "files" / "rosters").iterdir())) == 1
    run_tasks()
    second = handed_over(office, bundle)
    told = office.post(page_of(first, "taking/"), follow=True).content.decode()
    assert "One file at a time" in told
    run_tasks()
    office.post(page_of(second, "taking/"))
    office.post(page_of(second, "taking/"))  # pressed twice
    assert RosterJob.objects.under_way().count() == 1
    run_tasks()
    assert Student.objects.count() == 2


def test_another_school_has_its_own_turn_and_sees_nothing(
    office: Client, bundle: bytes, maple: School
) -> None:
    run = handed_over(office, bundle)
    oak = School.objects.create(slug="oak-lane", name="Oak Lane")
    theirs = browser_of(member(oak, "leader"))
    for part in ("progress/", ""):
        assert theirs.get(f"/oak-lane/rosters/{run.key}/{part}").status_code == 404
        assert theirs.get(page_of(run, part)).status_code == 404
    for part in ("looking/", "taking/", "leaving/"):
        assert theirs.post(f"/oak-lane/rosters/{run.key}/{part}").status_code == 404
    assert hands_over(theirs, bundle, school="oak-lane").status_code == 302
    teacher = browser_of(member(maple, "teacher"))
    assert teacher.get(page_of(run, "progress/")).status_code == 404
    assert teacher.post(page_of(run, "leaving/")).status_code == 404
    assert RosterJob.objects.under_way().count() == 2


def test_a_file_can_be_left(office: Client, bundle: bytes, tmp_path: Path) -> None:
    run = handed_over(office, bundle)
    office.post(page_of(run, "leaving/"))
    assert not list((tmp_path / "files" / "rosters").iterdir())
    run_tasks()
    assert "somebody left this file meanwhile" in read(office, run)
    assert office.post(page_of(run, "looking/")).status_code == 404
    assert hands_over(office, bundle).status_code == 302


def test_a_school_that_asks_for_less_meanwhile_is_obeyed(
    office: Client, bundle: bytes, tmp_path: Path
) -> None:
    School.objects.update(most_removed=100)
    run = looked_at(office, bundle)
    office.post(page_of(run, "taking/"))
    run_tasks()
    told = small_school()
    told["users"], told["roles"] = told["users"][:-1], told["roles"][:-1]
    told["enrollments"] = told["enrollments"][:-1]
    cut = looked_at(office, zipped(tmp_path / "cut.zip", oneroster(told)).read_bytes())
    assert "They have really left" not in read(office, cut, "")
    School.objects.update(most_removed=0)
    office.post(page_of(cut, "taking/"))
    run_tasks()
    page = read(office, cut, "")
    assert "More would go than usual (staff, who teaches which class)" in page
    assert "They have really left" in page
    office.post(page_of(cut, "taking/"), {"confirm_removals": "on"})
    run_tasks()
    cut.refresh_from_db()
    assert cut.applied_at


def test_an_import_is_taken_back_beside_the_pages_too(office: Client, bundle: bytes, tmp_path: Path) -> None:
    run = looked_at(office, bundle)
    office.post(page_of(run, "taking/"))
    run_tasks()
    answer = office.post(page_of(run, "undoing/"))
    assert answer.headers["Location"] == page_of(run, "progress/")
    assert Student.objects.on_roll().count() == 2
    page = read(office, run)
    assert "It is being taken back: all of it or nothing." in page
    office.post(page_of(run, "undoing/"))  # pressed twice
    assert RosterJob.objects.under_way().count() == 1
    run.refresh_from_db()
    signs.sign(run.stored_as, "student")
    RosterJob.objects.under_way().update(begun_at=run.handed_over_at)
    assert "Students …" in read(office, run)
    without_a_sign_for(40, run)
    page = read(office, run)
    assert "Nothing was changed: try again." in page
    assert page_of(run, "undoing/") in page
    assert page_of(run, "leaving/") not in page
    office.post(page_of(run, "undoing/"))
    run_tasks()
    assert Student.objects.on_roll().count() == 0
    done = office.get(page_of(run, "progress/"), follow=True).content.decode()
    assert "Taken back. Everybody is as they were before this import." in done
    assert not list((tmp_path / "files" / "rosters").iterdir())
    office.post(page_of(run, "undoing/"))
    run_tasks()
    assert "This import has been taken back already" in read(office, run, "")
    assert office.post(page_of(handed_over(office, bundle), "undoing/")).status_code == 404
