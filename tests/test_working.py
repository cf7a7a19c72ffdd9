"""`porchlight work` as a real program: it sends, gets up again after a fall, and stops without losing anything."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from django.core.management import call_command

from porchlight.config.databases import database
from porchlight.delivery.actions import dispatch
from porchlight.delivery.content import Urgency
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import Delivery
from porchlight.delivery.planning import plan
from porchlight.delivery.tests import cast
from porchlight.schools.connecting import connected_with
from porchlight.toolbox import school_time
from practice import ThreadedTown, town_in_thread


@pytest.fixture
def place(tmp_path: Path, django_db_blocker) -> Iterator[str]:
    """A database file of its own, migrated: what a second process can open as well."""
    url = f"sqlite:///{tmp_path / 'working.sqlite3'}"
    with django_db_blocker.unblock(), connected_with(database(url)):
        call_command("migrate", verbosity=0)
        yield url


@pytest.fixture
def town() -> Iterator[ThreadedTown]:
    with town_in_thread(bench=True, bench_statuses=()) as town:
        yield town


@pytest.fixture
def program(place: str, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    env = {**os.environ, "DATABASE_URL": place, "PORCHLIGHT_VAR": str(tmp_path)}
    command = [sys.executable, "-m", "porchlight", "work", "--no-tasks"]
    running = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    yield running
    if running.poll() is None:
        running.kill()
    running.wait()
    if running.stdout is not None:
        running.stdout.close()


def until(true: Callable[[], object], within: float = 40.0) -> None:
    """Wait for what the test wants to see."""
    end = monotonic() + within
    while not true():
        assert monotonic() < end, "It did not come to that in time."
        sleep(0.05)


def children_of(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    return [child for child, parent in pairs if parent == pid]


def lives(pid: int) -> bool:
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip()) and not found.stdout.startswith("Z")


def write_to(school, *homes) -> None:
    planned = plan(
        school=school,
        recipients=[home.recipient for home in homes],
        content_for=lambda recipient: cast.words(urgent_reason="Boiler."),
        urgency=Urgency.URGENT,
        now=school_time.now(),
    )
    dispatch(planned=planned, by=cast.teacher(school), urgency=Urgency.URGENT)


def sent() -> int:
    return Delivery.objects.filter(status=Status.SENT).count()


def test_it_sends_gets_up_again_and_stops_cleanly(place, town, program):
    school = cast.maple_street()
    cast.twilio(school, town)
    write_to(school, *[cast.home(school, number) for number in range(1, 21)])
    until(lambda: sent() == 20)
    [worker] = children_of(program.pid)
    os.kill(worker, signal.SIGKILL)
    write_to(school, *[cast.home(school, number) for number in range(21, 31)])
    until(lambda: sent() == 30)
    assert children_of(program.pid) != [worker]
    program.send_signal(signal.SIGTERM)
    said, _ = program.communicate(timeout=40)
    assert program.returncode == 0
    assert "Worker 1 ended (-9)" in said
    assert "Stopped. What was on its way is written down." in said
    assert town.counts()["taken"]["twilio"] == 30
    assert not Delivery.objects.exclude(lease_until=None).exists()


def test_workers_whose_parent_is_gone_stop_by_themselves(place, program):
    until(lambda: children_of(program.pid))
    [worker] = children_of(program.pid)
    program.kill()
    program.wait()
    until(lambda: not lives(worker))
    assert not lives(worker)
