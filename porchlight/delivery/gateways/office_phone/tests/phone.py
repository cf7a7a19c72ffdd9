"""A pretend SMSGate app for these tests: answers on loopback in the wire format of its published API."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from porchlight.delivery.gateways.contract import Outcome, Outgoing, RawRequest
from porchlight.delivery.gateways.office_phone.adapter import gateway

KEY = "the phone's own key"


@dataclass
class Account:
    settings: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=lambda: {"password": "pass", "signing_key": KEY})
    sender: str = "+447700900003"


def account(base_url: str = "http://127.0.0.1:8080", **settings: str) -> Account:
    return Account({"base_url": base_url, "username": "office", "country": "GB", **settings})


def signed(event: object, *, key: str = KEY, age: float = 0, **changes: object) -> RawRequest:
    body = event if isinstance(event, bytes) else json.dumps(event).encode()
    stamp = str(int(time.time() - age))
    digest = hmac.new(key.encode(), body + stamp.encode(), hashlib.sha256).hexdigest()
    return RawRequest(
        method="POST",
        url="https://school.example.org/hooks/office_phone/abc/",
        headers={"content-type": "application/json", "x-timestamp": stamp, "x-signature": digest},
        body=body,
    )


def event(name: str, **payload: object) -> dict[str, object]:
    return {
        "id": "Ey6ECgOkVVFjz3CL48B8C",
        "webhookId": "LreFUt-Z3sSq0JufY9uWB",
        "deviceId": "ffffffffceb0b1db0000018e937c815b",
        "event": name,
        "payload": payload,
    }


def outgoing(**changes: object) -> Outgoing:
    return Outgoing(
        **{"reference": "k7mxq2", "to": "+447700900123", "text": "Hi", "language": "en", **changes}
    )


async def send_to(handler, message: Outgoing | None = None, **settings: str) -> Outcome:
    """Send one message to a phone that answers with `handler`."""
    app = web.Application()
    app.router.add_post("/messages", handler)
    async with TestServer(app) as server, aiohttp.ClientSession() as http:
        return await gateway.send(http, account(str(server.make_url("")), **settings), message or outgoing())
