"""What comes along inside a mail is kept when the mail comes, and never written into the event."""

from __future__ import annotations

import base64
import json

import pytest
from django.test import Client

from porchlight.delivery.fetching import fetch_due
from porchlight.delivery.gateways.contract import Heard, Media, Sender
from porchlight.delivery.inbox import listeners
from porchlight.delivery.inbox.wording import written
from porchlight.delivery.models import InboundEvent, WebhookRoute
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.hooks import path_of, process
from porchlight.delivery.tests.kit import network, on_both_databases
from porchlight.files.keeping import opened
from porchlight.files.models import StoredFile
from practice.enclosures import Enclosure, made

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def heard(monkeypatch) -> list:
    """What the rooms above are told, in their place."""
    told: list = []
    monkeypatch.setattr(listeners, "_heard", [lambda event: told.append(event) or "heard"])
    return told


def content_of(file: StoredFile) -> bytes:
    with opened(file) as kept:
        return kept.read()


LOGIN = "porchlight:correct horse battery"
LETTER = {
    "FromFull": {"Email": "family1@example.org", "Name": ""},
    "ToFull": [{"Email": "office@maple-street.example.org", "Name": ""}],
    "TextBody": "Here it is",
    "Headers": [
        {"Name": "X-Spam-Tests", "Value": "DKIM_SIGNED,DKIM_VALID,DKIM_VALID_AU"},
        {"Name": "Message-ID", "Value": "<1@home.example>"},
    ],
}


@pytest.fixture
def mail(school, heard):
    cast.home(school, channel="email")
    return cast.account(
        school,
        "email",
        sender="office@maple-street.example.org",
        settings={
            "host": "127.0.0.1",
            "security": "plain",
            "provider": "postmark",
            "reply_mailbox": "r@in.example.org",
        },
        secrets={"webhook_login": LOGIN},
    )


def mails(account, *enclosed: Enclosure, headers: tuple = ()) -> int:
    parts = [
        {"Name": one.name, "ContentType": one.mime_type, "Content": base64.b64encode(one.content).decode()}
        for one in enclosed
    ]
    letter = {**LETTER, "Headers": [*LETTER["Headers"], *headers], "Attachments": parts}
    proof = "Basic " + base64.b64encode(LOGIN.encode()).decode()
    answer = Client().post(
        path_of(account),
        json.dumps(letter),
        content_type="application/json",
        headers={"Authorization": proof},
    )
    return answer.status_code


@on_both_databases
def test_what_came_inside_a_mail_is_kept_before_the_webhook_is_answered_and_cleaned_after_it(mail, heard):
    letter, picture = made("document"), made("picture")
    for _ in range(2):
        assert mails(mail, letter, picture) == 200
    assert StoredFile.objects.count() == 2
    event = InboundEvent.objects.get().event
    assert "Content" not in json.dumps(event)
    process()
    rows = heard[0].attachments
    assert [(row.name, row.file, content_of(row.waiting)) for row in rows] == [
        (letter.name, None, letter.content),
        (picture.name, None, picture.content),
    ]
    with network() as run:
        assert fetch_due(run, cast.TUESDAY) == 2
        assert fetch_due(run, cast.TUESDAY) == 0
    for row in rows:
        row.refresh_from_db()
    assert [(row.waiting, row.code, row.file.seen_type) for row in rows] == [
        (None, "", "application/pdf"),
        (None, "", "image/png"),
    ]
    assert WebhookRoute.objects.get().fetch_at is None


@on_both_databases
def test_what_programs_send_by_themselves_is_not_kept(mail, heard):
    assert (
        mails(mail, made("document"), headers=({"Name": "Auto-Submitted", "Value": "auto-replied"},)) == 200
    )
    process()
    assert (StoredFile.objects.count(), heard) == (0, [])


def test_a_kept_file_never_travels_in_an_event():
    event = Heard("k", Sender(mailbox="a@example.org"), media=(Media("audio", "1", content=b"secret bytes"),))
    assert written(event)["media"] == [{"kind": "audio", "provider_id": "1"}]
