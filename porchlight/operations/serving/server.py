"""granian in this process: listens, answers, and stops when it is told to."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import uvloop
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

from porchlight.operations.serving.proxies import BehindProxies

CONNECTIONS = 2048  # open at once, live streams among them
HEADERS_WITHIN = 15_000  # milliseconds a caller has to say what it wants
STOPS_WITHIN = 20.0  # seconds the pages being made have to end

GRANIAN_LOGS = {
    "formatters": {},
    "handlers": {},
    "loggers": {"_granian": {"propagate": True}, "granian.access": {"propagate": False}},
}  # what it says goes the way of everything else


class PortTakenError(RuntimeError):
    """Something listens there already, or the address is not this machine's; the message says what to do."""


def must_be_free(host: str, port: int) -> None:
    """Raises PortTakenError, with one plain sentence, when nobody could listen there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except PermissionError:
        raise PortTakenError(
            f"Port {port} is kept for the machine's administrator: choose one above 1023 with --port."
        ) from None
    except socket.gaierror:
        raise PortTakenError(f"{host} is not an address of this machine: choose one with --host.") from None
    except OSError:
        raise PortTakenError(
            f"Port {port} on {host} is taken, perhaps by another Porchlight: stop what uses it, or choose "
            f"another with --port {port + 1}."
        ) from None


def serve(application: BehindProxies, *, host: str, port: int, when_up: Callable[[], None]) -> None:
    """Answer until SIGINT or SIGTERM; then finish what is being answered, and return."""
    uvloop.run(_serve(application, host, port, when_up))
    application.pages.close()


async def _serve(application: BehindProxies, host: str, port: int, when_up: Callable[[], None]) -> None:
    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    async with running(application, host, port) as serving:
        when_up()
        stopping = asyncio.create_task(told.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()


@asynccontextmanager
async def running(application: BehindProxies, host: str, port: int) -> AsyncIterator[asyncio.Task[None]]:
    """Connections are taken inside the block; at its end, what is being answered is finished."""
    server = Server(
        application,
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        backlog=1024,
        backpressure=CONNECTIONS,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN),
        log_level=LogLevels.error,  # its one warning is about itself
        log_dictconfig=GRANIAN_LOGS,
        log_access=False,  # granian would write whole addresses, secrets of links among them
    )
    serving = asyncio.create_task(server.serve())
    await _until_open(serving, host, port)
    try:
        yield serving
    finally:
        application.pages.stop_streams()
        server.stop()
        await asyncio.wait({serving}, timeout=STOPS_WITHIN)
        await application.pages.finish(STOPS_WITHIN)  # granian counts a page as over at its last byte
        if serving.done():
            serving.result()


async def _until_open(serving: asyncio.Task[None], host: str, port: int) -> None:
    """granian says that it listens a moment before it does."""
    nearby = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - asked for, not offered
    while not serving.done():
        try:
            _, writer = await asyncio.open_connection(nearby, port)
        except OSError:
            await asyncio.sleep(0.01)
        else:
            writer.close()
            return
    serving.result()
