"""Zoom's Meeting API with a server-to-server app: tokens for an hour, scheduled meetings, errors by number."""

from __future__ import annotations

import base64
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

ACCOUNT, CLIENT, SECRET = "practice-account", "practice-client", "practice-zoom-secret"  # public on purpose
PEOPLE = ("me", "amal@example.org", "office@example.org")
HOUR = 3600


@dataclass
class Zoom:
    """One account."""

    rooms: dict[int, dict[str, Any]] = field(default_factory=dict)
    given: dict[str, float] = field(default_factory=dict)
    last: int = 85_746_065_000

    async def token(self, request: web.Request) -> web.Response:
        scheme, _space, pair = request.headers.get("Authorization", "").partition(" ")
        try:
            said = base64.b64decode(pair).decode()
        except ValueError:
            said = ""
        if scheme != "Basic" or said != f"{CLIENT}:{SECRET}":
            body = {"reason": "Invalid client_id or client_secret", "error": "invalid_client"}
            return web.json_response(body, status=400)
        form = await request.post()
        if form.get("grant_type") != "account_credentials":
            body = {"reason": "unsupported grant type", "error": "unsupported_grant_type"}
            return web.json_response(body, status=400)
        if form.get("account_id") != ACCOUNT:
            return web.json_response({"reason": "Bad Request", "error": "invalid_request"}, status=400)
        token = secrets.token_urlsafe(32)
        self.given[token] = time.monotonic() + HOUR
        return web.json_response(
            {
                "access_token": token,
                "token_type": "bearer",
                "expires_in": HOUR - 1,
                "scope": "meeting:write:meeting:admin meeting:read:meeting:admin user:read:user:admin",
                "api_url": "https://api.zoom.us",
            }
        )

    async def answer(self, request: web.Request) -> web.Response:
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or self.given.get(token, 0.0) <= time.monotonic():
            return said(401, 124, "Invalid access token.")
        town = f"{request.scheme}://{request.host}"
        if "user" in request.match_info:
            return await self._of_user(request, request.match_info["user"], town)
        return await self._of_meeting(request, town)

    async def _of_user(self, request: web.Request, user: str, town: str) -> web.Response:
        if user not in PEOPLE:
            return said(404, 1001, f"User does not exist: {user}.")
        if request.method == "GET":
            return web.json_response(
                {"id": "KDcuGIm1QgePTO8WbOqwIQ", "email": user, "type": 2, "status": "active"}
            )
        body = await _json(request)
        if body.get("type") != 2 or not str(body.get("start_time", "")).endswith("Z"):
            return said(300, 300, "Validation Failed.")
        self.last += 1
        self.rooms[self.last] = {"host_email": user, **body}
        return web.json_response(self._written(self.last, town), status=201)

    async def _of_meeting(self, request: web.Request, town: str) -> web.Response:
        number = request.match_info["id"]
        if not number.isdigit() or int(number) not in self.rooms:
            return said(404, 3001, f"Meeting does not exist: {number}.")
        if request.method == "GET":
            return web.json_response(self._written(int(number), town))
        if request.method == "DELETE":
            del self.rooms[int(number)]
        else:
            self.rooms[int(number)] |= await _json(request)
        return web.Response(status=204)

    def _written(self, number: int, town: str) -> dict[str, Any]:
        room = self.rooms[number]
        return {
            "uuid": base64.b64encode(number.to_bytes(16)).decode(),
            "id": number,
            "host_id": "KDcuGIm1QgePTO8WbOqwIQ",
            "host_email": room["host_email"],
            "topic": room.get("topic", ""),
            "type": 2,
            "status": "waiting",
            "start_time": room["start_time"],
            "duration": room.get("duration", 60),
            "timezone": "Europe/London",
            "start_url": f"{town}/s/{number}?zak=practice-{secrets.token_hex(4)}",
            "join_url": f"{town}/j/{number}?pwd=practice",
            "password": "practice",
            "settings": room.get("settings", {}),
        }


def said(status: int, code: int, message: str) -> web.Response:
    """An error as Zoom words it."""
    return web.json_response({"code": code, "message": message}, status=400 if status == 300 else status)


async def _json(request: web.Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.read())
    except ValueError:
        raise web.HTTPBadRequest(text="no JSON") from None
    return body if isinstance(body, dict) else {}
