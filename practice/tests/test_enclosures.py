"""Voice notes, pictures and documents from home, in the shapes and behind the locks of the real gateways."""

from __future__ import annotations

import base64
import http.client
import json
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest

import practice
from practice import Mistake
from practice.enclosures import made
from practice.tests.asking import ask, basic
from practice.tests.schema import check, whole
from practice.tests.shapes import shape, without

TOKEN, OTHERS = "Bearer practice-token-maple", "Bearer practice-token-oak"
NUMBER = "+447700900123"
LATER_FIELDS = ("from_user_id", "user_id", "parent_user_id", "context")


@pytest.fixture
def town(callback):
    with practice.town_in_thread(status_pause=0) as town:
        for name, gateway in (("maple", "whatsapp"), ("oak", "whatsapp")):
            town.register_account(
                gateway=gateway, name=name, phone_number_id=f"11223344{len(name)}", callback=callback.url
            )
        town.register_phone(id="yousaf", number=NUMBER, mailbox="y@example.org")
        yield town


def posted(town, callback):
    town.settle()
    return json.loads(callback.posts[-1].body)


def said(body):
    return body["entry"][0]["changes"][0]["value"]["messages"][0]


@dataclass
class Got:
    """An answer, its body as it came."""

    status: int
    body: bytes
    location: str

    def json(self):
        return json.loads(self.body)


def get(url: str, access: str = "") -> Got:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    headers = {"Authorization": access} if access else {}
    connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers=headers)
    answer = connection.getresponse()
    got = Got(answer.status, answer.read(), answer.getheader("Location", ""))
    connection.close()
    return got


def test_a_voice_note_lasts_as_long_as_asked():
    note = made("voice", 8).content
    assert note.startswith(b"OggS")
    end = int.from_bytes(note[note.rfind(b"OggS") + 6 :][:8], "little")
    assert (end - 312) / 48_000 == 8
    assert note.count(b"OggS") == 2 + 9


@pytest.mark.parametrize(("kind", "start"), [("picture", b"\x89PNG"), ("document", b"%PDF-1.4")])
def test_pictures_and_documents_are_what_they_say(kind, start):
    assert made(kind).content.startswith(start)


@pytest.mark.parametrize(
    "values", [{"kind": "song"}, {"kind": "voice", "seconds": 0}, {"kind": "voice", "seconds": 601}]
)
def test_what_cannot_come_along_is_said(values):
    with pytest.raises(Mistake):
        made(**values)


@pytest.mark.shared
@pytest.mark.parametrize(("enclose", "recorded"), [("voice", "voice"), ("document", "document")])
def test_on_whatsapp_it_has_the_recorded_shape(town, callback, shared, enclose, recorded):
    town.answer("yousaf", channel="whatsapp", enclose=enclose, text="caption")
    real = json.loads((shared / "standards/whatsapp-cloud/pywa/message.json").read_text())[recorded]
    assert shape(without(posted(town, callback), *LATER_FIELDS)) == shape(without(real, *LATER_FIELDS))


def test_whatsapp_gives_an_address_to_its_own_school_and_the_bytes_for_five_minutes(town, callback):
    town.answer("yousaf", channel="whatsapp", account="maple", enclose="voice")
    voice = said(posted(town, callback))["audio"]
    place = f"{town.url}/v25.0/{voice['id']}"
    assert get(place, OTHERS).status != 200
    told = get(place, TOKEN).json()
    assert told["sha256"] == base64.b64decode(voice["sha256"]).hex()
    assert get(told["url"]).status == 401
    got = get(told["url"], TOKEN)
    assert (got.status, len(got.body)) == (200, told["file_size"])
    town.call(lambda there: there.enclosures.open_for(voice["id"], -1))
    assert get(told["url"], TOKEN).status == 404


def test_twilio_leads_on_to_a_store_that_takes_no_access(town, callback):
    account = town.register_account(gateway="twilio", name="texts", callback=callback.url)
    town.answer("yousaf", channel="sms", account="texts", enclose="picture", text="look")
    town.settle()
    form = {name: values[0] for name, values in parse_qs(callback.posts[-1].body.decode()).items()}
    assert (form["NumMedia"], form["MediaContentType0"], form["Body"]) == ("1", "image/png", "look")
    assert get(form["MediaUrl0"]).status == 401
    access = basic(account.account_sid, account.auth_token)
    led = get(form["MediaUrl0"], access)
    assert led.status == 307
    store = led.location
    assert get(store, access).status == 403
    assert get(store).body.startswith(b"\x89PNG")


@pytest.mark.shared
def test_the_offices_phone_tells_of_a_picture_message_as_its_schema_says(town, callback, shared):
    account = town.register_account(gateway="office_phone", name="phone", callback=callback.url)
    town.answer("yousaf", channel="sms", account="phone", enclose="picture", text="look")
    event = posted(town, callback)
    book = json.loads((shared / "standards/sms-gateways/android-sms-gateway-swagger.json").read_text())
    check(event["payload"], whole({"$ref": "#/MmsDownloadedPayload"}, book), book)
    assert event["event"] == "mms:downloaded"
    [part] = event["payload"]["attachments"]
    place = f"{town.url}/inbox/{event['payload']['messageId']}/attachments/{part['partId']}"
    assert get(place).status == 401
    assert get(place, basic(account.username, account.password)).body.startswith(b"\x89PNG")


def test_the_offices_phone_rings_as_its_companion_app_tells_it(town, callback):
    town.register_account(gateway="office_phone", name="phone", callback=callback.url)
    town.answer("yousaf", channel="sms", account="phone", ring=True)
    event = posted(town, callback)
    assert (event["event"], event["payload"]) == ("call:ringing", {"phoneNumber": NUMBER})


def test_the_offices_phone_takes_no_address_for_calls(town):
    account = town.register_account(gateway="office_phone", name="phone")
    hook = {"event": "call:ringing", "url": "https://school.example.org/hooks/"}
    access = basic(account.username, account.password)
    status, _, _ = ask("POST", f"{town.url}/webhooks", hook, Authorization=access)
    assert status == 400


@pytest.mark.parametrize("provider", ["postmark", "mailgun"])
def test_a_document_comes_along_with_a_mail(town, callback, provider):
    town.register_account(gateway="mail", name="post", provider=provider, callback=callback.url)
    town.answer("yousaf", channel="email", to="reply@reply.maple-street.example.org", enclose="document")
    town.settle()
    body = callback.posts[-1].body
    if provider == "postmark":
        [part] = json.loads(body)["Attachments"]
        assert base64.b64decode(part["Content"]).startswith(b"%PDF")
    else:
        assert b'name="attachment-1"; filename="letter.pdf"' in body
        assert b"\r\n\r\n%PDF-1.4" in body
