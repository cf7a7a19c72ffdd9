"""Mail that comes back tells the delivery it belongs to, and nobody can make it up for another."""

import pytest

from porchlight.delivery.gateways.contract import Advice, Heard, Ignored, Receipt, Sender, Status
from porchlight.delivery.gateways.email.adapter import gateway
from porchlight.delivery.gateways.email.tests.hooks import as_json, postmark_raw
from porchlight.delivery.gateways.email.tests.samples import FATHER, SCHOOL, account

OURS = f"k7mxq2@{SCHOOL.partition('@')[2]}"
REPORT = """Return-Path: <>
From: Mail Delivery System <mailer-daemon@home.example.com>
To: {school}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Message-ID: <dsn@home.example.com>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

Your message could not be delivered.

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; home.example.com

Final-Recipient: rfc822; {father}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--x
Content-Type: {kind}

From: {school}
To: {father}
Message-ID: <{ours}>
Subject: School is closed

--x--
"""


def report(**changes: str):
    given = {
        "school": SCHOOL, "father": FATHER, "action": "failed", "status": "5.1.1", "kind": "message/rfc822",
        "said": f"550 5.1.1 <{FATHER}> unknown", "ours": OURS, **changes,
    }  # fmt: skip
    [event] = gateway.read(account("postmark"), postmark_raw(REPORT.format(**given)))
    return event


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_returned_mail_fails_the_delivery_it_belongs_to(kind):
    event = report(kind=kind)
    assert isinstance(event, Receipt)
    assert (event.reference, event.provider_id, event.status) == ("k7mxq2", OURS, Status.FAILED)
    assert (event.refused.advice, event.refused.code) == (Advice.BAD_ADDRESS, "recipient 550 5.1.1")
    assert FATHER not in event.refused.detail
    assert event.sender == Sender(mailbox=FATHER)


@pytest.mark.parametrize(
    ("status", "said", "advice"),
    [
        ("5.1.1", "550 no such user", Advice.BAD_ADDRESS),
        ("5.0.0", "550 5.1.1 no such user", Advice.BAD_ADDRESS),
        ("5.2.2", "552 full", Advice.RETRY_LATE),
        ("4.4.7", "delivery time expired", Advice.RETRY_LATE),
        ("5.7.1", "554 spam", Advice.NEXT_CHANNEL),
        ("", "", Advice.BAD_ADDRESS),
    ],
)
def test_why_it_came_back_says_what_to_do(status, said, advice):
    assert report(status=status, said=said).refused.advice == advice


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_a_mail_that_is_still_on_its_way_has_not_failed(action):
    assert isinstance(report(action=action), Ignored)


@pytest.mark.parametrize("ours", ["k7mxq2@elsewhere.example.org", "", "k7mxq2"])
def test_a_notice_about_somebody_elses_mail_changes_nothing(ours):
    assert isinstance(report(ours=ours), Ignored)


def test_a_provider_that_takes_the_report_apart_says_the_same():
    import base64

    status = f"Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; {FATHER}\nAction: failed\nStatus: 5.1.1\n"
    original = f"Message-ID: <{OURS}>\nSubject: School is closed\n\nText"
    payload = {
        "FromFull": {"Email": "mailer-daemon@home.example.com"}, "ToFull": [{"Email": SCHOOL}], "Headers": [],
        "TextBody": "Could not be delivered.",
        "Attachments": [
            {"Name": "details.txt", "ContentType": "message/delivery-status", "Content": base64.b64encode(status.encode()).decode()},
            {"Name": "mail.eml", "ContentType": "message/rfc822", "Content": base64.b64encode(original.encode()).decode()},
        ],
    }  # fmt: skip
    [event] = gateway.read(account("postmark"), as_json(payload))
    assert isinstance(event, Receipt)
    assert (event.reference, event.refused.advice) == ("k7mxq2", Advice.BAD_ADDRESS)


def in_words(text: str, **headers: str):
    payload = {
        "FromFull": {"Email": "mailer-daemon@home.example.com"},
        "ToFull": [{"Email": SCHOOL}],
        "TextBody": text,
        "Headers": [{"Name": name.replace("_", "-"), "Value": value} for name, value in headers.items()],
    }
    [event] = gateway.read(account("postmark"), as_json(payload))
    return event


def test_an_older_servers_words_are_understood():
    text = (
        f"<{FATHER}>: 550 5.1.1 The account does not exist.\n\nFinal-Recipient: rfc822; {FATHER}\nAction: failed\n"
        f"Status: 5.1.1\nOriginal-Message-ID: <{OURS}>"
    )
    event = in_words(text, X_Failed_Recipients=FATHER)
    assert isinstance(event, Receipt)
    assert (event.reference, event.refused.advice, event.sender) == (
        "k7mxq2",
        Advice.BAD_ADDRESS,
        Sender(mailbox=FATHER),
    )


def test_words_alone_fail_nothing():
    assert isinstance(
        in_words(f"Message-ID: <{OURS}>\nIt did not arrive.", X_Failed_Recipients=FATHER), Ignored
    )
    event = in_words(f"Action: failed\nMessage-ID: <{OURS}>", Return_Path="<>")
    assert isinstance(event, Heard)
    assert event.automatic
