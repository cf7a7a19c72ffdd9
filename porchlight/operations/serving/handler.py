"""Django behind ASGI: a page runs from its first middleware to its last on one thread of a small pool.

Connections, bodies still arriving and live streams wait on the event loop and hold neither a thread nor a
database connection. A page's thread keeps its connection for the next page, as under WSGI, so the pool's size is
also the number of connections. docs/decisions/0020 says why this and not Django's own way between the two.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from typing import IO, Any, cast

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.db import close_old_connections, connections
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import set_script_prefix

from porchlight.delivery.inbox.short_way import HOOKS
from porchlight.toolbox.room_left import is_full

type Scope = dict[str, Any]
type Receive = Callable[[], Awaitable[Mapping[str, Any]]]
type Send = Callable[[Mapping[str, Any]], Awaitable[None]]

IN_MEMORY = 256 * 1024  # bytes of a body kept in memory while it arrives; more waits in a file
CLOSES_WITHIN = 20.0  # seconds
HOOK_WITHIN = 5.0  # seconds in which all of a webhook has to be here: gateways are quick, and many
SILENT = 30.0  # seconds in which nothing of any other body comes: a family's photo may take minutes, not rest
AT_FIRST = (
    60.0  # seconds that any body has; from then on, as long as it comes no slower than this on the whole:
)
SLOWEST = 1024  # bytes a second, a quarter of what the oldest mobile networks carry

log = logging.getLogger(__name__)


class BodyTooLargeError(Exception):
    """More is arriving than anybody may send."""


class NoRoomError(Exception):
    """The disk has no room for a body that is arriving."""


# What somebody is told whose body could not be taken, by what went wrong.
REFUSALS: Mapping[type[Exception], tuple[str, int]] = {
    BodyTooLargeError: ("Too much at once.", 413),
    TimeoutError: ("Too slow.", 408),
    NoRoomError: ("There is no room left.", 507),
}


class PageHandler(ASGIHandler):
    """The house's pages as an ASGI application."""

    def __init__(self, *, threads: int, largest_body: int) -> None:
        BaseHandler.__init__(self)
        self.load_middleware(is_async=False)
        self._largest_body = largest_body
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self._streams: set[asyncio.Task[Any]] = set()
        self._answering: set[asyncio.Task[Any]] = set()
        self._stopping = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request. A page once begun is finished, whether or not anybody still waits for it."""
        if scope["type"] != "http":
            raise ValueError("Only HTTP is spoken here.")
        task = cast("asyncio.Task[Any]", asyncio.current_task())
        self._answering.add(task)
        try:
            await self._serve(scope, receive, send)
        finally:
            self._answering.discard(task)

    async def finish(self, within: float) -> None:
        """Wait, `within` seconds at most, for what was sent to its last byte and is not yet put away."""
        if self._answering:
            await asyncio.wait(self._answering, timeout=within)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with asyncio.timeout(HOOK_WITHIN if scope["path"].startswith(HOOKS) else None):
                body = await self.read_body(receive)
        except RequestAborted:
            return
        except tuple(REFUSALS) as problem:
            words, status = REFUSALS[type(problem)]
            await self.send_response(HttpResponse(words, status=status), send)
            return
        with closing(body):
            try:
                await self._respond(await self._on_a_thread(self._answer, scope, body), receive, send)
            except Exception:
                log.exception("An answer broke off.")  # here: granian would write the exception's words

    async def _respond(self, response: HttpResponseBase, receive: Receive, send: Send) -> None:
        if isinstance(response, StreamingHttpResponse):
            await self._stream(response, receive, send)
        else:
            await self.send_response(response, send)

    def stop_streams(self) -> None:
        """End the live streams, and begin none; whoever listened asks again, and finds the next server."""
        self._stopping = True
        for stream in self._streams:
            stream.cancel()

    def close(self) -> None:
        """Let the threads and their database connections go, once nothing is asked any more."""
        all_here = threading.Barrier(self._threads)

        def leave() -> None:
            all_here.wait(CLOSES_WITHIN)  # one such task on every thread, not two on a quick one
            connections.close_all()

        for left in [self._pool.submit(leave) for _ in range(self._threads)]:
            left.result()
        self._pool.shutdown()

    async def read_body(self, receive: Receive) -> IO[bytes]:
        """The whole body. Raises RequestAborted when the sender leaves, BodyTooLargeError when it is too much,
        TimeoutError when nothing more comes or far too slowly, NoRoomError."""
        body = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by the caller
        size, loop = 0, asyncio.get_running_loop()
        began = loop.time()
        try:
            while True:
                over = began + AT_FIRST + size / SLOWEST
                async with asyncio.timeout_at(min(loop.time() + SILENT, over)):
                    message = await receive()
                if message["type"] == "http.disconnect":
                    raise RequestAborted
                size += len(part := message.get("body", b""))
                if size > self._largest_body:
                    raise BodyTooLargeError
                body.write(part)
                if not message.get("more_body", False):
                    body.seek(0)
                    return cast("IO[bytes]", body)
        except BaseException as problem:
            with suppress(OSError):  # what is left in memory has no room either
                body.close()
            if is_full(problem):
                raise NoRoomError from problem
            raise

    async def _on_a_thread(self, work: Callable[..., Any], *args: Any) -> Any:
        return await sync_to_async(work, thread_sensitive=False, executor=self._pool)(*args)

    def _answer(self, scope: Scope, body: IO[bytes]) -> HttpResponseBase:
        """The whole page, from beginning to end, on the thread that calls."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=type(self), scope=scope)
        request, refused = self.create_request(scope, body)
        response: Any = refused if request is None else self.get_response(request)
        response._handler_class = type(self)
        if response.streaming:
            close_old_connections()  # the stream may go on for hours, the connection serves others meanwhile
        else:
            response.close()  # keeps its content; tells Django that this request is over, on its own thread
        return cast("HttpResponseBase", response)

    async def _stream(self, response: StreamingHttpResponse, receive: Receive, send: Send) -> None:
        """Send part by part until it ends, the listener leaves, or the server stops."""
        if self._stopping and response.is_async:  # over as soon as begun
            await self._on_a_thread(response.close)
            await self.send_response(HttpResponse(content_type=response.headers["Content-Type"]), send)
            return
        if not response.is_async:
            response.streaming_content = self._parts(
                iter(cast("Iterator[bytes]", response.streaming_content))
            )
        sending = asyncio.ensure_future(self.send_response(response, send))
        leaving = asyncio.ensure_future(self._left(receive))
        self._streams.add(sending)
        try:
            done, _ = await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if (
                sending in done and sending.cancelled()
            ):  # by us: the listener hears a proper end and asks again
                await send({"type": "http.response.body"})
        finally:
            self._streams.discard(sending)
            for task in (sending, leaving):
                task.cancel()
            ended, _ = await asyncio.gather(sending, leaving, return_exceptions=True)
            await self._on_a_thread(response.close)
        if isinstance(ended, Exception):
            raise ended

    async def _left(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    async def _parts(self, parts: Iterator[bytes]) -> AsyncIterator[bytes]:
        """A file, read on a thread as the network takes it."""
        while (part := await self._on_a_thread(next, parts, None)) is not None:
            yield part


def pages() -> PageHandler:
    """As the settings say."""
    return PageHandler(threads=settings.THREADS, largest_body=settings.LARGEST_UPLOAD)
