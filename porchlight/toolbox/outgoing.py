"""One request to a company and its answer: no redirect, no cookie, no proxy of the environment, no retry."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.exceptions import (
    InvalidHeader,
    InvalidSchema,
    InvalidURL,
    MissingSchema,
    RequestException,
    SSLError,
)

PIECE = 16 * 1024
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
) -> Came:
    """At most `cap` bytes of what comes back. `patience`: seconds to connect, and without a byte. Raises NotCarried."""
    if not is_safe(url.partition("?")[0]):
        raise NotCarried(Why.PLACE, "address")
    try:
        with requests.Session() as session:
            session.trust_env = False
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
    return min(float(written), LONGEST_PAUSE) if written.strip().isdigit() else None
