"""One press tells the phone where to report, and what keeps it from doing so is said with its remedy."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import aiohttp
import pytest

from porchlight.delivery.gateways import wire
from porchlight.delivery.gateways.http import Http, Patience
from porchlight.delivery.gateways.office_phone.adapter import gateway
from porchlight.delivery.gateways.office_phone.tests.contract_cases import account
from porchlight.delivery.gateways.tests.loopback import SILENT, Loopback, nobody_listens
from practice.server import serve
from practice.town import Settings

HOOK = "https://school.example.org/hooks/office_phone/k7mxq2/"


def connect(server: Loopback, hook: str = HOOK, path: str = "") -> list[str]:
    async def run() -> list[str]:
        async with server, Http() as http:
            return await gateway.connect(http, account(server.base_url + path), hook)

    return asyncio.run(run())


@pytest.mark.parametrize("path", ["", "/3rdparty/v1", "/api/"])
def test_the_phone_is_told_of_every_event_it_can_report(path):
    server = Loopback(status=201)
    assert connect(server, path=path) == []
    told = [json.loads(request.body) for request in server.received]
    assert [one["event"] for one in told] == [
        "sms:received",
        "sms:sent",
        "sms:delivered",
        "sms:failed",
        "mms:downloaded",
    ]
    assert {one["url"] for one in told} == {HOOK}
    assert {request.path for request in server.received} == {f"{path.rstrip('/')}/webhooks"}
    assert all(len(one["id"]) <= 36 for one in told)


def test_doing_it_again_replaces_what_is_there():
    async def run() -> int:
        async with (
            serve(Settings(port=0, smtp_port=None)) as town,
            Http() as line,
            aiohttp.ClientSession() as http,
        ):
            async with http.post(
                f"{town.url}/control/accounts/", json={"gateway": "office_phone", "name": "school"}
            ) as made:
                theirs = await made.json()
            school = account(town.url)
            school = replace(
                school,
                settings={**school.settings, "username": theirs["username"]},
                secrets={**school.secrets, "password": theirs["password"]},
            )
            for _ in range(2):
                assert await gateway.connect(line, school, "http://127.0.0.1:1/hooks/") == []
            auth = aiohttp.encode_basic_auth(theirs["username"], theirs["password"])
            async with http.get(f"{town.url}/webhooks", headers={"Authorization": auth}) as answer:
                return len(await answer.json())

    assert asyncio.run(run()) == 5


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "user name and password"), (404, "there is no SMSGate"), (500, "(HTTP 500)"), (307, "(HTTP 307)")],
)
def test_a_refusal_is_said_with_its_remedy(status, words):
    [problem] = connect(Loopback(status=status, headers={"Location": "https://elsewhere.example.org/"}))
    assert words in problem


def test_a_phone_that_does_not_answer_is_said_to_be_so(monkeypatch):
    monkeypatch.setattr(wire, "TIMEOUT", Patience(total=0.2))
    [problem] = connect(Loopback(manner=SILENT))
    assert "did not answer in time" in problem


def test_a_phone_that_is_not_there_is_said_to_be_so():
    async def run() -> list[str]:
        async with Http() as http:
            return await gateway.connect(http, account(await nobody_listens()), HOOK)

    [problem] = asyncio.run(run())
    assert "could not be reached" in problem


def test_settings_are_mended_first():
    async def run() -> list[str]:
        async with Http() as http:
            return await gateway.connect(http, replace(account("https://x.example.org"), secrets={}), HOOK)

    assert len(asyncio.run(run())) == 2


def test_a_phone_cannot_report_to_an_address_in_the_open():
    server = Loopback()
    [problem] = connect(server, "http://school.example.org/hooks/")
    assert "https" in problem
    assert server.received == []
