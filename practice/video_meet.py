"""Google Meet's API (v2): spaces, made by a service account that acts for a colleague."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from string import ascii_lowercase
from typing import Any

from aiohttp import web

from practice.translation_google import MEET_SCOPE, Tokens, status_error


@dataclass
class Meet:
    """One organisation's rooms."""

    tokens: Tokens
    rooms: dict[str, dict[str, Any]] = field(default_factory=dict)

    async def answer(self, request: web.Request) -> web.Response:
        if not self.tokens.knows(request.headers.get("Authorization", ""), MEET_SCOPE):
            return web.json_response(status_error(401, ""), status=401)
        if "space" in request.match_info:
            name = f"spaces/{request.match_info['space']}"
            if name not in self.rooms:
                return web.json_response(status_error(404, "Requested entity was not found."), status=404)
            error = status_error(400, "There is no active conference for the given space.")
            error["error"]["status"] = "FAILED_PRECONDITION"
            return web.json_response(error, status=400)
        try:
            body = json.loads(await request.read() or b"{}")
        except ValueError:
            return web.json_response(status_error(400, "Invalid JSON payload received."), status=400)
        return web.json_response(self._made(body.get("config", {}), f"{request.scheme}://{request.host}"))

    def _made(self, config: dict[str, Any], town: str) -> dict[str, Any]:
        name = f"spaces/{secrets.token_urlsafe(9).replace('-', 'x')}"
        code = "-".join(_letters(count) for count in (3, 4, 3))
        self.rooms[name] = {
            "name": name,
            "meetingUri": f"{town}/meet/{code}",
            "meetingCode": code,
            "config": {"accessType": "TRUSTED", "entryPointAccess": "ALL"} | config,
        }
        return self.rooms[name]


def _letters(count: int) -> str:
    return "".join(secrets.choice(ascii_lowercase) for _ in range(count))
