"""Every gateway speaks with the practice town, whose gateways speak the real wire formats on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from porchlight.delivery.gateways.contract import (
    Accepted,
    Advice,
    Heard,
    InboundEvent,
    MissedCall,
    Option,
    Outcome,
    Outgoing,
    RawRequest,
    Receipt,
    Refused,
    Status,
    Unclear,
)
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.tests.table import Account, Table
from porchlight.delivery.gateways.tests.test_contract import TABLES
from porchlight.delivery.inbox.listeners import shown
from practice.server import Running, serve
from practice.town import Settings

FATHER = {"id": "yousaf", "owner": "Yousaf", "number": "+447700900123", "telegram_id": "712345678"}
NEIGHBOURS = [table for table in TABLES if table.town]


def each(tables: list[Table]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("table", tables, ids=lambda table: table.gateway.name)


in_town = each(NEIGHBOURS)
with_reports = each([table for table in NEIGHBOURS if table.gateway.abilities.reports_delivered])
with_failures = each([table for table in NEIGHBOURS if table.gateway.abilities.reports_failed])
with_answers_alone = each([table for table in NEIGHBOURS if not table.gateway.abilities.reports_failed])
with_calls = each([table for table in NEIGHBOURS if table.gateway.abilities.missed_calls])
with_options = each([table for table in NEIGHBOURS if table.gateway.abilities.options])


@dataclass
class School:
    """A school in the town: its account, its webhook, and what it heard."""

    table: Table
    town: Running
    line: Http  # what the school sends with
    http: aiohttp.ClientSession
    account: Account = field(default_factory=Account)
    heard: list[InboundEvent] = field(default_factory=list)

    async def hook(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        came = RawRequest(request.method, str(request.url), headers, await request.read())
        if request.method == "GET":
            greeting = self.table.gateway.greet(self.account, came)
            return web.Response(text=greeting.body) if greeting else web.Response(status=403)
        if not self.table.gateway.is_genuine(self.account, came):
            return web.Response(status=403)
        self.heard += self.table.gateway.read(self.account, came)
        return web.Response()

    async def send(
        self, text: str, *, reference: str = "k7mxq2", options: tuple[Option, ...] = ()
    ) -> Outcome:
        to = self.table.town.father
        outgoing = Outgoing(reference, to, text, "en", options=options, to_is_user_id=not to.startswith("+"))
        return await self.table.gateway.send(self.line, self.account, outgoing)

    async def control(self, path: str, **body: Any) -> Any:
        async with self.http.post(f"{self.town.url}/control/{path}", json=body) as answer:
            told = await answer.json()
            assert answer.status == 200, told
            return told

    async def says(self, **what: str) -> None:
        await self.control("phones/yousaf/answers/", channel=self.table.gateway.channel, **what)
        await self.settle()

    async def weather(self, **how: Any) -> None:
        await self.control(f"weather/{self.table.town.registers['gateway']}/", **how)

    async def settle(self) -> list[InboundEvent]:
        """Wait until the town has nothing more to say; what it said since the last time, and forget it."""
        assert await self.control("webhooks/settled/", within=10) == {"waiting": 0}
        told, self.heard[:] = list(self.heard), []
        return told

    async def phone(self) -> list[dict[str, Any]]:
        async with self.http.get(f"{self.town.url}/control/phones/yousaf/messages/") as answer:
            return [line for line in await answer.json() if line["from_school"] and not line["from_network"]]


@asynccontextmanager
async def school_of(table: Table) -> AsyncIterator[School]:
    """The town with this school in it; the father has just written, so that free text may be answered."""
    settings = Settings(port=0, smtp_port=None, status_pause=0.0, retry_waits=(0.01,))
    async with serve(settings) as town, Http() as line, aiohttp.ClientSession() as http:
        school = School(table, town, line, http)
        app = web.Application()
        app.router.add_route("*", "/hooks/k7/", school.hook)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        webhook = f"http://127.0.0.1:{runner.addresses[0][1]}/hooks/k7/"
        try:
            theirs = await school.control("accounts/", **table.town.registers, callback=webhook)
            school.account = table.town.account(theirs, town.url, webhook)
            await school.control("phones/", **FATHER)
            await school.says(text="Salaam")
            yield school
        finally:
            await runner.cleanup()


def in_school(table: Table, story: Any) -> Any:
    async def run() -> Any:
        async with school_of(table) as school:
            return await story(school)

    return asyncio.run(run())


@in_town
def test_a_message_reaches_the_phone(table):
    async def story(school: School) -> None:
        outcome = await school.send("Kal school band hai — کل")
        assert isinstance(outcome, Accepted)
        [line] = await school.phone()
        assert line["text"] == "Kal school band hai — کل"
        assert line["provider_id"] == outcome.provider_id

    in_school(table, story)


@with_reports
def test_receipts_name_our_reference_and_whom_it_reached(table):
    async def story(school: School) -> None:
        outcome = await school.send("Kal school band hai — کل")
        receipts = [event for event in await school.settle() if isinstance(event, Receipt)]
        assert receipts[-1].status == Status.DELIVERED
        ours = "k7mxq2" if table.gateway.abilities.echoes_reference else ""
        assert {(one.provider_id, one.reference) for one in receipts} == {(outcome.provider_id, ours)}
        assert {shown(one.sender) for one in receipts} == {table.town.father}

    in_school(table, story)


@in_town
def test_what_the_family_writes_is_heard_with_its_sender(table):
    async def story(school: School) -> None:
        await school.control("phones/yousaf/answers/", channel=table.gateway.channel, text="جی، ٹھیک ہے 👍")
        [heard] = await school.settle()
        assert isinstance(heard, Heard)
        assert (heard.text, shown(heard.sender)) == ("جی، ٹھیک ہے 👍", table.town.father)

    in_school(table, story)


@with_options
@pytest.mark.parametrize("count", [2, 3, 7, 10])
def test_a_pressed_option_comes_back_with_its_key(table, count):
    options = tuple(Option(f"ask:{n}", f"Day {n} of the long school week") for n in range(count))

    async def story(school: School) -> None:
        sent = await school.send("Which day?", options=options)
        assert isinstance(sent, Accepted), sent
        await school.settle()
        [line] = await school.phone()
        for place in (0, -1):
            option, shown_as = options[place], line["options"][place]["key"]
            await school.control("phones/yousaf/answers/", channel=table.gateway.channel, choice=shown_as)
            [heard] = [event for event in await school.settle() if isinstance(event, Heard)]
            assert (heard.choice, heard.in_reply_to) == (option.key, sent.provider_id)

    in_school(table, story)


@in_town
@pytest.mark.parametrize("rude", ["taken-reset", "taken-502"])
def test_an_unclear_sending_is_resolved_by_the_reference_in_its_status(table, rude):
    async def story(school: School) -> None:
        await school.weather(rude=rude, times=1)
        assert isinstance(await school.send("Did this arrive?", reference="lost1"), Unclear)
        receipts = [event for event in await school.settle() if isinstance(event, Receipt)]
        assert len(await school.phone()) == 1, "sent again by itself"
        if table.gateway.abilities.echoes_reference:
            assert {one.reference for one in receipts} == {"lost1"}

    in_school(table, story)


@in_town
@pytest.mark.parametrize(("rude", "pause"), [("429", 1.0), ("500", None)])
def test_a_busy_gateway_is_tried_again(table, rude, pause):
    async def story(school: School) -> None:
        await school.weather(rude=rude)
        refused = await school.send("Hello")
        assert isinstance(refused, Refused)
        assert (refused.advice, refused.retry_after) == (Advice.RETRY, pause)
        assert await school.phone() == []

    in_school(table, story)


@with_answers_alone
def test_a_message_that_fails_says_why_at_once(table):
    code, advice = table.town.failing

    async def story(school: School) -> None:
        await school.weather(fail_code=code)
        refused = await school.send("Hello")
        assert (type(refused), refused.code, refused.advice) == (Refused, code, advice)
        assert await school.phone() == []

    in_school(table, story)


@with_failures
def test_a_message_that_fails_later_says_why(table):
    code, advice = table.town.failing

    async def story(school: School) -> None:
        await school.weather(fail_code=code)
        taken = await school.send("Hello")
        assert isinstance(taken, Accepted)
        failed = (await school.settle())[-1]
        assert (failed.status, failed.provider_id) == (Status.FAILED, taken.provider_id)
        assert failed.refused.advice == advice
        assert failed.refused.code in code or code in failed.refused.code.split()

    in_school(table, story)


@with_calls
def test_a_ring_means_please_ring_me(table):
    async def story(school: School) -> None:
        await school.control("phones/yousaf/answers/", channel=table.gateway.channel, ring=True)
        calls = [event for event in await school.settle() if isinstance(event, MissedCall)]
        assert [call.sender.number for call in calls] == [FATHER["number"]]

    in_school(table, story)


@in_town
def test_a_gateway_that_repeats_itself_repeats_its_keys(table):
    async def story(school: School) -> None:
        await school.weather(repeat=3, shuffled=True)
        await school.send("Hello")
        await school.control("phones/yousaf/answers/", channel=table.gateway.channel, text="Good")
        await school.control("clock/", by_seconds=1)  # no phone sends the same words twice at one instant
        await school.control("phones/yousaf/answers/", channel=table.gateway.channel, text="Good")
        keys = [event.key for event in await school.settle()]
        assert len(keys) == 3 * len(set(keys)) > 3

    in_school(table, story)


@in_town
def test_with_a_wrong_secret_nothing_goes_out_and_nothing_comes_in(table):
    async def story(school: School) -> None:
        school.account = Account(
            school.account.settings, dict.fromkeys(school.account.secrets, "wrong"), school.account.sender
        )
        refused = await school.send("Hello")
        assert (type(refused), refused.advice) == (Refused, Advice.STAFF_MUST_ACT)
        await school.control("phones/yousaf/answers/", channel=table.gateway.channel, text="Hello?")
        assert await school.settle() == []

    in_school(table, story)
