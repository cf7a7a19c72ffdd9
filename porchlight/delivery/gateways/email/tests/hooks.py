"""Providers' webhooks as they post them, built here from published payloads or from a mail."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from porchlight.delivery.gateways.contract import RawRequest
from porchlight.delivery.gateways.email.tests.samples import KEY, LOGIN

URL = "https://school.example.org/hooks/email/k7mxq2/"


def published(shared: Path, name: str, test: str | None = None) -> Any:
    """A payload of Anymail's corpus; nested `__json__` values become JSON text, as providers send them."""
    found = json.loads((shared / "standards/email-inbound/anymail" / name).read_text())
    if test is not None:
        found = next(case["payload"] for case in found if case["test"] == test)
    return _unwrapped(found)


def _unwrapped(value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {"__json__"}:
            return json.dumps(_unwrapped(value["__json__"]))
        return {key: _unwrapped(inner) for key, inner in value.items()}
    return [_unwrapped(inner) for inner in value] if isinstance(value, list) else value


def as_json(payload: Any, *, login: str = LOGIN) -> RawRequest:
    """Postmark, Mailjet, Brevo; Mailgun's statuses."""
    return RawRequest(
        "POST", URL, {"content-type": "application/json", **basic(login)}, json.dumps(payload).encode()
    )


def as_form(fields: dict[str, str], *, login: str = "") -> RawRequest:
    """Mandrill, and Mailgun without attachments."""
    headers = {"content-type": "application/x-www-form-urlencoded", **basic(login)}
    return RawRequest("POST", URL, headers, urlencode(fields).encode())


def as_multipart(fields: dict[str, str], files: dict[str, tuple[str, str, bytes]]) -> RawRequest:
    """Mailgun with attachments: `files` maps a field to name, type and bytes."""
    pieces = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value.encode() + b"\r\n"
        for name, value in fields.items()
    ]
    for name, (filename, kind, content) in files.items():
        head = f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\nContent-Type: {kind}\r\n\r\n'
        pieces.append(head.encode() + content + b"\r\n")
    return RawRequest(
        "POST", URL, {"content-type": "multipart/form-data; boundary=x"}, b"".join([*pieces, b"--x--\r\n"])
    )


def basic(login: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(login.encode()).decode()} if login else {}


def mailgun_signed(fields: dict[str, str], *, key: str = KEY, age: float = 0) -> dict[str, str]:
    """The fields with a fresh signature, as Mailgun makes it."""
    stamp, token = str(int(time.time() - age)), fields.get("token") or "t" * 50
    return {**fields, "timestamp": stamp, "token": token, "signature": _mailgun(key, stamp, token)}


def mailgun_status(payload: dict[str, Any], *, key: str = KEY, age: float = 0) -> dict[str, Any]:
    stamp, token = str(int(time.time() - age)), "s" * 50
    return {
        **payload,
        "signature": {"timestamp": stamp, "token": token, "signature": _mailgun(key, stamp, token)},
    }


def _mailgun(key: str, stamp: str, token: str) -> str:
    return hmac.new(key.encode(), (stamp + token).encode(), hashlib.sha256).hexdigest()


def mandrill(payload: Any, *, key: str = KEY) -> RawRequest:
    """Mandrill's form with its signature over address and fields."""
    request = as_form({"mandrill_events": json.dumps(payload)})
    signed = URL + "mandrill_events" + json.dumps(payload)
    signature = base64.b64encode(hmac.new(key.encode(), signed.encode(), hashlib.sha1).digest()).decode()
    return RawRequest("POST", URL, {**request.headers, "x-mandrill-signature": signature}, request.body)


def postmark_raw(mail: bytes | str, **more: Any) -> RawRequest:
    """Postmark with "include raw email": the whole mail as it came."""
    text = mail.decode("utf-8") if isinstance(mail, bytes) else mail
    return as_json(
        {
            "FromFull": {"Email": "x@example.org"},
            "RawEmail": text.replace("\n", "\r\n"),
            "MessageID": "uuid-1",
            **more,
        }
    )
