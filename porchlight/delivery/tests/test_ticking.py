"""What time alone brings about, once in a while: for each school, however many workers tick, and asked for seldom."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from porchlight.delivery.outbox import ticking
from porchlight.delivery.outbox.ticking import Ticker, on_tick_every
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.delivery.tests.kit import on_both_databases
from porchlight.schools.models import School

pytestmark = on_both_databases
type Done = list[tuple[str, datetime]]


@pytest.fixture
def done(school: School, monkeypatch: pytest.MonkeyPatch) -> Done:
    """What the one job there is did: each minute, for each school."""
    found: Done = []
    monkeypatch.setattr(ticking, "_jobs", [])

    @on_tick_every(minutes=1)
    def job(of: School, now: datetime) -> None:
        found.append((of.slug, now))

    return found


def later(seconds: float) -> datetime:
    return TUESDAY + timedelta(seconds=seconds)


def asked(ticker: Ticker, now: datetime) -> int:
    """How many questions a round asks."""
    with CaptureQueriesContext(connection) as found:
        ticker.tick(now)
    return len(found)


def test_once_a_minute_for_each_school_whichever_worker_comes_by(school: School, done: Done) -> None:
    other = cast.maple_street("oak-road")
    one, another = Ticker(), Ticker()
    one.tick(TUESDAY)
    another.tick(later(3))
    assert done == [(school.slug, TUESDAY), (other.slug, TUESDAY)]
    another.tick(later(61))
    one.tick(later(62))
    assert done[2:] == [(school.slug, later(61)), (other.slug, later(61))]


def test_what_is_not_due_yet_is_not_asked_for(school: School, done: Done) -> None:
    ticker = Ticker()
    ticker.tick(TUESDAY)
    assert asked(ticker, later(30)) == 1  # which schools there are
    assert asked(Ticker(), later(30)) > 1  # somebody who does not know
    assert len(done) == 1


def test_a_clock_that_is_moved_goes_by_what_it_says(school: School, done: Done) -> None:
    ticker, before = Ticker(), TUESDAY - timedelta(days=3)
    ticker.tick(TUESDAY)
    ticker.tick(before)
    ticker.tick(TUESDAY + timedelta(hours=2))
    assert [at for _school, at in done] == [TUESDAY, before, TUESDAY + timedelta(hours=2)]


def test_what_broke_off_is_tried_again_at_the_next_tick(
    school: School, done: Done, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[datetime] = []

    @on_tick_every(minutes=1)
    def breaks(of: School, now: datetime) -> None:
        tries.append(now)
        if len(tries) == 1:
            raise LookupError

    ticker = Ticker()
    for seconds in (0, 3, 6):
        ticker.tick(later(seconds))
    assert tries == [later(0), later(3)]
    assert len(done) == 1
