"""What a bot asks for, as the Bot API takes it: a query, JSON, a form or a form with a file; and what it refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from aiohttp import web
from yarl import URL

from practice.phones import Option

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
LONGEST_DATA = 64  # bytes behind a button
MOST_BUTTONS = 100


class Refused(Exception):
    """The request is answered with the Bot API's error JSON."""

    def __init__(self, status: int, description: str, parameters: Mapping[str, Any] | None = None) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, dict(parameters or {})

    def as_json(self) -> dict[str, Any]:
        said = {"ok": False, "error_code": self.status, "description": self.description}
        return said | ({"parameters": self.parameters} if self.parameters else {})


async def read(request: web.Request) -> dict[str, Any]:
    """The method's arguments, however they came. Raises Refused."""
    said: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.read() or b"{}")
        except ValueError:
            raise Refused(400, "Bad Request: can't parse JSON object") from None
        if not isinstance(body, dict):
            raise Refused(400, "Bad Request: object expected as the JSON body")
        return said | body
    if request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        said |= dict(await request.post())
    return said


def keyboard(markup: Any) -> list[Option]:
    """The buttons under a message. In a form they are JSON in a field. Raises Refused."""
    if isinstance(markup, str):
        try:
            markup = json.loads(markup)
        except ValueError:
            raise Refused(400, "Bad Request: can't parse reply keyboard markup JSON object") from None
    if markup is None:
        return []
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise Refused(400, "Bad Request: object expected as reply markup")
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise Refused(400, "Bad Request: reply markup is too long")
    return [_option(button) for button in buttons]


def _option(button: Any) -> Option:
    label = str(button.get("text") or "") if isinstance(button, dict) else ""
    data = button.get("callback_data") if isinstance(button, dict) else None
    if not label.strip():
        raise Refused(400, "Bad Request: inline keyboard button text can't be empty")
    if not isinstance(data, str) or not 0 < len(data.encode()) <= LONGEST_DATA:
        raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return Option(data, label)


def webhook_wish(said: Mapping[str, Any]) -> tuple[str, str, list[str]]:
    """Address, secret word and kinds of updates that setWebhook asks for. Raises Refused."""
    address, secret = str(said.get("url") or ""), str(said.get("secret_token") or "")
    url = URL(address)
    is_here = url.host == "127.0.0.1"  # the town's one exception: it lives on this machine
    if url.scheme != "https" and not is_here:
        raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    if secret and not SECRET.fullmatch(secret):
        raise Refused(400, "Bad Request: secret token contains unallowed characters")
    kinds = said.get("allowed_updates") or []
    return address, secret, [str(kind) for kind in kinds] if isinstance(kinds, list) else []
