"""Reading what may not be there: a webhook's JSON is taken as it comes, and nothing in it can raise."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

_DEEPEST = 64  # levels; real payloads use about ten


class Unreadable(ValueError):
    """The body is not a JSON object or array we can hold."""


def json_of(body: bytes) -> object:
    """The parsed body, safe to store: no NUL and no half characters, which databases refuse. Raises Unreadable."""
    try:
        parsed: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable(type(error).__name__) from None
    return _storable(parsed, 0)


def answer_of(body: bytes) -> object:
    """The parsed body of an answer, of which single words are read and nothing is stored whole; {} if unreadable."""
    try:
        parsed: object = json.loads(body)
        return parsed
    except (ValueError, RecursionError):
        return {}


def _storable(value: object, depth: int) -> object:
    if isinstance(value, str):
        return clean(value)
    if depth > _DEEPEST:
        raise Unreadable("nested too deeply")
    if isinstance(value, dict):
        return {
            clean(key): clean(inner) if isinstance(inner, str) else _storable(inner, depth + 1)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_storable(inner, depth + 1) for inner in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None  # NaN and Infinity are not JSON to any database
    return value


def clean(text: str) -> str:
    """The text without NUL, and with half surrogate pairs shown as the replacement character."""
    if text.isascii():
        return text.replace("\0", "") if "\0" in text else text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "")


def mapping(value: object) -> Mapping[str, object]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def objects(value: object) -> Iterator[Mapping[str, object]]:
    """The objects in a list, anything else left out."""
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))


def at(value: object, *path: str) -> object:
    """Follow keys down; None where the way ends."""
    for step in path:
        if not isinstance(value, dict):
            return None
        value = value.get(step)
    return value


def text(value: object, *path: str) -> str:
    """The words at the end of the path; numbers as digits; anything else is empty."""
    if len(path) == 1 and isinstance(value, dict):
        found = value.get(path[0])
    else:
        found = at(value, *path)
    if isinstance(found, str):
        return clean(found)
    if isinstance(found, int | float) and not isinstance(found, bool) and abs(found) < 10**40:
        return str(found)
    return ""


def moment(seconds: object) -> datetime | None:
    """A time from Unix seconds, as number or digits; None where there is none or it is absurd."""
    digits = seconds if isinstance(seconds, str) else text({"at": seconds}, "at")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 11):
        return None
    return datetime.fromtimestamp(int(digits), UTC)


def fingerprint(value: object) -> str:
    """A short, stable name for something without an id, so that the same thing twice is one thing."""
    raw = value if isinstance(value, bytes) else json.dumps(value, sort_keys=True, default=str).encode()
    return hashlib.sha256(raw).hexdigest()[:24]
