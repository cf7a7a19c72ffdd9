"""A tiny real server on loopback that answers as a table says, and can misbehave as networks do."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType

from aiohttp import web

RESET, SILENT, DRIPPING, HANGING_UP, CHUNKED = "reset", "silent", "dripping", "hanging up", "chunked"


@dataclass
class Received:
    """A request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Loopback:
    """Start with `async with`; `answer` says what the next requests get; `received` is what came."""

    status: int = 200
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)
    manner: str = ""
    received: list[Received] = field(default_factory=list)
    base_url: str = ""
    at: dict[str, tuple[int, bytes, Mapping[str, str]]] = field(default_factory=dict)

    def answer(
        self,
        status: int = 200,
        body: bytes = b"{}",
        headers: Mapping[str, str] | None = None,
        manner: str = "",
    ) -> None:
        self.status, self.body, self.headers, self.manner = status, body, headers or {}, manner

    def answer_at(
        self, path: str, body: bytes, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        """What this one path gets, whatever the others get."""
        self.at[path] = (status, body, headers or {})

    async def __aenter__(self) -> Loopback:
        self._quiet = asyncio.Event()
        self._runner = web.ServerRunner(web.Server(self._handle), shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.base_url = f"http://127.0.0.1:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._quiet.set()
        await self._runner.cleanup()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        body = await request.read()
        self.received.append(Received(request.method, request.path_qs, dict(request.headers), body))
        if self.manner == RESET:
            _reset(request)
        elif self.manner == SILENT:
            await self._quiet.wait()
        elif self.manner == DRIPPING:
            return await self._drip(request)
        elif self.manner == HANGING_UP:
            return await _hang_up(request)
        status, content, headers = self.at.get(request.path, (self.status, self.body, self.headers))
        answer = web.Response(status=status, body=content, headers=headers)
        if self.manner == CHUNKED:
            answer.enable_chunked_encoding()
        return answer

    async def _drip(self, request: web.BaseRequest) -> web.StreamResponse:
        """One byte at a time, for ever."""
        response = web.StreamResponse(status=200)
        await response.prepare(request)
        while not self._quiet.is_set():
            await response.write(b" ")
            await asyncio.sleep(0.02)
        return response


async def _hang_up(request: web.BaseRequest) -> web.StreamResponse:
    """Promise a body and break off in the middle of it."""
    response = web.StreamResponse(status=200, headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"half')
    _reset(request)
    return response


def _reset(request: web.BaseRequest) -> None:
    """A TCP reset instead of an answer."""
    assert request.transport is not None
    connection = request.transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    request.transport.abort()


async def nobody_listens() -> str:
    """A base address on this machine where no server is."""
    server = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    return f"http://127.0.0.1:{port}"
