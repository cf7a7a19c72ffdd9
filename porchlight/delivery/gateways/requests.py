"""A webhook as it came, and what is answered to one at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RawRequest:
    """A webhook as it came over the wire, before anybody understood it."""

    method: str
    url: str  # public URL as the gateway saw it, query included
    headers: Mapping[str, str]  # names lower-cased
    body: bytes


@dataclass(frozen=True, slots=True)
class Greeting:
    """What to answer at once: to a set-up handshake (GET) a plain text, to a call that is under way what is said."""

    body: str
