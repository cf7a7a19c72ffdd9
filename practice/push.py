"""The browsers' push service: RFC 8030, as a school that sends sees it.

    POST /push/<id>        a note for one browser: sealed (RFC 8291), by somebody known (RFC 8292), with a TTL

Answers 201 with Location; 400 for what is badly made, 401 and 403 for who may not speak there, 404 and 410 for browsers
that are told nothing, 413 for more than 4,096 bytes, 429 and 5xx in bad weather.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Any

from aiohttp import web

from practice.phones import Line, Phone
from practice.push_browser import Keys, NotTheirs, Unreadable, check_speaker, to_base64
from practice.town import Town
from practice.weather import Rude, Weather, in_weather

GATEWAY, CHANNEL = "push", "push"
MOST = 4096  # bytes
URGENCIES = {"very-low", "low", "normal", "high"}
_TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}")


@dataclass
class Subscribed:
    """One browser that said yes."""

    phone: str
    key: str  # the school's public one
    keys: Keys = field(default_factory=Keys)
    is_over: bool = False


class Push:
    def __init__(self, town: Town) -> None:
        self.town = town
        self._browsers: dict[str, Subscribed] = {}

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/push/{id}", self.take)]

    def subscribe(self, phone: Phone, key: str) -> Mapping[str, Any]:
        """The browser says yes; what its script is given."""
        name = token_urlsafe(24)
        made = self._browsers[name] = Subscribed(phone.id, key)
        phone.channels = tuple(dict.fromkeys([*phone.channels, CHANNEL]))
        keys = {"p256dh": to_base64(made.keys.point), "auth": to_base64(made.keys.auth)}
        return {"endpoint": f"{self.town.url}/push/{name}", "expirationTime": None, "keys": keys}

    def forget(self, endpoint: str) -> None:
        """It is turned off in the browser."""
        self._browsers[endpoint.rpartition("/")[2]].is_over = True

    async def take(self, request: web.Request) -> web.StreamResponse:
        return await in_weather(self.town.weather[GATEWAY], request, self._take, _in_bad_weather)

    async def _take(self, request: web.Request) -> web.StreamResponse:
        found, body = self._browsers.get(request.match_info["id"]), await request.read()
        status, why = self._refusal(request, found, body)
        if found is None or status:
            self.town.counts[f"{GATEWAY} {status} refused"] += 1
            return web.json_response({"code": status, "message": why}, status=status)
        message = token_urlsafe(12)
        self.town.counts[f"{GATEWAY} taken"] += 1
        self._show(found, body, message, request)
        return web.Response(status=201, headers={"Location": f"{self.town.url}/push/messages/{message}"})

    def _refusal(self, request: web.Request, found: Subscribed | None, body: bytes) -> tuple[int, str]:
        """Status and sentence; 0 for none."""
        if found is None:
            return 404, "no such subscription"
        if found.is_over:
            return 410, "the subscription is over"
        if len(body) > MOST:
            return 413, "more than 4096 bytes"
        headers = request.headers
        if not headers.get("TTL", "").isdigit() or headers.get("Content-Encoding") != "aes128gcm":
            return 400, "a TTL and aes128gcm are needed"
        if headers.get("Urgency", "normal") not in URGENCIES or not _TOPIC.fullmatch(
            headers.get("Topic", "a")
        ):
            return 400, "an Urgency or a Topic that nobody knows"
        if not headers.get("Authorization"):
            return 401, "nobody says who speaks"
        try:
            check_speaker(headers["Authorization"], key=found.key, origin=self.town.url)
        except NotTheirs as wrong:
            return 403, str(wrong)
        return 0, ""

    def _show(self, found: Subscribed, body: bytes, message: str, request: web.Request) -> None:
        """The browser opens it and its worker shows it; what it cannot read, nobody sees."""
        headers = {name: request.headers.get(name, "") for name in ("TTL", "Urgency", "Topic")}
        try:
            said = json.loads(found.keys.opened(body))
        except (Unreadable, ValueError):
            self.town.counts[f"{GATEWAY} unreadable"] += 1
            return
        phone = self.town.phones.get(found.phone)
        phone.add(
            Line(
                CHANNEL, GATEWAY, "", str(said.get("title", "")), self.town.now(), True,
                provider_id=message, status="sent", raw={**said, "headers": headers}, opens=str(said.get("url", "")),
            )
        )  # fmt: skip


def _in_bad_weather(rude: Rude, weather: Weather) -> web.Response:
    if rude is Rude.LIMIT:
        return web.Response(status=429, headers={"Retry-After": str(weather.retry_after)})
    status = int(weather.code) if rude is Rude.CODE and weather.code.isdigit() else 500
    return web.Response(status=status)
