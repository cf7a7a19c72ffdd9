"""Streams of open pages: a change of one's own school calls, another school's does not, and a session's end ends it."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client

from porchlight.accounts.models import User
from porchlight.accounts.proving import ENDS_AT
from porchlight.accounts.tests.browsers import browser_of
from porchlight.delivery.tests.kit import until
from porchlight.families.models import Guardian
from porchlight.operations.tests.running import Answering, in_a_thread
from porchlight.schools.live import listening, versions
from porchlight.schools.live.versions import Topic, changed, version
from porchlight.schools.models import LiveVersion, School, StaffMember
from porchlight.schools.wall import school_context

pytestmark = pytest.mark.django_db(transaction=True)
BOTH = pytest.mark.parametrize("on", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
TALK = "/maple-street/changes/talk/"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looked at twenty times a second, called as often as there is something to say."""
    monkeypatch.setattr(listening, "POLL", 0.05)
    monkeypatch.setattr(listening, "AT_LEAST_APART", (0.0, 0.0))
    versions._counted.clear()


@pytest.fixture
def server() -> Iterator[Answering]:
    for slug in ("maple-street", "oak-lane"):
        School.objects.create(slug=slug, name=slug)
    with in_a_thread(threads=2) as answering:
        yield answering


def maple() -> School:
    return School.objects.get(slug="maple-street")


def sign_in(model: type[StaffMember | Guardian] = StaffMember, slug: str = "maple-street") -> Client:
    school = School.objects.get(slug=slug)
    user = User.objects.create_user(f"{User.objects.count()}@example.org", "three cups of tea")
    with school_context(school):
        model.objects.create(school=school, user=user, name="A. Person")
    return browser_of(user)


class Stream:
    """One open stream, read as a browser reads it."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.answer = answer
        self.status, self.kind = answer.status, answer.headers["Content-Type"]

    def next(self) -> tuple[str, str]:
        """The next event and its data; `end` when the stream ends. Signs of life are passed over."""
        event = data = ""
        while line := self.answer.readline().decode():
            name, _, value = line.rstrip("\n").partition(": ")
            if name == "event":
                event = value
            if name == "data":
                data = value
            if line == "\n" and event:
                return event, data
        return "end", ""


@contextmanager
def listening_at(
    server: Answering, browser: Client, path: str = f"{TALK}?seen=0", **headers: str
) -> Iterator[Stream]:
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())
    caller = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    caller.request("GET", path, headers={"Cookie": cookies, "Accept-Encoding": "gzip", **headers})
    answer = caller.getresponse()
    try:
        yield Stream(answer)
    finally:
        answer.close()
        caller.close()


@BOTH
def test_a_change_calls_and_says_nothing_but_a_number(on: str, server: Answering) -> None:
    with listening_at(server, sign_in()) as stream:
        assert (stream.status, stream.kind) == (200, "text/event-stream")
        with transaction.atomic():
            changed(maple(), Topic.TALK)
        assert stream.next() == ("changed", "1")
        changed(maple(), Topic.TALK)
        assert stream.next() == ("changed", "2")


@BOTH
def test_another_schools_change_calls_nobody_here(on: str, server: Answering) -> None:
    oak = School.objects.get(slug="oak-lane")
    with (
        listening_at(server, sign_in()) as here,
        listening_at(server, sign_in(slug="oak-lane"), "/oak-lane/changes/talk/?seen=0") as there,
    ):
        for _ in range(3):
            changed(oak, Topic.TALK)
        assert there.next()[0] == "changed"
        changed(maple(), Topic.TALK)
        assert here.next() == ("changed", "1")  # the first call there was
    assert (version(oak, Topic.TALK), version(maple(), Topic.TALK)) == (3, 1)


@BOTH
def test_a_change_of_another_sort_calls_nobody(on: str, server: Answering) -> None:
    with listening_at(server, sign_in()) as stream:
        changed(maple(), Topic.NOTICES)
        until(lambda: version(maple(), Topic.NOTICES) == 1)
        changed(maple(), Topic.TALK)
        assert stream.next() == ("changed", "1")


def test_what_was_rolled_back_is_no_change(server: Answering) -> None:
    with transaction.atomic():
        changed(maple(), Topic.TALK)
        transaction.set_rollback(True)
    assert not LiveVersion.objects.exists()


def test_a_page_that_is_behind_is_called_at_once_and_one_that_is_not_waits(server: Answering) -> None:
    browser = sign_in()
    for _ in range(3):
        changed(maple(), Topic.TALK)
    for path, headers in ((f"{TALK}?seen=2", {}), (TALK, {}), (f"{TALK}?seen=3", {"Last-Event-ID": "1"})):
        with listening_at(server, browser, path, **headers) as stream:
            assert stream.next() == ("changed", "3")
    with listening_at(server, browser, f"{TALK}?seen=3") as stream:
        changed(maple(), Topic.TALK)
        assert stream.next() == ("changed", "4")


def the_session_is_deleted(user: User) -> None:
    Session.objects.all().delete()


def the_session_has_run_out(user: User) -> None:
    Session.objects.update(expire_date="2020-01-01T00:00Z")


def the_user_is_disabled(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def the_password_is_changed(user: User) -> None:
    user.set_password("four cups of coffee")
    user.save()


@BOTH
@pytest.mark.parametrize(
    "end", [the_session_is_deleted, the_session_has_run_out, the_user_is_disabled, the_password_is_changed]
)
def test_the_stream_ends_when_the_session_is_disabled(on: str, server: Answering, end) -> None:
    browser = sign_in()
    with listening_at(server, browser) as stream:
        changed(maple(), Topic.TALK)
        assert stream.next() == ("changed", "1")  # it was open
        end(User.objects.get())
        before = time.monotonic()
        assert stream.next() == ("over", "")
        assert time.monotonic() - before < 1
        assert stream.next() == ("end", "")
    with listening_at(server, browser) as again:
        assert [again.next(), again.next()] == [("over", ""), ("end", "")]


def test_it_lasts_no_longer_than_the_session(server: Answering) -> None:
    browser = sign_in()
    session = browser.session
    session[ENDS_AT] = time.time() + 1.5
    session.save()
    with listening_at(server, browser) as stream:
        assert stream.next() == ("end", "")
        assert time.time() >= session[ENDS_AT]


def test_strangers_hear_that_it_is_over_and_families_find_no_such_page(server: Answering) -> None:
    with listening_at(server, Client()) as stream:
        assert (stream.next(), stream.next()) == (("over", ""), ("end", ""))
    for browser, path in (
        (sign_in(Guardian), TALK),
        (sign_in(slug="oak-lane"), TALK),
        (sign_in(), "/maple-street/changes/everything/"),
    ):
        with listening_at(server, browser, path) as stream:
            assert stream.status == 404


def test_under_wsgi_there_is_no_stream_and_the_page_asks_no_more(server: Answering) -> None:
    assert sign_in().get(TALK).status_code == 204


def test_a_full_house_takes_no_more_and_a_leaver_makes_room(server: Answering, monkeypatch) -> None:
    monkeypatch.setattr(listening, "MOST", 1)
    browser = sign_in()
    with listening_at(server, browser) as first:
        changed(maple(), Topic.TALK)
        first.next()
        with listening_at(server, browser) as second:
            assert (second.status, second.answer.headers["Retry-After"]) == (503, "60")
    until(lambda: not listening.is_full())
    with listening_at(server, browser) as third:
        assert third.status == 200


def test_one_persons_newest_tabs_are_served(server: Answering, monkeypatch) -> None:
    monkeypatch.setattr(listening, "MOST_OF_ONE", 2)
    browser, colleague = sign_in(), sign_in()
    with (
        listening_at(server, colleague) as theirs,
        listening_at(server, browser) as first,
        listening_at(server, browser) as second,
        listening_at(server, browser) as third,
    ):
        assert first.next() == ("over", "")
        changed(maple(), Topic.TALK)
        assert {one.next() for one in (second, third, theirs)} == {("changed", "1")}


def test_a_page_opened_between_a_counted_change_and_one_a_moment_later_looks_once_more(
    server: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a busy sort one change a second is counted: the second one alone would call nobody."""
    monkeypatch.setattr(Topic, "settles", property(lambda topic: 0.1))
    changed(maple(), Topic.NOTICES)
    seen = version(maple(), Topic.NOTICES)
    with listening_at(server, sign_in(), f"/maple-street/changes/notices/?seen={seen}") as stream:
        changed(maple(), Topic.NOTICES)
        assert version(maple(), Topic.NOTICES) == seen
        assert stream.next() == ("changed", f"{seen}")


def test_a_stream_says_now_and_then_that_it_lives(server: Answering, monkeypatch) -> None:
    monkeypatch.setattr(listening, "ALIVE", 0.05)
    with listening_at(server, sign_in()) as stream:
        assert [stream.answer.readline() for _ in range(3)] == [b"retry: 2000\n", b"\n", b": still here\n"]


def sessions(where: str = "true") -> int:
    """Connections to this database besides the test's own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            f"AND usename = current_user AND pid <> pg_backend_pid() AND {where}"
        )
        return cursor.fetchone()[0]


@pytest.mark.postgres
@pytest.mark.usefixtures("server")
def test_streams_share_one_connection_without_a_transaction_and_it_goes_with_the_last_of_them() -> None:
    browser = sign_in()
    changed(maple(), Topic.TALK)
    with in_a_thread(threads=1) as server:
        with ExitStack() as streams:
            opened = [streams.enter_context(listening_at(server, browser)) for _ in range(5)]
            assert {stream.next() for stream in opened} == {("changed", "1")}
            assert sessions() == 2  # the page thread's and the poller's
            assert sessions("state LIKE 'idle in transaction%'") == 0
        until(lambda: sessions() == 1)


@pytest.mark.postgres
def test_a_database_that_was_gone_for_a_moment_ends_no_stream(server: Answering) -> None:
    others = "datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
    with listening_at(server, sign_in()) as stream:
        changed(maple(), Topic.TALK)
        assert stream.next() == ("changed", "1")
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
            assert len(cursor.fetchall()) >= 2
        changed(maple(), Topic.TALK)
        assert stream.next() == ("changed", "2")
