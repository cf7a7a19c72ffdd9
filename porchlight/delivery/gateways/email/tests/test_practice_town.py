"""Mail out and back through the practice town, whose mail server and providers speak the real wire formats."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
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
    Outgoing,
    RawRequest,
    Receipt,
    Refused,
    Status,
    Unclear,
)
from porchlight.delivery.gateways.email.adapter import gateway
from porchlight.delivery.gateways.email.tests.samples import FATHER, LOGIN
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.tests.table import Account
from practice.server import Running, serve
from practice.town import Settings

SCHOOL = "office@reply.maple-street.example.org"  # in the domain whose mail comes in, so that bounces arrive
REPLY = "reply@reply.maple-street.example.org"


@dataclass
class School:
    """A school with its mail in the town."""

    town: Running
    line: Http  # what the school sends with
    http: aiohttp.ClientSession
    account: Account = field(default_factory=Account)
    heard: list[InboundEvent] = field(default_factory=list)
    refused: int = 0
    stopped: list[str] = field(default_factory=list)
    site: str = ""

    async def hook(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        came = RawRequest(request.method, str(request.url), headers, await request.read())
        if not gateway.is_genuine(self.account, came):
            self.refused += 1
            return web.Response(status=403)
        self.heard += gateway.read(self.account, came)
        return web.Response()

    async def stop(self, request: web.Request) -> web.Response:
        self.stopped.append((await request.read()).decode())
        return web.Response()

    async def send(self, text: str = "School is closed.\n\nPlease answer.", **changes: Any) -> Any:
        given = {
            "reference": "k7mxq2p3n9rd", "to": FATHER, "text": text, "language": "en",
            "subject": "School is closed", "reply_to": REPLY.replace("@", "+k7mxq2p3n9rd@"),
            "sender_name": "Maple Street School", **changes,
        }  # fmt: skip
        return await gateway.send(self.line, self.account, Outgoing(**given))

    async def control(self, path: str, **body: Any) -> Any:
        async with self.http.post(f"{self.town.url}/control/{path}", json=body) as answer:
            told = await answer.json()
            assert answer.status == 200, told
            return told

    async def answers(self, **what: str) -> list[InboundEvent]:
        await self.control("phones/yousaf/answers/", channel="email", **what)
        return await self.settle()

    async def settle(self) -> list[InboundEvent]:
        assert await self.control("webhooks/settled/", within=10) == {"waiting": 0}
        told, self.heard[:] = list(self.heard), []
        return told

    async def inbox(self) -> list[dict[str, Any]]:
        async with self.http.get(f"{self.town.url}/control/phones/yousaf/messages/") as answer:
            return [line for line in await answer.json() if line["from_school"]]


@asynccontextmanager
async def school(provider: str) -> AsyncIterator[School]:
    settings = Settings(port=0, smtp_port=0, status_pause=0.0, retry_waits=(0.01,))
    async with serve(settings) as town, Http() as line, aiohttp.ClientSession() as http:
        found = School(town, line, http)
        app = web.Application()
        app.router.add_post("/hooks/k7/", found.hook)
        app.router.add_post("/stop/k7/", found.stop)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        found.site = f"http://127.0.0.1:{runner.addresses[0][1]}"
        login = f"{LOGIN.replace(' ', '%20')}@" if provider == "postmark" else ""
        try:
            theirs = await found.control(
                "accounts/", gateway="mail", name="school", provider=provider,
                callback=f"http://{login}127.0.0.1:{runner.addresses[0][1]}/hooks/k7/",
            )  # fmt: skip
            found.account = Account(
                {"host": "127.0.0.1", "port": str(town.smtp_port), "security": "plain", "provider": provider,
                 "reply_mailbox": REPLY},
                {"webhook_login": LOGIN} if provider == "postmark" else {"signing_key": theirs["signing_key"]},
                SCHOOL,
            )  # fmt: skip
            await found.control("phones/", id="yousaf", owner="Yousaf", mailbox=FATHER, channels=["email"])
            yield found
        finally:
            await gateway.close()
            await runner.cleanup()


def in_town(story: Callable[[School], Awaitable[None]], provider: str) -> None:
    async def run() -> None:
        async with school(provider) as found:
            await story(found)

    asyncio.run(run())


both = pytest.mark.parametrize("provider", ["postmark", "mailgun"])


@both
def test_a_mail_arrives_and_its_answer_comes_back_to_its_thread(provider):
    async def story(school: School) -> None:
        sent = await school.send("کل چھٹی ہے", language="ur")
        assert isinstance(sent, Accepted)
        [line] = await school.inbox()
        assert (line["text"], line["subject"]) == ("کل چھٹی ہے", "School is closed")
        [heard] = await school.answers(text="جی، ٹھیک ہے 👍\nشکریہ")
        assert isinstance(heard, Heard)
        assert heard.text == "جی، ٹھیک ہے 👍\nشکریہ"
        assert "> کل چھٹی ہے" in heard.full_text
        assert (heard.sender.mailbox, heard.sender.name) == (FATHER, "Yousaf")
        assert (heard.reply_token, heard.in_reply_to) == ("k7mxq2p3n9rd", sent.provider_id)
        assert (heard.verified, heard.automatic) == (True, False)

    in_town(story, provider)


@both
def test_a_vacation_note_is_heard_as_one(provider):
    async def story(school: School) -> None:
        await school.send()
        [note] = await school.answers(kind="auto_reply")
        assert isinstance(note, Heard)
        assert (note.automatic, note.reply_token) == (True, "k7mxq2p3n9rd")

    in_town(story, provider)


@both
def test_a_mail_that_comes_back_fails_its_delivery(provider):
    async def story(school: School) -> None:
        sent = await school.send()
        [receipt] = await school.answers(kind="bounce")
        assert isinstance(receipt, Receipt)
        assert (receipt.provider_id, receipt.reference) == (sent.provider_id, "k7mxq2p3n9rd")
        assert (receipt.status, receipt.refused.advice) == (Status.FAILED, Advice.BAD_ADDRESS)

    in_town(story, provider)


@both
def test_a_provider_that_repeats_itself_repeats_its_keys(provider):
    async def story(school: School) -> None:
        await school.send()
        await school.control("weather/mail/", repeat=3)
        heard = await school.answers(text="Yes")
        assert len(heard) == 3
        assert len({event.key for event in heard}) == 1

    in_town(story, provider)


@both
def test_a_stranger_with_another_secret_is_refused(provider):
    async def story(school: School) -> None:
        await school.send()
        secrets = dict.fromkeys(school.account.secrets, "another:long password")
        school.account = Account(school.account.settings, secrets, SCHOOL)
        assert await school.answers(text="Yes") == []
        assert school.refused

    in_town(story, provider)


def test_one_click_ends_the_mails():
    async def story(school: School) -> None:
        await school.send(unsubscribe_url=f"{school.site}/stop/k7/")
        assert await school.control("phones/yousaf/unsubscription/") == {"answer": 200}
        assert school.stopped == ["List-Unsubscribe=One-Click"]

    in_town(story, "postmark")


def test_a_mailbox_nobody_has_is_refused_at_once():
    async def story(school: School) -> None:
        refused = await school.send(to="nobody@home.example.com")
        assert (refused.advice, refused.code) == (Advice.BAD_ADDRESS, "recipient 550 5.1.1")

    in_town(story, "postmark")


@pytest.mark.parametrize(
    ("rude", "kind"),
    [
        ("500", Refused),
        ("429", Refused),
        ("reset", Unclear),
        ("taken-reset", Unclear),
        ("taken-502", Refused),
    ],
)
def test_bad_weather_is_told_apart(rude, kind):
    async def story(school: School) -> None:
        await school.control("weather/mail/", rude=rude, times=1)
        outcome = await school.send()
        assert isinstance(outcome, kind)
        if kind is Refused:
            assert outcome.advice in (Advice.RETRY, Advice.RETRY_LATE)
        assert isinstance(await school.send(), Accepted)

    in_town(story, "postmark")


def test_the_same_delivery_sent_twice_is_one_mail_to_mail_programs():
    async def story(school: School) -> None:
        await school.send()
        await school.send()
        first, second = await school.inbox()
        assert first["provider_id"] == second["provider_id"]

    in_town(story, "postmark")
