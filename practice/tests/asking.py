"""Plain requests to the town, as any client would make them."""

from __future__ import annotations

import base64
import http.client
import json
from typing import Any
from urllib.parse import urlencode, urlsplit


def ask(
    method: str, url: str, body: Any = None, *, form: dict[str, str] | None = None, **headers: str
) -> tuple[int, Any, dict[str, str]]:
    """(status, decoded body, headers with lower-cased names). `headers` take _ for -."""
    parts = urlsplit(url)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    raw = None
    if form is not None:
        raw, sent["Content-Type"] = urlencode(form).encode(), "application/x-www-form-urlencoded"
    elif body is not None:
        raw, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    try:
        connection.request(method, parts.path + (f"?{parts.query}" if parts.query else ""), raw, sent)
        answer = connection.getresponse()
        text = answer.read().decode()
        named = {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()
    is_json = "json" in named.get("content-type", "")
    return answer.status, json.loads(text) if is_json and text else text, named


def basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()
