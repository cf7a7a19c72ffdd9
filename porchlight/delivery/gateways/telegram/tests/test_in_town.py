"""What only Telegram does in the practice town: its webhook is set by us, a button waits for our answer, files by id."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from io import BytesIO

import pytest
from aiohttp import web

from porchlight.delivery.gateways.contract import (
    Accepted,
    AddressFailed,
    Advice,
    Heard,
    Option,
    Outgoing,
    Refused,
)
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.sound import Along, Sound
from porchlight.delivery.gateways.telegram.adapter import gateway
from porchlight.delivery.gateways.telegram.proof import word_of
from porchlight.delivery.gateways.telegram.tests.contract_cases import FATHER, TABLE, TOKEN, account
from porchlight.delivery.gateways.tests.loopback import Loopback
from porchlight.delivery.gateways.tests.test_practice_town import School, in_school

HOOK = "https://school.example.org/hooks/telegram/k7mxq2/"


def test_one_keeping_of_the_settings_sets_the_webhook_and_its_word():
    async def story(school: School) -> None:
        there = school.town.town.accounts["school"]
        there.callback = there.secret_token = ""
        assert await gateway.connect(school.line, school.account, "http://127.0.0.1:9/hooks/") == []
        assert (there.callback, there.secret_token) == ("http://127.0.0.1:9/hooks/", word_of(TOKEN))
        assert there.allowed_updates == ["message", "edited_message", "callback_query", "my_chat_member"]
        other = replace(school.account, sender="@oak_road_bot")
        [problem] = await gateway.connect(school.line, other, HOOK)
        assert problem.startswith("This token belongs to @maple_street_bot.")
        strange = replace(school.account, secrets={"bot_token": TOKEN[:-1] + "x"})
        [problem] = await gateway.connect(school.line, strange, HOOK)
        assert problem.startswith("Telegram does not know this bot token.")
        [problem] = await gateway.connect(school.line, school.account, "http://school.example.org/")
        assert problem.startswith("Telegram reports to an https address only.")

    in_school(TABLE, story)


def test_a_pressed_button_stops_waiting_by_the_answer_to_its_webhook():
    async def story(school: School) -> None:
        async def hook(request: web.Request) -> web.Response:
            came = replace(TABLE.request(await request.read()), headers={})
            return web.Response(body=gateway.acknowledge(came), content_type="application/json")

        await school.send("Will you come?", options=(Option("1", "Yes"), Option("2", "No")))
        waiting = school.town.gateways.telegram.pressed
        await school.says(choice="Yes")
        assert len(waiting) == 1, "our pretend school said nothing back, and the button waits"
        waiting.clear()
        runner = web.AppRunner(app := web.Application())
        app.router.add_route("*", "/", hook)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        school.town.town.accounts["school"].callback = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        await school.says(choice="No")
        await runner.cleanup()
        assert waiting == {}

    in_school(TABLE, story)


def test_what_comes_along_is_fetched_by_its_id_and_what_goes_along_arrives():
    async def story(school: School) -> None:
        for enclose, start in (("voice", b"OggS"), ("picture", b"\x89PNG"), ("document", b"%PDF")):
            await school.control("phones/yousaf/answers/", channel="telegram", enclose=enclose)
            [heard] = await school.settle()
            into = BytesIO()
            await gateway.fetch(school.line, school.account, heard.media[0], into, 10_000_000)
            assert into.getvalue().startswith(start)
        note = Sound("audio/ogg", "note.ogg", lambda: b"OggS")
        photo = Along("image/jpeg", "mill.jpg", lambda: b"JPEG")
        for more in ({"sound": note}, {"along": photo}):
            out = Outgoing("k7mxq2", FATHER, "The mill", "en", to_is_user_id=True, **more)
            assert isinstance(await gateway.send(school.line, school.account, out), Accepted)
        shown = [(line["text"], line["enclosed"]) for line in await school.phone()]
        assert shown == [("", "voice.ogg"), ("The mill", "picture.jpg")]

    in_school(TABLE, story)


def test_blocking_is_told_and_kept_and_start_lets_the_bot_in_again():
    async def story(school: School) -> None:
        await school.control("phones/yousaf/answers/", channel="telegram", block="1")
        [blocked] = await school.settle()
        assert isinstance(blocked, AddressFailed)
        assert (blocked.advice, blocked.sender.user_id) == (Advice.OPTED_OUT, FATHER)
        refused = await school.send("Hello")
        assert isinstance(refused, Refused)
        assert (refused.code, refused.advice) == ("blocked", Advice.OPTED_OUT)
        await school.control("phones/yousaf/answers/", channel="telegram", start="482173906512")
        heard = [one for one in await school.settle() if isinstance(one, Heard)]
        assert [(one.text, one.begins) for one in heard] == [("Hello 482173906512", True)]
        assert isinstance(await school.send("Hello"), Accepted)

    in_school(TABLE, story)


def test_nobody_who_has_not_begun_can_be_written_to():
    async def story(school: School) -> None:
        await school.control("phones/", id="sara", owner="Sara", telegram_id="700000001")
        out = Outgoing("k7mxq2", "700000001", "Hello", "en", to_is_user_id=True)
        refused = await gateway.send(school.line, school.account, out)
        assert isinstance(refused, Refused)
        assert (refused.code, refused.advice) == ("chat_not_found", Advice.BAD_ADDRESS)

    in_school(TABLE, story)


@pytest.mark.parametrize(
    ("wrong", "begins"),
    [
        ({"secrets": {"bot_token": "12:short"}}, "The bot token is missing, or is not"),
        ({"sender": "+447700900001"}, "What families see must be the bot's name"),
        ({"settings": {"base_url": "http://api.telegram.org"}}, "The base address must start with https"),
    ],
)
def test_a_wrong_setting_is_named(wrong, begins):
    [problem] = gateway.problems(replace(account("https://api.telegram.org"), **wrong))
    assert problem.startswith(begins)


@pytest.mark.parametrize("path", ["../../etc/passwd", "/var/lib/file.oga", "voice/../x", "https://x/y", ""])
def test_a_path_that_leads_elsewhere_is_not_followed(path):
    async def run():
        async with Loopback() as server, Http() as http:
            server.answer_at(
                f"/bot{TOKEN}/getFile", f'{{"ok": true, "result": {{"file_path": "{path}"}}}}'.encode()
            )
            found = await gateway.fetch(http, account(server.base_url), TABLE.brings.media(""), BytesIO(), 99)
            return found.code, len(server.received)

    assert asyncio.run(run()) == ("media_elsewhere", 1)


def test_a_file_that_the_store_has_lost_never_leaves_half():
    def lost() -> bytes:
        raise FileNotFoundError

    async def run():
        async with Loopback() as server, Http() as http:
            note = Sound("audio/ogg", "note.ogg", lost)
            out = Outgoing("k7mxq2", FATHER, "Words", "en", to_is_user_id=True, sound=note)
            outcome = await gateway.send(http, account(server.base_url), out)
            return outcome.code, server.received

    assert asyncio.run(run()) == ("sound_lost", [])
