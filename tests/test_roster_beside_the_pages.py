"""A roster handed over on the page is looked at and taken by `porchlight work` itself, a program of its own."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic, sleep, time

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile

from porchlight.families.models import Student
from porchlight.rosters import signs, uploads
from porchlight.rosters.jobs import Going, ask, going, hand_over
from porchlight.rosters.models import RosterImport, RosterJob, What
from porchlight.rosters.progress import STEPS
from porchlight.rosters.tests.bundles import oneroster, person, zipped
from porchlight.schools.actors import Actor, system
from porchlight.schools.models import School
from porchlight.schools.wall import school_context
from tests.processes import children_of

CHILDREN = 2_500  # enough for a look that lasts longer than a glance


@pytest.fixture
def files(tmp_path: Path, settings: LazySettings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def surrounded() -> dict[str, str]:
    """More settings of the programs that the test starts."""
    return {}


@pytest.fixture
def starts(
    place: str, tmp_path: Path, files: Path, surrounded: dict[str, str]
) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Start `porchlight work`, as often as need be; what still runs at the end is stopped."""
    env = {
        **os.environ,
        "DATABASE_URL": place,
        "PORCHLIGHT_VAR": str(tmp_path),
        "PORCHLIGHT_FILES": str(files),
    }
    running: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        with (tmp_path / "work.log").open("ab") as log:
            command = [sys.executable, "-m", "porchlight", "work", "--processes", "1"]
            running.append(
                subprocess.Popen(command, env=env | surrounded, stdout=log, stderr=subprocess.STDOUT)
            )
        return running[-1]

    yield start
    for program in running:
        program.terminate()
        program.wait(60)


@pytest.fixture
def bundle(tmp_path: Path) -> bytes:
    keys = [f"s{number}" for number in range(CHILDREN)]
    told = {
        "orgs": [{"sourcedId": "o1", "name": "Maple Street School", "type": "school"}],
        "users": [person(key, "Given", key) for key in keys],
        "roles": [
            {"sourcedId": f"r{key}", "userSourcedId": key, "role": "student", "orgSourcedId": "o1"}
            for key in keys
        ],
    }
    return zipped(tmp_path / "r.zip", oneroster(told)).read_bytes()


def until(true: Callable[[], object], within: float = 60.0) -> None:
    """Wait for what the test wants to see."""
    end = monotonic() + within
    while not true():
        assert monotonic() < end, "It did not come to that in time."
        sleep(0.005)


def is_over(school: School, run: RosterImport) -> bool:
    with school_context(school):
        return not RosterJob.objects.filter(run=run).under_way().exists()


def seen_until(over: Callable[[], bool], run: RosterImport) -> list[str]:
    """The steps a page would have shown, in the order they were seen."""
    seen = [""]

    def look() -> bool:
        step = signs.last_sign(run.stored_as).step
        if step != seen[-1]:
            seen.append(step)
        return over()

    until(look)
    return [step for step in seen if step]


def came_to(step: str, run: RosterImport) -> bool:
    """Whether the worker is there, or further."""
    now = signs.last_sign(run.stored_as).step
    return now in STEPS and STEPS.index(now) >= STEPS.index(step)


def handed_over(school: School, by: Actor, content: bytes) -> RosterImport:
    with school_context(school):
        file = SimpleUploadedFile("autumn.zip", content)
        return hand_over(file=file, school=school, by=by, org="", mode="")


def test_it_is_looked_at_and_taken_by_the_worker(
    place: str, starts: Callable[[], subprocess.Popen[bytes]], bundle: bytes
) -> None:
    school = School.objects.create(slug="maple-street", name="Maple Street School")
    by = system(school.pk)
    run = handed_over(school, by, bundle)
    starts()
    seen = seen_until(lambda: is_over(school, run), run)
    assert seen
    assert seen == sorted(seen, key=STEPS.index)
    with school_context(school):
        run.refresh_from_db()
        assert (run.importable, run.counts["student"]["added"]) == (True, CHILDREN)
        assert Student.objects.count() == 0
        ask(run, What.TAKE, by=by)
    seen = seen_until(lambda: not uploads.place(run.stored_as).exists(), run)
    assert set(seen) & {"student", "link"}  # seen from outside, in the middle of the import's own transaction
    with school_context(school):
        assert Student.objects.on_roll().count() == CHILDREN
        assert [job.outcome for job in RosterJob.objects.order_by("pk")] == ["done", "done"]


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_a_worker_killed_in_the_middle_leaves_all_as_it_was_and_the_next_one_can_do_it(
    place: str, starts: Callable[[], subprocess.Popen[bytes]], bundle: bytes
) -> None:
    school = School.objects.create(slug="maple-street", name="Maple Street School")
    by = system(school.pk)
    run = handed_over(school, by, bundle)
    program = starts()
    until(lambda: is_over(school, run))
    with school_context(school):
        run.refresh_from_db()
        ask(run, What.TAKE, by=by)
    until(lambda: came_to("reading", run))
    with closing(sqlite3.connect(place.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # the worker has to wait here, and is killed while it does
        until(lambda: came_to("comparing", run))
        for child in children_of(program.pid):
            os.kill(child, signal.SIGKILL)
    job = RosterJob.objects.under_way().get()
    assert job.begun_at
    assert Student.objects.count() == 0
    then = time() - 60
    os.utime(uploads.place(run.stored_as).with_name(signs.FILE), (then, then))
    assert going(job) is Going.SILENT
    ask(run, What.TAKE, by=by)
    until(lambda: is_over(school, run))
    assert Student.objects.on_roll().count() == CHILDREN
    assert [job.outcome for job in RosterJob.objects.order_by("pk")] == ["done", "lost", "done"]


@pytest.mark.timeout(240)
@pytest.mark.parametrize("place", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_over_a_broker_what_a_killed_worker_had_in_hand_is_done_by_the_next(
    place: str,
    surrounded: dict[str, str],
    broker: dict[str, str],
    starts: Callable[[], subprocess.Popen[bytes]],
    bundle: bytes,
) -> None:
    surrounded |= broker
    school = School.objects.create(slug="maple-street", name="Maple Street School")
    by = system(school.pk)
    run = handed_over(school, by, bundle)
    program = starts()
    until(lambda: came_to("reading", run))
    hands = [hand for child in children_of(program.pid) for hand in [*children_of(child), child]]
    for one in hands:
        os.kill(one, signal.SIGKILL)
    until(lambda: is_over(school, run))
    with school_context(school):
        run.refresh_from_db()
        assert (run.importable, run.counts["student"]["added"]) == (True, CHILDREN)
        assert [job.outcome for job in RosterJob.objects.all()] == ["done"]
