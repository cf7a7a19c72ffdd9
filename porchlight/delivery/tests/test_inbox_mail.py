"""Mail that comes back: an answer finds its thread by its address, and nobody else's name opens one."""

from __future__ import annotations

import base64
import json

import pytest
import time_machine
from django.test import Client

from porchlight.delivery.inbox import listeners
from porchlight.delivery.inbox.listeners import HeardFrom
from porchlight.delivery.inbox.processing import process_waiting
from porchlight.delivery.models import Account, InboundEvent, WebhookRoute
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.delivery.tests.kit import on_both_databases
from porchlight.schools.models import School

pytestmark = on_both_databases

LOGIN = "porchlight:correct horse battery"
PROVEN, FORGED = "DKIM_SIGNED,DKIM_VALID,DKIM_VALID_AU", "SPF_FAIL"


@pytest.fixture
def mail(school: School) -> Account:
    return cast.account(
        school,
        "email",
        label="Mail",
        sender="office@maple-street.example.org",
        settings={
            "host": "127.0.0.1",
            "security": "plain",
            "provider": "postmark",
            "reply_mailbox": "reply@in.example.org",
        },
        secrets={"webhook_login": LOGIN},
    )


@pytest.fixture
def home(school: School, mail: Account) -> cast.Home:
    return cast.home(school, 1, channel="email", speaks="en", reads="en")


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[HeardFrom]:
    """What the rooms above are told, in their place."""
    told: list[HeardFrom] = []

    def listen(event: HeardFrom) -> str:
        told.append(event)
        return "heard"

    monkeypatch.setattr(listeners, "_heard", [listen])
    return told


def letter(
    text: str, *, sender: str, to: str = "office@maple-street.example.org", tests: str = PROVEN, **more
) -> bytes:
    headers = [{"Name": "X-Spam-Tests", "Value": tests}, {"Name": "Message-ID", "Value": "<1@home.example>"}]
    return json.dumps(
        {"FromFull": {"Email": sender, "Name": ""}, "ToFull": [{"Email": to, "Name": ""}], "TextBody": text,
         "Subject": "Re: school", "Headers": headers, **more}
    ).encode()  # fmt: skip


def receive(account: Account, body: bytes) -> int:
    proof = "Basic " + base64.b64encode(LOGIN.encode()).decode()
    path = WebhookRoute.objects.get(account=account).path
    with time_machine.travel(TUESDAY, tick=False):
        answer = Client().post(path, body, content_type="application/json", headers={"Authorization": proof})
        process_waiting()
    return answer.status_code


def test_an_answer_belongs_to_what_it_answers_whoever_its_program_says_wrote_it(school, mail, home, heard):
    delivery = cast.sent(school, home)
    to = f"reply+{delivery.reference}@in.example.org"
    assert (
        receive(mail, letter("Yes\n\n> Hamza painted", sender="yousaf.work@elsewhere.example", to=to)) == 200
    )
    assert [(event.address, event.heard.text) for event in heard] == [(home.address, "Yes")]


def test_a_new_mail_from_a_known_mailbox_is_the_familys(mail, home, heard):
    receive(mail, letter("Hamza is ill", sender=home.address.value))
    assert [(event.address, event.heard.text) for event in heard] == [(home.address, "Hamza is ill")]


def test_a_mail_its_own_domain_disowns_is_a_strangers(mail, home, heard):
    receive(mail, letter("Please change my number", sender=home.address.value, tests=FORGED))
    assert [(event.address, event.heard.text) for event in heard] == [(None, "Please change my number")]
    home.address.refresh_from_db()
    assert home.address.confirmed_at is None


def test_a_forged_stop_stops_nobody(mail, home, heard):
    receive(mail, letter("STOP", sender=home.address.value, tests=FORGED))
    home.address.refresh_from_db()
    assert home.address.opted_out_at is None
    assert [event.heard.text for event in heard] == ["STOP"]


def test_a_mail_with_a_photo_in_it_is_heard(mail, home, heard):
    photo = base64.b64encode(b"\xff\xd8" + b"x" * 4_000_000).decode()
    attached = [{"Name": "hamza.jpg", "ContentType": "image/jpeg", "Content": photo}]
    assert receive(mail, letter("His work", sender=home.address.value, Attachments=attached)) == 200
    [event] = heard
    assert [media.kind for media in event.heard.media] == ["image"]
    assert len(json.dumps(InboundEvent.objects.get().raw)) < 10_000


def test_a_mail_beyond_reason_is_refused(mail, home, heard):
    assert receive(mail, letter("x" * (20 * 1024 * 1024), sender=home.address.value)) == 403
    assert heard == []
