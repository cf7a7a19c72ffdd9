"""Requests of two schools at the same moment: each sees its own school, on both databases."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import pytest
from django.db import connection

from porchlight.operations.tests import probe_pages
from porchlight.operations.tests.running import Answering, ask, in_a_thread
from porchlight.schools.models import School, StaffMember
from porchlight.schools.wall import school_context

SCHOOLS = {"maple-street": "Ms Amal", "oak-lane": "Mr Stone"}
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("porchlight.operations.tests.probe_pages"),
]


@pytest.fixture
def server() -> Iterator[Answering]:
    for slug, teacher in SCHOOLS.items():
        school = School.objects.create(slug=slug, name=slug)
        with school_context(school):
            StaffMember.objects.create(school=school, name=teacher)
    probe_pages.meeting.reset()
    probe_pages.begin()
    with in_a_thread(threads=4) as answering:
        yield answering


def both(server: Answering, page: str) -> dict[str, dict[str, object]]:
    """Ask the page of both schools at once; the page itself waits until both requests are inside."""
    with ThreadPoolExecutor(2) as callers:
        asked = {slug: callers.submit(ask, server.port, f"/{slug}/{page}/") for slug in SCHOOLS}
        answers = {slug: one.result() for slug, one in asked.items()}
    assert {slug: one.status for slug, one in answers.items()} == dict.fromkeys(SCHOOLS, 200)
    return {slug: json.loads(one.body) for slug, one in answers.items()}


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_two_schools_at_once_never_see_each_other(server: Answering) -> None:
    """The page does not filter at all: only the wall of its own transaction stands between the two."""
    for _ in range(10):
        assert both(server, "names") == {
            slug: {"names": [teacher], "again": [teacher], "own": True} for slug, teacher in SCHOOLS.items()
        }


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_nor_when_their_pages_wait_on_the_event_loop(server: Answering) -> None:
    for _ in range(10):
        assert both(server, "names-async") == {
            slug: {"names": [teacher], "own": True} for slug, teacher in SCHOOLS.items()
        }


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_a_live_stream_outlives_its_request_and_holds_no_school_open(server: Answering) -> None:
    with listening(server.port) as stream:
        assert stream.readline() == b"data: ()\n"
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND state = 'idle in transaction'"
            )
            assert cursor.fetchone() == (0,)


def test_more_streams_than_threads_are_open_and_pages_are_still_made(server: Answering) -> None:
    with ExitStack() as streams:
        opened = [streams.enter_context(listening(server.port)) for _ in range(12)]
        assert [stream.readline() for stream in opened] == [b"data: ()\n"] * 12
        assert ask(server.port, "/design/thread/").status == 200
        assert [stream.readline() + stream.readline() for stream in opened] == [b"\n: still here\n"] * 12


def test_a_stream_ends_when_its_listener_leaves_and_when_the_server_stops(server: Answering) -> None:
    with listening(server.port) as stream:
        stream.readline()
    assert probe_pages.closed.get(timeout=20) == "maple-street"
    with listening(server.port) as stream:
        stream.readline()
        server.stop()
        assert probe_pages.closed.get(timeout=20) == "maple-street"
        stream.read()  # comes to its end


def test_whoever_asks_again_while_it_stops_is_not_listened_to_but_told_to_come_back(
    server: Answering,
) -> None:
    """A browser asks again at once, over a connection that is still open: nothing may keep the server from ending."""
    server.pages.stop_streams()
    with listening(server.port) as stream:
        assert stream.status == 200  # after any other, a browser would never ask again
        assert stream.read() == b""
    assert ask(server.port, "/design/thread/").status == 200


@contextmanager
def listening(port: int) -> Iterator[http.client.HTTPResponse]:
    """A live stream, opened as a browser would."""
    caller = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    caller.request("GET", "/maple-street/live/", headers={"Accept-Encoding": "gzip"})
    stream = caller.getresponse()
    assert (stream.headers["Content-Type"], stream.headers["Content-Encoding"]) == ("text/event-stream", None)
    try:
        yield stream
    finally:
        stream.close()
        caller.close()
