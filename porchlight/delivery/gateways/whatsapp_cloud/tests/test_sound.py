"""A recording goes to WhatsApp as the real interface wants it: an upload first, then a message that names its id."""

from __future__ import annotations

import asyncio
import json

import pytest

from porchlight.delivery.gateways.contract import Accepted, Advice, Outgoing, Refused
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.sound import Sound
from porchlight.delivery.gateways.tests.loopback import RESET, Loopback
from porchlight.delivery.gateways.tests.table import Account
from porchlight.delivery.gateways.tests.test_practice_town import FATHER, School, in_school
from porchlight.delivery.gateways.whatsapp_cloud.adapter import WhatsAppCloud
from porchlight.delivery.gateways.whatsapp_cloud.tests.contract_cases import TABLE
from practice.enclosures import voice_note


def spoken(content: bytes, mime_type: str = "audio/ogg") -> Outgoing:
    sound = Sound(mime_type, "voice.ogg", lambda: content)
    return Outgoing("k7mxq2", FATHER["number"], "Ms Amal has sent you a voice message.", "en", sound=sound)


def test_it_is_on_the_phone_and_can_be_played() -> None:
    note = voice_note(3)

    async def story(school: School) -> None:
        outcome = await school.table.gateway.send(school.line, school.account, spoken(note))
        assert isinstance(outcome, Accepted)
        [line] = await school.phone()
        assert (line["text"], line["enclosed"]) == ("", "AUD-20261006-WA0003.ogg")
        async with school.http.get(f"{school.town.url}/phones/yousaf/sounds/{line['sound']}") as answer:
            assert await answer.read() == note

    in_school(TABLE, story)


@pytest.mark.parametrize(
    ("content", "kind"), [(b"no sound at all", "audio/ogg"), (b"", "audio/ogg"), (b"x", "image/png")]
)
def test_what_meta_does_not_take_reaches_nobody(content: bytes, kind: str) -> None:
    async def story(school: School) -> None:
        outcome = await school.table.gateway.send(school.line, school.account, spoken(content, kind))
        assert isinstance(outcome, Refused)
        assert outcome.code == "131053"
        assert await school.phone() == []

    in_school(TABLE, story)


def test_another_accounts_recording_is_refused_by_the_town() -> None:
    async def story(school: School) -> None:
        message = {
            "messaging_product": "whatsapp", "to": FATHER["number"], "type": "audio", "audio": {"id": "123456"},
        }  # fmt: skip
        path = f"{school.account.settings['base_url']}/v23.0/{school.account.settings['phone_number_id']}/messages"
        token = {"Authorization": f"Bearer {school.account.secrets['access_token']}"}
        async with school.http.post(path, json=message, headers=token) as answer:
            assert answer.status == 400
        assert await school.phone() == []

    in_school(TABLE, story)


def through(server: Loopback, outgoing: Outgoing) -> object:
    async def run() -> object:
        async with server, Http() as http:
            account = Account(
                settings={"base_url": server.base_url, "phone_number_id": "77"}, secrets={"access_token": "t"}
            )
            return await WhatsAppCloud().send(http, account, outgoing)

    return asyncio.run(run())


def test_the_two_requests_as_they_leave() -> None:
    server = Loopback(body=json.dumps({"id": "998877", "messages": [{"id": "wamid.x"}]}).encode())
    assert through(server, spoken(b"OggS")) == Accepted("wamid.x")
    upload, message = server.received
    assert [upload.path, message.path] == ["/v25.0/77/media", "/v25.0/77/messages"]
    assert upload.headers["Content-Type"].startswith("multipart/form-data; boundary=")
    for part in (
        b'name="messaging_product"\r\n\r\nwhatsapp',
        b'name="type"\r\n\r\naudio/ogg; codecs=opus',
        b"OggS",
    ):
        assert part in upload.body
    assert json.loads(message.body) == {
        "messaging_product": "whatsapp", "recipient_type": "individual", "to": FATHER["number"],
        "type": "audio", "audio": {"id": "998877"}, "biz_opaque_callback_data": "k7mxq2",
    }  # fmt: skip


def test_an_upload_that_broke_off_is_tried_again_since_nobody_has_heard_it() -> None:
    outcome = through(Loopback(manner=RESET), spoken(b"OggS"))
    assert isinstance(outcome, Refused)
    assert outcome.advice is Advice.RETRY


def test_a_recording_the_store_has_lost_is_our_fault_and_nothing_leaves() -> None:
    def lost() -> bytes:
        raise FileNotFoundError

    server = Loopback()
    outgoing = Outgoing("k7mxq2", FATHER["number"], "x", "en", sound=Sound("audio/ogg", "voice.ogg", lost))
    outcome = through(server, outgoing)
    assert isinstance(outcome, Refused)
    assert (outcome.advice, server.received) == (Advice.OUR_FAULT, [])
