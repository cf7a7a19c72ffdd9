"""Reading what a school asks its phone to do, as strictly as the app reads it."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web


class Refused(Exception):
    """Answered with the app's error JSON."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


def checked(body: dict[str, Any]) -> tuple[str, list[str]]:
    """The text and its numbers. Raises Refused in the app's words."""
    kinds = [name for name in ("textMessage", "dataMessage", "message") if body.get(name) is not None]
    if len(kinds) != 1:
        many = "Cannot specify multiple message types simultaneously"
        raise Refused(
            400, many if kinds else "Must specify exactly one of: textMessage, dataMessage, or message"
        )
    if kinds == ["dataMessage"]:
        raise Refused(400, "The practice phone sends text only")
    text = body["message"] if kinds == ["message"] else (_dict(body["textMessage"]).get("text") or "")
    if not isinstance(text, str) or not text:
        raise Refused(400, "Text message is empty")
    numbers = body.get("phoneNumbers")
    if not isinstance(numbers, list) or not numbers or not all(isinstance(n, str) for n in numbers):
        raise Refused(400, "phoneNumbers is empty")
    if len(numbers) > 100 or len(str(body.get("id") or "")) > 36:
        raise Refused(400, "Too many phoneNumbers, or id too long")
    sim = body.get("simNumber")
    if sim is not None and (not isinstance(sim, int) or not 1 <= sim <= 3):
        raise Refused(400, "simNumber must be >= 1")
    if body.get("ttl") is not None and body.get("validUntil") is not None:
        raise Refused(400, "ttl and validUntil cannot both be set")
    return text, numbers


def paging(request: web.Request) -> tuple[str, int, int]:
    try:
        start, most = int(request.query.get("offset", "0")), int(request.query.get("limit", "50"))
    except ValueError:
        raise Refused(400, "offset and limit are numbers") from None
    return request.query.get("state", ""), max(0, start), max(1, min(most, 500))


async def body_of(request: web.Request) -> dict[str, Any]:
    try:
        return _dict(json.loads(await request.read()))
    except ValueError:
        raise Refused(400, "Invalid JSON") from None


def _dict(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refused(400, "Invalid request body")
    return value
