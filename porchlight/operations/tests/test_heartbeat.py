"""Workers leave a sign of life as they go round, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F

from porchlight.delivery.outbox.ticking import tick
from porchlight.operations import beating
from porchlight.operations.models import Heartbeat
from porchlight.operations.tests.conftest import NOW
from porchlight.schools.models import School
from porchlight.toolbox.database_time import database_now

pytestmark = pytest.mark.django_db
on_both = pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgres])]
)


def go_round() -> None:
    """As a worker does every few seconds; long enough after the last time."""
    beating._last = (0, 0.0)
    tick(NOW)


@on_both
def test_a_worker_that_goes_round_leaves_one_sign_and_renews_it(database: str, db: None) -> None:
    assert beating.since_last_beat() is None
    for slug in ("maple-street", "oak-lane"):
        School.objects.create(slug=slug, name=slug)
    go_round()
    Heartbeat.objects.update(at=F("at") - timedelta(minutes=5))
    since = beating.since_last_beat()
    assert since is not None
    assert timedelta(minutes=5) <= since < timedelta(minutes=6)
    go_round()
    assert beating.since_last_beat() < timedelta(seconds=30)
    assert Heartbeat.objects.count() == 1


def test_it_writes_no_more_than_every_few_seconds(db: None) -> None:
    School.objects.create(slug="maple-street", name="Maple Street School")
    go_round()
    Heartbeat.objects.update(at=F("at") - timedelta(minutes=5))
    tick(NOW)
    assert beating.since_last_beat() > timedelta(minutes=4)


@on_both
def test_processes_that_ended_long_ago_are_forgotten(database: str, db: None) -> None:
    School.objects.create(slug="maple-street", name="Maple Street School")
    for process, age in ((1, timedelta(hours=25)), (2, timedelta(hours=23))):
        Heartbeat.objects.create(machine="elsewhere", process=process, at=database_now() - age)
    go_round()
    assert list(Heartbeat.objects.filter(machine="elsewhere").values_list("process", flat=True)) == [2]
