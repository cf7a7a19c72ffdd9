"""One request to a company and its answer: no redirect, no cookie, no proxy of the environment, no retry.

Nobody waits for ever: a line on which something comes now and then is cut when its time is over.
"""

from __future__ import annotations

import enum
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.exceptions import (
    InvalidHeader,
    InvalidSchema,
    InvalidURL,
    MissingSchema,
    RequestException,
    SSLError,
)
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

PIECE = 16 * 1024
WITHIN = 30.0  # seconds for all of an answer
LONGEST_PAUSE = 3600.0  # seconds a company may ask us to wait
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_NO_ADDRESS = (InvalidURL, InvalidSchema, MissingSchema)


class Why(enum.Enum):
    """What is to be mended, where nothing came back."""

    PLACE = enum.auto()  # the address, or what stands there
    KEY = enum.auto()  # it cannot even be written into a header
    WEATHER = enum.auto()  # nothing: later it may go


class NotCarried(Exception):
    """Nothing came back. `code` says more to who runs the server."""

    def __init__(self, why: Why, code: str) -> None:
        super().__init__(code)
        self.why, self.code = why, code


@dataclass(frozen=True, slots=True)
class Came:
    """An answer, good or not; `pause` in seconds, where the company asked for one."""

    status: int
    content: bytes
    pause: float | None


class _Line(HTTPAdapter):
    """The one connection of a request, which may be cut from outside while somebody reads from it."""

    def __init__(self) -> None:
        self.is_cut = False
        self._socket: socket.socket | None = None
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """With connections that say which socket is theirs."""
        super().init_poolmanager(*args, **kwargs)
        line = self

        class Plain(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                line.is_open_at(self.sock)

        class Sealed(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                line.is_open_at(self.sock)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SealedPool(HTTPSConnectionPool):
            ConnectionCls = Sealed

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SealedPool}

    def is_open_at(self, there: socket.socket | None) -> None:
        """What is to be cut when its time is over; at once, where it is over already."""
        self._socket = there
        if self.is_cut:
            self.cut()

    def cut(self) -> None:
        """Nothing more comes: whoever reads is told so."""
        self.is_cut = True
        with suppress(OSError):
            if self._socket is not None:
                self._socket.shutdown(socket.SHUT_RDWR)


def is_safe(address: str) -> bool:
    """True for https anywhere, and plain http on this machine alone."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    if not host or parts.username or parts.query or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)


def carried(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    cap: int,
    patience: tuple[float, float],
    data: bytes | Mapping[str, str] | None = None,
    json: Any = None,
    within: float = WITHIN,
) -> Came:
    """At most `cap` bytes of what comes back. `patience`: seconds to connect, and without a byte; `within`: seconds for
    all of it. Raises NotCarried.
    """
    if not is_safe(url.partition("?")[0]):
        raise NotCarried(Why.PLACE, "address")
    line = _Line()
    watch = Timer(within, line.cut)
    watch.daemon = True
    watch.start()
    try:
        came = _carried(line, method, url, headers=headers, cap=cap, patience=patience, data=data, json=json)
    except NotCarried:
        if line.is_cut:
            raise NotCarried(Why.WEATHER, "slow") from None
        raise
    finally:
        watch.cancel()
    if line.is_cut:
        raise NotCarried(Why.WEATHER, "slow")
    return came


def _carried(
    line: _Line,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    cap: int,
    patience: tuple[float, float],
    data: bytes | Mapping[str, str] | None,
    json: Any,
) -> Came:
    try:
        with requests.Session() as session:
            session.trust_env = False
            session.mount("https://", line)
            session.mount("http://", line)
            with session.request(
                method,
                url,
                headers=dict(headers),
                data=data,
                json=json,
                timeout=patience,
                allow_redirects=False,
                stream=True,
            ) as answer:
                pause = _pause(answer.headers.get("Retry-After", ""))
                return Came(answer.status_code, _read(answer, cap), pause)
    except _NO_ADDRESS:
        raise NotCarried(Why.PLACE, "address") from None
    except (InvalidHeader, UnicodeError):
        raise NotCarried(Why.KEY, "header") from None
    except SSLError:
        raise NotCarried(Why.PLACE, "certificate") from None
    except (RequestException, OSError) as problem:
        raise NotCarried(Why.WEATHER, type(problem).__name__) from None


def _read(answer: requests.Response, cap: int) -> bytes:
    content = b""
    for piece in answer.iter_content(PIECE):
        content += piece
        if len(content) > cap:
            break
    return content[:cap]


def _pause(written: str) -> float | None:
    """Seconds, where it says seconds; a date is as good as nothing here."""
    seconds = written.strip()
    return min(float(seconds), LONGEST_PAUSE) if seconds.isascii() and seconds.isdigit() else None
