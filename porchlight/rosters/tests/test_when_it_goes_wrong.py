"""What goes wrong beside the pages is said on them, with the way on; and nothing of it is ever half done."""

from __future__ import annotations

import errno
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django_ox.testing import run_tasks

from porchlight.families.models import Student
from porchlight.rosters import signs, uploads
from porchlight.rosters.models import RosterImport, RosterJob
from porchlight.rosters.tests.bundles import zipped
from porchlight.rosters.tests.handing import (
    handed_over,
    looked_at,
    page_of,
    read,
    without_a_sign_for,
)
from porchlight.rosters.working import work
from porchlight.schools.models import School

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("what", ["looking", "taking"])
def test_what_crashes_says_so_keeps_the_file_and_can_be_tried_again(
    office: Client,
    bundle: bytes,
    what: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    run = handed_over(office, bundle) if what == "looking" else looked_at(office, bundle)
    if what == "taking":
        office.post(page_of(run, "taking/"))
    with monkeypatch.context() as broken:
        broken.setattr(tempfile, "tempdir", "/nowhere/at/all")  # the disk is gone
        run_tasks()
    assert "A roster could not be finished." in caplog.text
    assert "/nowhere/at/all" in caplog.text  # whoever runs the server finds why
    page = office.get(page_of(run), follow=True).content.decode()
    assert (
        "Something went wrong on our side. Nothing was changed, and the file is still here: try again."
        in page
    )
    assert page_of(run, f"{what}/") in page
    assert Student.objects.count() == 0
    office.post(page_of(run, f"{what}/"))
    run_tasks()
    page = office.get(page_of(run), follow=True).content.decode()
    assert "Something went wrong" not in page
    assert Student.objects.count() == (2 if what == "taking" else 0)
    assert "Hamza Yousaf" in page


def test_where_no_worker_runs_the_page_says_so_and_the_work_is_not_lost(
    office: Client, bundle: bytes
) -> None:
    run = handed_over(office, bundle)
    assert "Nobody has begun yet." not in read(office, run)
    without_a_sign_for(20, run)
    page = read(office, run)
    assert "Nobody has begun yet." in page
    assert "“porchlight work” has to run" in page
    office.post(page_of(run, "looking/"))  # whoever tries again has one job more and no work done twice
    assert [job.outcome for job in RosterJob.objects.order_by("pk")] == ["lost", ""]
    assert len(run_tasks()) == 2
    assert "Hamza Yousaf" in read(office, run, "")


def test_a_worker_that_died_is_noticed_and_whoever_was_thought_dead_changes_nothing(
    office: Client, bundle: bytes
) -> None:
    run = looked_at(office, bundle)
    office.post(page_of(run, "taking/"))
    died = RosterJob.objects.latest("pk")
    RosterJob.objects.filter(pk=died.pk).update(begun_at=run.handed_over_at)
    signs.sign(run.stored_as, "student")
    assert "It has stopped without a word." not in read(office, run)
    without_a_sign_for(40, run)
    page = read(office, run)
    assert "It has stopped without a word." in page
    assert page_of(run, "taking/") in page
    office.post(page_of(run, "taking/"))
    work(died.school_id, died.pk)
    assert Student.objects.count() == 0
    run_tasks()
    assert Student.objects.on_roll().count() == 2
    assert RosterJob.objects.under_way().count() == 0


def test_a_worker_that_lives_through_a_long_step_shows_it(
    office: Client, bundle: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = handed_over(office, bundle)
    monkeypatch.setattr(signs, "EVERY", 0.01)
    without_a_sign_for(100, run)
    with signs.living(run.stored_as):
        end = time.monotonic() + 10
        while signs.last_sign(run.stored_as).age > 50:
            assert time.monotonic() < end
    without_a_sign_for(100, run)
    assert signs.last_sign(run.stored_as).age > 50  # and no longer


def when_asked_again_for(words: str, then: Callable[[], object]) -> Callable[..., Any]:
    """An execute wrapper: does something before the second statement with these words."""
    seen = []

    def wrapper(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if words in sql:
            seen.append(sql)
            if len(seen) == 2:
                then()
        return execute(sql, *rest)

    return wrapper


def test_who_leaves_a_file_at_the_last_moment_stops_it(office: Client, bundle: bytes) -> None:
    run = looked_at(office, bundle)
    office.post(page_of(run, "taking/"))
    # First it asks which imports there are when it looks, and again when nobody else may write any more.
    left = when_asked_again_for('MAX("rosters_rosterimport"', lambda: RosterJob.objects.all().end("left"))
    with connection.execute_wrapper(left):
        run_tasks()
    assert RosterJob.objects.latest("pk").outcome == "left"
    assert Student.objects.count() == 0
    run.refresh_from_db()
    assert run.applied_at is None
    assert "somebody left this file meanwhile" in read(office, run, "")


def test_what_cannot_be_read_says_why(office: Client, tmp_path: Path) -> None:
    clever = dict.fromkeys(["schools.csv", "students.csv", "teachers.csv", "sections.csv"], "id\n1\n")
    run = looked_at(office, zipped(tmp_path / "c.zip", clever).read_bytes())
    page = read(office, run, "")
    assert "Clever" in page
    assert "Hand over another file" in page
    assert "Take it" not in page
    assert not list((tmp_path / "files" / "rosters").iterdir())


def test_a_file_that_is_gone_from_the_disk_is_asked_for_again(office: Client, bundle: bytes) -> None:
    run = looked_at(office, bundle)
    office.post(page_of(run, "taking/"))
    uploads.discard(run.stored_as)
    run_tasks()
    page = office.get(page_of(run), follow=True).content.decode()
    assert "The file is no longer here. Hand it over again." in page
    assert "Hand over another file" in page
    assert page_of(run, "taking/") not in page


def test_another_import_meanwhile_asks_for_a_new_look(office: Client, bundle: bytes, maple: School) -> None:
    run = looked_at(office, bundle)
    office.post(page_of(run, "taking/"))
    between = when_asked_again_for(
        'MAX("rosters_rosterimport"',
        lambda: RosterImport.objects.create(school=maple, file_name="x", applied_at=run.looked_at),
    )
    with connection.execute_wrapper(between):
        run_tasks()
    page = office.get(page_of(run), follow=True).content.decode()
    assert "another import was taken meanwhile" in page
    assert Student.objects.count() == 0
    office.post(page_of(run, "looking/"))
    run_tasks()
    assert "another import was taken meanwhile" not in read(office, run, "")


def test_half_an_upload_does_not_stay_when_the_disk_is_full(settings: Any, tmp_path: Path) -> None:
    """T43."""
    settings.MEDIA_ROOT = tmp_path

    class HalfFits(ContentFile):
        def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
            yield b"x" * 1000
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        uploads.keep(HalfFits(b"", name="autumn.zip"))
    assert list((tmp_path / "rosters").iterdir()) == []
