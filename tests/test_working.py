"""`porchlight work` as a real program: it sends, gets up again after a fall, and stops without losing anything.

On both databases: tests/plugins/real_programs.py has `place`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from porchlight.delivery.actions import dispatch
from porchlight.delivery.content import Urgency
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import Delivery
from porchlight.delivery.planning import plan
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.kit import until
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time
from practice import ThreadedTown, town_in_thread
from tests.processes import children_of, lives


@pytest.fixture
def town() -> Iterator[ThreadedTown]:
    with town_in_thread(bench=True, bench_statuses=()) as town:
        yield town


@pytest.fixture
def program(place: str, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    env = {**os.environ, "DATABASE_URL": place, "PORCHLIGHT_VAR": str(tmp_path)}
    command = [sys.executable, "-m", "porchlight", "work", "--processes", "1", "--no-tasks"]
    running = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    yield running
    if running.poll() is None:
        running.kill()
    running.wait()
    if running.stdout is not None:
        running.stdout.close()


def write_to(school, numbers: range) -> None:
    """A home for each of these numbers, and words on their way to it."""
    with school_context(school):
        planned = plan(
            school=school,
            recipients=[cast.home(school, number).recipient for number in numbers],
            content_for=lambda recipient: cast.words(urgent_reason="Boiler."),
            urgency=Urgency.URGENT,
            now=school_time.now(),
        )
        dispatch(planned=planned, by=cast.teacher(school), urgency=Urgency.URGENT)


def sent(school) -> int:
    with school_context(school):
        return Delivery.objects.filter(status=Status.SENT).count()


def test_it_sends_gets_up_again_and_stops_cleanly(place, town, program):
    school = cast.maple_street()
    with school_context(school):
        cast.twilio(school, town)
    write_to(school, range(1, 21))
    until(lambda: sent(school) == 20)
    [worker] = children_of(program.pid)
    os.kill(worker, signal.SIGKILL)
    write_to(school, range(21, 31))
    until(lambda: sent(school) == 30)
    assert children_of(program.pid) != [worker]
    program.send_signal(signal.SIGTERM)
    said, _ = program.communicate(timeout=40)
    assert program.returncode == 0
    assert "Worker 1 ended (-9)" in said
    assert "Stopped. What was on its way is written down." in said
    assert town.counts()["taken"]["twilio"] == 30
    with school_context(school):
        assert not Delivery.objects.exclude(lease_until=None).exists()


def test_workers_whose_parent_is_gone_stop_by_themselves(place, program):
    until(lambda: children_of(program.pid))
    [worker] = children_of(program.pid)
    program.kill()
    program.wait()
    until(lambda: not lives(worker))
    assert not lives(worker)
