"""How a worker speaks HTTP to gateways: libcurl, driven by its event loop, with connections kept for the next request.

Nothing is ever sent twice by itself, no redirect is followed, no cookie kept, no proxy of the environment used.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from io import BytesIO
from typing import Any, NamedTuple, Self

import certifi
import pycurl
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from porchlight.delivery.gateways.leaving import leaves
from porchlight.delivery.gateways.transfers import Transfers
from porchlight.toolbox.reach import Sockets

CONNECTIONS = 64
LONGEST_HEAD = 64 * 1024  # bytes of header lines; more is no answer of a gateway

type Take = Callable[[bytes], bool]  # a piece of the body; False: no more of it


class Patience(NamedTuple):
    """How long one request may take, in seconds."""

    total: float
    connect: float = 10.0
    idle: float = 25.0  # without a single byte, once connected


class BadAddress(ValueError):
    """This is no address of a web server."""


class BadHeader(ValueError):
    """A header, most likely a setting in it, cannot be sent."""


class HttpError(Exception):
    """No answer, or half of one. `code` is libcurl's; `left` says whether any of the body did.

    `inside`: the name led into our own network, and nothing was sent.
    """

    def __init__(self, code: int, *, left: bool, inside: bool = False) -> None:
        super().__init__(name_of(code))
        self.code, self.left, self.inside = code, left, inside

    @property
    def is_certificate(self) -> bool:
        return self.code == pycurl.E_PEER_FAILED_VERIFICATION

    @property
    def is_timeout(self) -> bool:
        return self.code == pycurl.E_OPERATION_TIMEDOUT


@dataclass(slots=True)
class Head:
    """An answer without its body, which went to `take`."""

    status: int
    _lines: list[bytes] = field(repr=False)

    @property
    def headers(self) -> CIMultiDictProxy[str]:
        """Of the last answer, when there were several (100 Continue comes before the real one)."""
        found: CIMultiDict[str] = CIMultiDict()
        for line in self._lines:
            name, colon, value = line.decode("latin-1").partition(":")
            if colon:
                found.add(name.strip(), value.strip())
            elif line.startswith(b"HTTP/"):
                found.clear()
        return CIMultiDictProxy(found)


class Http:
    """One event loop's connections to all gateways. An async context manager, or closed by hand.

    `public_only`: to the open internet alone, for addresses that others gave us.
    """

    def __init__(self, *, public_only: bool = False) -> None:
        self._transfers = Transfers(CONNECTIONS)
        self._public_only = public_only
        self._idle: list[pycurl.Curl] = []
        self._made: dict[pycurl.Curl, _Made] = {}  # how each is set, so that the same need not be set again

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_problem: object) -> None:
        await self.close()

    async def close(self) -> None:
        """End what is on its way and part from every server."""
        self._transfers.close()
        for curl in self._idle:
            curl.close()
        self._idle.clear()
        self._made.clear()

    async def post(
        self, url: URL, body: bytes, *, headers: CIMultiDict[str], take: Take, patience: Patience
    ) -> Head:
        """Send `body`, hand each piece of the answer to `take`. Raises BadAddress, BadHeader, HttpError."""
        curl = self._handle(_Made(True, url, tuple(headers.items()), patience))
        curl.setopt(pycurl.POSTFIELDSIZE, len(body))
        # Read, not given: what was read cannot be read again, so libcurl cannot send it again on another connection
        # when a kept one breaks. Whether the first sending arrived, nobody would know.
        leaving, says = BytesIO(body), leaves.get()

        def read(most: int) -> bytes:
            says()
            return leaving.read(most)

        curl.setopt(pycurl.READFUNCTION, read)
        return await self._perform(curl, take, lambda: leaving.tell() > 0 or not body)

    async def get(
        self, url: URL, *, headers: CIMultiDict[str] | None = None, take: Take, patience: Patience
    ) -> Head:
        """Ask for something. As `post`."""
        curl = self._handle(_Made(False, url, tuple(headers.items()) if headers else (), patience))
        return await self._perform(curl, take, lambda: False)  # asked twice, it harms nobody

    def _handle(self, made: _Made) -> pycurl.Curl:
        curl = self._idle.pop() if self._idle else new_handle()
        if self._made.pop(curl, None) != made:
            try:
                made.set_up(curl)
            except ValueError:
                self._idle.append(curl)
                raise
        self._made[curl] = made
        return curl

    async def _perform(self, curl: pycurl.Curl, take: Take, left: Callable[[], bool]) -> Head:
        answer, sockets = _Answer(take), Sockets()
        if self._public_only:
            curl.setopt(pycurl.OPENSOCKETFUNCTION, sockets.open)
        curl.setopt(pycurl.WRITEFUNCTION, answer.body)
        curl.setopt(pycurl.HEADERFUNCTION, answer.header)
        try:
            await self._transfers.perform(curl)
        except asyncio.CancelledError:
            self._made.pop(curl, None)
            curl.close()
            raise
        except pycurl.error as problem:
            code = int(problem.args[0])
            status = curl.getinfo(pycurl.RESPONSE_CODE)
            self._made.pop(curl, None)
            curl.close()
            if answer.enough and code == pycurl.E_WRITE_ERROR:
                return Head(status, answer.lines)
            if code in {pycurl.E_URL_MALFORMAT, pycurl.E_UNSUPPORTED_PROTOCOL}:
                raise BadAddress from None
            raise HttpError(code, left=left(), inside=sockets.refused) from None
        finally:
            sockets.close()
        status = curl.getinfo(pycurl.RESPONSE_CODE)
        self._idle.append(curl)
        return Head(status, answer.lines)


class _Made(NamedTuple):
    """What a handle is set to, but for the body and where the answer goes."""

    posts: bool
    url: URL
    headers: tuple[tuple[str, str], ...]
    patience: Patience

    def set_up(self, curl: pycurl.Curl) -> None:
        """Raises BadAddress, BadHeader."""
        if not isinstance(self.url, URL) or self.url.scheme not in {"http", "https"} or not self.url.host:
            raise BadAddress
        lines = _header_lines(self.headers)
        curl.setopt(pycurl.POST if self.posts else pycurl.HTTPGET, 1)
        curl.setopt(pycurl.URL, str(self.url))
        curl.setopt(pycurl.HTTPHEADER, lines)
        curl.setopt(pycurl.TIMEOUT_MS, int(self.patience.total * 1000))
        curl.setopt(pycurl.CONNECTTIMEOUT_MS, int(min(self.patience.connect, self.patience.total) * 1000))
        curl.setopt(pycurl.LOW_SPEED_TIME, max(1, int(self.patience.idle)))


class _Answer:
    """What libcurl hands over of one answer."""

    __slots__ = ("enough", "lines", "size", "take")

    def __init__(self, take: Take) -> None:
        self.take, self.lines, self.size, self.enough = take, list[bytes](), 0, False

    def body(self, piece: bytes) -> int | None:
        if self.take(piece):
            return None
        self.enough = True
        return -1  # not what was given: libcurl stops here

    def header(self, line: bytes) -> int | None:
        self.lines.append(line)
        self.size += len(line)
        return None if self.size <= LONGEST_HEAD else -1


def new_handle() -> pycurl.Curl:
    """A handle with what is the same for every request."""
    curl = pycurl.Curl()
    curl.setopt(pycurl.NOSIGNAL, 1)
    curl.setopt(pycurl.PROXY, "")
    curl.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
    curl.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1)
    curl.setopt(pycurl.USERAGENT, "Porchlight")
    curl.setopt(pycurl.LOW_SPEED_LIMIT, 1)
    for option, place in _vouchers():
        curl.setopt(option, place)
    return curl


@cache
def _vouchers() -> tuple[tuple[int, str], ...]:
    """Whose certificates are trusted: this machine's, or where it names none, Mozilla's list."""
    here = ssl.get_default_verify_paths()
    found = [(pycurl.CAINFO, here.cafile), (pycurl.CAPATH, here.capath)]
    known = tuple((option, place) for option, place in found if place)
    return known or ((pycurl.CAINFO, certifi.where()),)


@lru_cache(maxsize=256)
def _header_lines(items: tuple[tuple[str, str], ...]) -> list[bytes]:
    """As they go over the wire. Whoever could put a line break into one could write headers of their own."""
    lines = [b"Expect:"]
    for name, value in items:
        line = f"{name}: {value}" if value else f"{name};"
        if any(sign in line for sign in "\r\n\0"):
            raise BadHeader(name)
        lines.append(line.encode())
    return lines


def name_of(code: int) -> str:
    """libcurl's own name of an error: GOT_NOTHING."""
    return _names().get(code, str(code))


@cache
def _names() -> dict[int, str]:
    named: dict[str, Any] = vars(pycurl)
    return {
        value: name.removeprefix("E_")
        for name, value in named.items()
        if name.startswith("E_") and not name.startswith("E_MULTI_")
    }
