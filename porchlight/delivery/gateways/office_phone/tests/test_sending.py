"""A text goes to the phone in SMSGate's wire format, and each of its answers has one meaning."""

import asyncio
import json

import aiohttp
import pytest
from aiohttp import web

from porchlight.delivery.gateways.contract import Accepted, Advice, Refused, Status, Unclear
from porchlight.delivery.gateways.office_phone.adapter import gateway
from porchlight.delivery.gateways.office_phone.tests.phone import account, outgoing, send_to


def answering(status: int, body: object = None, headers: dict[str, str] | None = None):
    async def handler(request: web.Request) -> web.Response:
        return web.json_response(body if body is not None else {}, status=status, headers=headers)

    return handler


def test_the_request_is_what_the_published_api_asks_for(shared):
    seen = {}

    async def handler(request: web.Request) -> web.Response:
        seen.update(await request.json())
        seen["_auth"] = request.headers["Authorization"]
        return web.json_response(
            {"id": seen["id"], "deviceId": "d", "state": "Pending", "recipients": []}, status=202
        )

    outcome = asyncio.run(send_to(handler, sim="2"))

    assert outcome == Accepted(provider_id="k7mxq2")
    assert seen.pop("_auth") == "Basic b2ZmaWNlOnBhc3M="
    assert seen == {
        "id": "k7mxq2",
        "phoneNumbers": ["+447700900123"],
        "textMessage": {"text": "Hi"},
        "withDeliveryReport": True,
        "ttl": 86400,
        "simNumber": 2,
    }
    schemas = json.loads((shared / "standards/sms-gateways/android-sms-gateway-swagger.json").read_text())
    assert set(seen) <= set(schemas["components"]["schemas"]["smsgateway.Message"]["properties"])


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (202, {"id": "k7mxq2", "state": "Sent"}, Accepted("k7mxq2", Status.SENT)),
        (201, {}, Accepted("k7mxq2")),
        (409, {"message": "exists"}, Accepted("k7mxq2")),
        (
            400,
            {"message": "Invalid phone number: +447700900123"},
            Refused(Advice.BAD_ADDRESS, "400", "Invalid phone number: [number]"),
        ),
        (400, {"message": "bad json"}, Refused(Advice.OUR_FAULT, "400", "bad json")),
        (401, {"message": "no"}, Refused(Advice.STAFF_MUST_ACT, "401", "no")),
        (404, {}, Refused(Advice.STAFF_MUST_ACT, "404", "{}")),
        (302, {}, Refused(Advice.STAFF_MUST_ACT, "302", "{}")),
        (418, {}, Refused(Advice.OUR_FAULT, "418", "{}")),
        (503, {"message": "Queue limits exceeded"}, Refused(Advice.RETRY, "503", "Queue limits exceeded")),
        (599, {}, Refused(Advice.RETRY, "599", "{}")),
    ],
)
def test_each_answer_of_the_phone_has_one_meaning(status, body, expected):
    headers = {"Location": "https://elsewhere.example.org/"} if status == 302 else None
    assert asyncio.run(send_to(answering(status, body, headers))) == expected


def test_a_pause_the_gateway_asks_for_is_kept():
    outcome = asyncio.run(send_to(answering(429, {"message": "slow"}, {"Retry-After": "17"})))
    assert outcome == Refused(Advice.RETRY, "429", "slow", 17.0)


def test_a_dropped_connection_after_the_request_is_unclear():
    async def handler(request: web.Request) -> web.Response:
        await request.read()
        request.transport.close()
        return web.Response()

    assert isinstance(asyncio.run(send_to(handler)), Unclear)


def test_a_phone_that_is_not_there_was_certainly_not_reached():
    async def send():
        async with aiohttp.ClientSession() as http:
            return await gateway.send(http, account("http://127.0.0.1:9"), outgoing())

    assert asyncio.run(send()) == Refused(Advice.RETRY, "unreachable", "ClientConnectorError")


def test_an_address_that_is_none_needs_the_office():
    async def send():
        async with aiohttp.ClientSession() as http:
            return await gateway.send(http, account("phone"), outgoing())

    outcome = asyncio.run(send())
    assert (outcome.advice, outcome.code) == (Advice.STAFF_MUST_ACT, "base_url")


def test_a_reference_the_phone_cannot_hold_is_our_fault():
    outcome = asyncio.run(send_to(answering(202), outgoing(reference="x" * 37)))
    assert (outcome.advice, outcome.code) == (Advice.OUR_FAULT, "reference")
