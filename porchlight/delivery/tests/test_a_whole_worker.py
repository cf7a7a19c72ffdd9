"""A whole worker, as `porchlight work` runs it: it sends, reads and looks round, whatever the database does meanwhile."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
import time_machine
from django.db import connection

from porchlight.delivery.content import Urgency
from porchlight.delivery.models import Delivery, InboundEvent
from porchlight.delivery.outbox import ticking
from porchlight.delivery.outbox.worker import work
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import put_in_outbox
from porchlight.delivery.tests.hooks import path_of, post_to, text_from
from porchlight.delivery.tests.kit import until
from porchlight.schools.models import School
from porchlight.schools.wall import school_context

A_SECOND = 40  # homes the account writes to in a second
HOMES = 100


@pytest.fixture
def school(place: str) -> School:
    """Maple Street on a database that a worker's threads can open as well; without a transaction around the test."""
    return cast.maple_street()


@contextmanager
def a_worker() -> Iterator[None]:
    """At work in another thread until the block ends; it ends with everything written down."""
    up: queue.SimpleQueue[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = queue.SimpleQueue()

    async def at_work() -> None:
        stop = asyncio.Event()
        up.put((asyncio.get_running_loop(), stop))
        await work(stop)

    thread = threading.Thread(target=lambda: asyncio.run(at_work()), name="worker")
    thread.start()
    loop, stop = up.get(timeout=10)
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(50)
        assert not thread.is_alive()


def write_to(school: School, homes: int) -> None:
    """Words to so many homes, at whatever hour the test runs."""
    urgent = cast.words(urgent_reason="The boiler broke.")
    to = [cast.home(school, number, channel="whatsapp") for number in range(1, homes + 1)]
    put_in_outbox(school, *to, content=urgent, urgency=Urgency.URGENT)


def taken(town) -> int:
    return town.counts()["taken"].get("whatsapp", 0)


def test_it_sends_and_reads_and_leaves_nothing_half_done(school: School, town) -> None:
    with school_context(school):
        account = cast.whatsapp(school, town)
        write_to(school, 1)
        path = path_of(account)
    said = text_from("+447700900001", "Thank you")
    with a_worker():
        until(lambda: taken(town) == 1)
        came = post_to(path, said, account.settings["phone_number_id"], account.secrets["app_secret"])
        assert came.status_code == 200
        until(lambda: outcomes(school) != [""])
    assert len(outcomes(school)) == 1
    with school_context(school):
        row = Delivery.objects.get(parcel__service_kind="")  # out of hours the school answers by itself, too
        assert (row.lease_until, row.tries, bool(row.provider_id)) == (None, 1, True)


def outcomes(school: School) -> list[str]:
    with school_context(school):
        return list(InboundEvent.objects.values_list("outcome", flat=True))


def test_what_falls_due_is_looked_for_and_one_schools_trouble_is_no_others(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = cast.maple_street("oak-road")
    seen: list[str] = []

    def job(of: School, now: datetime) -> None:
        if of == school:
            raise LookupError("its roll is broken")
        seen.append(of.slug)

    monkeypatch.setattr(ticking, "_jobs", [])
    assert ticking.on_tick(job) is ticking.on_tick(job)
    with a_worker():
        until(lambda: seen)
    assert set(seen) == {other.slug}


@pytest.mark.parametrize("place", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_what_time_alone_brings_about_goes_by_the_databases_clock(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker a year ahead would clear away what is kept for another year, and doubt every number."""
    seen: list[datetime] = []
    monkeypatch.setattr(ticking, "_jobs", [lambda _of, now: seen.append(now)])
    before = datetime.now(UTC)
    with time_machine.travel(before + timedelta(days=365), tick=True), a_worker():
        until(lambda: seen)
    assert before <= seen[0] < before + timedelta(minutes=5)


@pytest.mark.parametrize("place", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_a_database_that_breaks_off_again_and_again_loses_nothing_and_sends_nothing_twice(
    school: School, town, postgres
) -> None:
    with school_context(school):
        cast.whatsapp(school, town, rate_per_second=A_SECOND)
        write_to(school, HOMES)
    with psycopg.connect(postgres.administrator_url, autocommit=True) as administrator, a_worker():
        for share in (1, A_SECOND + 1):
            until(lambda share=share: taken(town) >= share)
            until(lambda: break_off(administrator))  # the worker may just be coming back
        until(lambda: taken(town) >= HOMES, within=90)  # a lease may have to run out first
    with school_context(school):
        assert not Delivery.objects.filter(sent_at=None).exists()
        assert not Delivery.objects.exclude(tries=1).exists()
    assert (taken(town), town.counts()["repeated_references"]) == (HOMES, 0)


def break_off(administrator: psycopg.Connection) -> int:
    """Every connection of the application ends, as when its server starts again. Returns how many there were."""
    connection.close()  # ours, which would be in use
    [(ended,)] = administrator.execute(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE datname = current_database() AND usename <> current_user"
    ).fetchall()
    return ended
