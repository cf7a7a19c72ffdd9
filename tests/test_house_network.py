"""No test speaks to anything but this machine."""

import asyncio
import socket

import aiohttp
import pytest

ELSEWHERE = "192.0.2.1"  # kept free for documentation: nobody is there


REFUSED = f'tried to use socket.socket.connect\\(\\) with host "{ELSEWHERE}"'


def test_a_socket_to_another_machine_is_refused_before_it_leaves() -> None:
    with socket.socket() as connection, pytest.raises(UserWarning, match=REFUSED):
        connection.connect((ELSEWHERE, 80))


def test_our_http_client_is_refused_too() -> None:
    async def fetch() -> None:
        async with aiohttp.ClientSession() as http, http.get(f"http://{ELSEWHERE}/"):
            pass

    with pytest.raises(UserWarning, match=REFUSED):
        asyncio.run(fetch())


def test_this_machine_may_be_spoken_to() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()[:2], timeout=5) as connection,
        server.accept()[0] as answering,
    ):
        answering.sendall(b"here")
        assert connection.recv(4) == b"here"
