"""How pages are answered: on few threads, each from end to end on one, finished once begun."""

from __future__ import annotations

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest

from porchlight.operations.serving import handler
from porchlight.operations.tests import probe_pages
from porchlight.operations.tests.running import ask, in_a_thread

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("porchlight.operations.tests.probe_pages"),
]


@pytest.fixture(autouse=True)
def _nobody_waits() -> None:
    probe_pages.begin()


def test_a_page_runs_on_a_thread_of_the_pool_and_leaves_nothing_behind_for_the_next() -> None:
    with in_a_thread(threads=1) as server:
        said = [ask(server.port, "/design/thread/", Accept_Language="es").text for _ in range(2)]
    assert said == ["page_0 es", "page_0 es"]


def test_no_more_pages_are_made_at_once_than_there_are_threads() -> None:
    with in_a_thread(threads=2) as server, ThreadPoolExecutor(6) as callers:
        asked = [callers.submit(ask, server.port, "/design/slow/") for _ in range(6)]
        assert probe_pages.doing.wait(20)
        making = [one.name for one in threading.enumerate() if one.name.startswith("page_")]
        probe_pages.may_end.set()
        assert [one.result().text for one in asked] == ["done"] * 6
    assert len(making) <= 2


def test_a_page_once_begun_is_finished_when_the_caller_leaves_and_when_the_server_stops() -> None:
    with in_a_thread() as server:
        with socket.create_connection(("127.0.0.1", server.port)) as caller:
            caller.sendall(b"GET /design/slow/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert probe_pages.doing.wait(20)
        probe_pages.doing.clear()
        waiting = ThreadPoolExecutor(1)
        staying = waiting.submit(ask, server.port, "/design/slow/")
        assert probe_pages.doing.wait(20)
        threading.Timer(0.2, probe_pages.may_end.set).start()  # after the server was told to stop
    assert staying.result().text == "done"
    waiting.shutdown()


def test_a_body_arrives_whole_and_one_that_is_too_large_is_refused() -> None:
    with in_a_thread(largest_body=300_000) as server:
        fits = ask(server.port, "/design/echo/", "POST", b"x" * 300_000)
        too_large = ask(server.port, "/design/echo/", "POST", b"x" * 300_001)
    assert fits.text.startswith('{"bytes": 300000, ')
    assert (too_large.status, too_large.text) == (413, "Too much at once.")


def test_a_file_is_sent_in_parts_and_whole() -> None:
    with in_a_thread() as server:
        assert ask(server.port, "/design/large/").body == Path(probe_pages.__file__).read_bytes()


def test_a_file_is_put_away_also_when_the_server_stops_at_its_last_byte() -> None:
    """The reader has it all, the server is told to stop, and the thread that would close the file is taken by
    a page whose caller has left."""
    with in_a_thread(threads=1) as server, ThreadPoolExecutor(1) as readers:
        reader = readers.submit(ask, server.port, "/design/sent/")
        assert probe_pages.sending.wait(20)
        with socket.create_connection(("127.0.0.1", server.port)) as caller:
            caller.sendall(b"GET /design/slow/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert reader.result().text == "all of it"
        server.stop()
        threading.Timer(0.3, probe_pages.may_end.set).start()
    assert probe_pages.closed.get_nowait() == "file"


def test_a_mistake_in_a_page_gives_the_plain_error_page_and_the_server_goes_on() -> None:
    with in_a_thread(threads=1) as server:
        answer = ask(server.port, "/design/broken/")
        assert answer.status == 500
        assert "a mistake" not in answer.text
        assert ask(server.port, "/design/thread/").status == 200


def test_a_full_disk_is_said_as_what_it_is_and_not_where() -> None:
    """T43. Nothing was kept; whoever sent it is told, and when to try again."""
    with in_a_thread(threads=1) as server:
        answer = ask(server.port, "/design/full/")
        assert (answer.status, answer.headers["Retry-After"]) == (507, "30")
        assert "server is full" in answer.text
        assert "a/place" not in answer.text


@pytest.mark.parametrize(
    ("path", "told"),
    [("/hooks/twilio_sms/k7mxq2/", b"HTTP/1.1 408"), ("/design/echo/", b"HTTP/1.1 200")],
)
def test_a_webhook_that_dawdles_is_sent_away_and_a_familys_photo_is_waited_for(
    path: str, told: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T8. Five seconds for all of a webhook; of any other body, as long as something comes now and then."""
    assert (handler.HOOK_WITHIN, handler.SILENT) == (5.0, 30.0)
    monkeypatch.setattr(handler, "HOOK_WITHIN", 0.3)
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\nConnection: close\r\n\r\n"
    with in_a_thread() as server, socket.create_connection(("127.0.0.1", server.port), 20) as caller:
        caller.sendall(head.encode())
        said = b""
        caller.settimeout(0.1)  # a sign at a time, and a look whether we were sent away
        for sign in b"abcdef":
            with suppress(OSError):
                caller.sendall(bytes([sign]))
                said += caller.recv(4096)
        caller.settimeout(20)
        assert (said or caller.recv(4096)).startswith(told)


def test_a_body_of_which_nothing_comes_any_more_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """T8."""
    monkeypatch.setattr(handler, "SILENT", 0.2)
    with in_a_thread() as server, socket.create_connection(("127.0.0.1", server.port), 20) as caller:
        caller.sendall(b"POST /design/echo/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n\r\nabc")
        assert caller.recv(4096).startswith(b"HTTP/1.1 408")


def test_a_body_that_never_rests_and_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """T8. A sign now and then, from two thousand connections at once, would leave none for anybody else."""
    assert (handler.AT_FIRST, handler.SLOWEST) == (60.0, 1024)
    monkeypatch.setattr(handler, "AT_FIRST", 0.5)
    with in_a_thread() as server, socket.create_connection(("127.0.0.1", server.port), 20) as caller:
        caller.sendall(b"POST /design/echo/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000\r\n\r\n")
        caller.settimeout(0.05)
        said, began = b"", monotonic()
        while not said and monotonic() - began < 15:
            with suppress(TimeoutError):
                caller.sendall(b"x")
                said = caller.recv(4096)
        assert said.startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize(
    ("proxies", "sent", "believed"),
    [
        ((), "203.0.113.7", "127.0.0.1"),
        (("127.0.0.1",), "203.0.113.7", "203.0.113.7"),
        (
            ("127.0.0.1",),
            "198.51.100.9, 203.0.113.7",
            "203.0.113.7",
        ),  # the left one is the caller's invention
        (("127.0.0.0/8", "10.0.0.0/8"), "203.0.113.7, 10.1.2.3", "203.0.113.7"),
        (("127.0.0.1",), "nonsense", "0.0.0.0"),
        (("10.0.0.1",), "203.0.113.7", "127.0.0.1"),
    ],
)
def test_only_our_own_proxies_are_believed_about_who_asks(
    proxies: tuple[str, ...], sent: str, believed: str
) -> None:
    with in_a_thread(proxies=proxies) as server:
        answer = ask(
            server.port, "/design/echo/", X_Forwarded_For=sent, X_Real_IP=sent, Forwarded=f"for={sent}"
        )
    assert answer.text == f'{{"bytes": 0, "from": "{believed}", "secure": false, "extra": {{}}}}'


def test_what_a_proxy_added_that_we_were_not_told_of_leaves_a_mark() -> None:
    """The demo opens to this machine alone, and every request through such a proxy seems to come from it."""
    with in_a_thread() as server:
        said = [
            ask(server.port, "/design/via/", **sent).text
            for sent in ({}, {"X_Forwarded_For": "203.0.113.9"}, {"X_Real_IP": "203.0.113.9"})
        ]
    assert said == ["", "1.1 unnamed", "1.1 unnamed"]
    with in_a_thread(proxies=("127.0.0.1",)) as server:
        assert ask(server.port, "/design/via/", X_Forwarded_For="203.0.113.9").text == ""


@pytest.mark.parametrize(("scheme", "secure"), [("https", "true"), ("http", "false")])
def test_whether_a_page_travels_safely_is_what_the_public_address_says(scheme: str, secure: str) -> None:
    with in_a_thread(proxies=("127.0.0.1",), scheme=scheme) as server:
        said = [
            ask(server.port, "/design/echo/", X_Forwarded_Proto=claim).text for claim in ("https", "http")
        ]
    assert said == [f'{{"bytes": 0, "from": "127.0.0.1", "secure": {secure}, "extra": {{}}}}'] * 2
