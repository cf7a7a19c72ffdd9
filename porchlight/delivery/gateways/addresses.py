"""Checks of web addresses and numbers that the set-up pages of several gateways share."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_MOST_QUESTIONS = 40
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def is_e164(number: str) -> bool:
    """True for a number the way gateways want it: a plus, the country code, no spaces."""
    return _E164.fullmatch(number) is not None


def e164(digits: str) -> str:
    """The number with its plus where gateways leave it out; empty when these are not the digits of a number."""
    number = digits if digits.startswith("+") else f"+{digits}"
    return number if is_e164(number) else ""


def is_safe_base(address: str) -> bool:
    """True for https anywhere, and plain http on this machine alone (the practice town)."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    if not host or parts.username or parts.query or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)


def query_of(url: str) -> dict[str, list[str]]:
    """What a web address asks after its question mark; nothing when it is no address or asks for far too much."""
    try:
        return parse_qs(urlsplit(url).query, max_num_fields=_MOST_QUESTIONS)
    except ValueError:
        return {}
