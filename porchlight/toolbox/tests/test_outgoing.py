"""A company that answers a letter now and then is left after a while: whoever asked has others to see to."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from time import monotonic

import pytest

from porchlight.toolbox.outgoing import NotCarried, Why, carried

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n"
HANDSHAKE = b"\x16\x03\x03\x40\x00"  # TLS 1.2: a record of a handshake of sixteen thousand bytes begins


@contextmanager
def trickling(start: bytes, drop: bytes, scheme: str = "http") -> Iterator[str]:
    """A server that says `start`, and then a drop twenty times a second, for as long as anybody listens."""
    over = Event()

    def answer(server: socket.socket) -> None:
        with suppress(OSError), server.accept()[0] as line:
            line.recv(4096)
            line.sendall(start)
            while not over.wait(0.05):
                line.sendall(drop)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=answer, args=(server,), daemon=True)
        thread.start()
        yield f"{scheme}://127.0.0.1:{server.getsockname()[1]}/"
        over.set()
        thread.join(5)
        assert not thread.is_alive()


@pytest.mark.parametrize(
    ("start", "drop"),
    [(HEAD, b"X-More: of it\r\n"), (HEAD + b"\r\n", b"x")],
    ids=["in its head", "in its body"],
)
def test_t41_an_answer_that_trickles_is_cut_off(start: bytes, drop: bytes) -> None:
    with trickling(start, drop) as url:
        began = monotonic()
        with pytest.raises(NotCarried) as left:
            carried("GET", url, headers={}, cap=100_000, patience=(2.0, 2.0), within=0.4)
        assert (left.value.why, left.value.code) == (Why.WEATHER, "slow")
        assert monotonic() - began < 3


def test_t41_a_handshake_that_trickles_has_as_long_as_a_connection() -> None:
    with trickling(HANDSHAKE, b"x", "https") as url:
        began = monotonic()
        with pytest.raises(NotCarried):
            carried("GET", url, headers={}, cap=100, patience=(0.4, 60.0))
        assert monotonic() - began < 3


def test_what_comes_in_time_is_carried() -> None:
    whole = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nRetry-After: 7\r\n\r\nhi"
    with trickling(whole, b"") as url:
        came = carried("GET", url, headers={}, cap=100, patience=(2.0, 2.0), within=5.0)
    assert (came.status, came.content, came.pause) == (200, b"hi", 7.0)


@pytest.mark.parametrize("written", ["²", "7.5", "-7", "Wed, 21 Oct 2026 07:28:00 GMT", ""])
def test_a_pause_that_is_no_number_of_seconds_is_none(written: str) -> None:
    head = f"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nRetry-After: {written}\r\n\r\n"
    with trickling(head.encode("latin-1"), b"") as url:
        came = carried("GET", url, headers={}, cap=100, patience=(2.0, 2.0), within=5.0)
    assert (came.status, came.pause) == (503, None)
