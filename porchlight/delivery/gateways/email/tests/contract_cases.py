"""The contract table of mail: SMTP out, Postmark's webhooks in. Other providers: `test_receiving.py`."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from porchlight.delivery.gateways.contract import (
    Accepted,
    AddressFailed,
    Advice,
    Heard,
    Ignored,
    Media,
    RawRequest,
    Receipt,
    Refused,
    Sender,
    Status,
)
from porchlight.delivery.gateways.email.adapter import gateway
from porchlight.delivery.gateways.email.tests.hooks import URL, basic, published
from porchlight.delivery.gateways.email.tests.mail_server import RESET, SILENT, MailServer
from porchlight.delivery.gateways.email.tests.samples import FATHER, LOGIN, SCHOOL, TOKEN, account, outgoing
from porchlight.delivery.gateways.email.webhooks import BrevoInbound
from porchlight.delivery.gateways.tests import loopback
from porchlight.delivery.gateways.tests.loopback import Loopback
from porchlight.delivery.gateways.tests.table import (
    Account,
    Answers,
    Brings,
    Hears,
    Sends,
    Table,
    as_json,
    with_header,
)
from porchlight.delivery.gateways.tolerant import fingerprint

MESSAGE_ID = f"k7mxq2@{SCHOOL.partition('@')[2]}"
MANNERS = {
    loopback.RESET: RESET,
    loopback.HANGING_UP: RESET,
    loopback.SILENT: SILENT,
    loopback.DRIPPING: SILENT,
}


class Server(MailServer):
    """A mail server with the methods the runner knows: what it answers, it answers to the whole mail."""

    def answer(
        self,
        status: int = 250,
        body: bytes = b"taken",
        headers: Mapping[str, str] | None = None,
        manner: str = "",
    ) -> None:
        said = " ".join(body.decode("utf-8", "replace").split())[:400]
        self.says["END"] = MANNERS[manner] if manner else f"{status} {said}"

    @property
    def received(self) -> list[Any]:
        tried = self.heard.count("END")
        return list(zip(self.envelopes, self.mails, strict=True)) or [None] * tried

    @property
    def base_url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


def school(base_url: str) -> Account:
    parts = urlsplit(base_url)
    near = parts.hostname == "127.0.0.1"
    return account(
        "postmark",
        host=parts.hostname or "",
        port=str(parts.port or ""),
        security="plain" if near else "starttls",
    )


def sign(account: Account, request: RawRequest) -> RawRequest:
    return with_header(
        request, "authorization", basic(account.secrets.get("webhook_login", "")).get("authorization")
    )


def seen(received: Any) -> dict[str, Any]:
    envelope, content = received
    mail = message_from_bytes(content, policy=SMTP)
    plain = mail.get_body(("plain",))
    assert plain is not None
    return {
        "envelope": envelope,
        "to": mail["To"],
        "subject": mail["Subject"],
        "id": mail["Message-ID"],
        "text": plain.get_content().splitlines(),
    }


def sends(name: str, what: Any, **other: Any) -> Sends:
    return Sends(
        name,
        what,
        {
            "envelope": (f"FROM:<{SCHOOL}>", f"TO:<{FATHER}>"),
            "to": FATHER,
            "subject": what.subject,
            "id": f"<{MESSAGE_ID}>",
            "text": what.text.splitlines(),
            **other,
        },
    )


SENDS = [
    sends("a mail", outgoing()),
    sends("in another script", outgoing(text="کل اسکول بند ہے 🙂", subject="اسکول", language="ur")),
    sends("lines that begin with a dot", outgoing(text="One\n.\n..two\n.three")),
]
ANSWERS = [
    Answers("taken", 250, b"2.0.0 queued as 4F2", Accepted(MESSAGE_ID)),
    Answers(
        "nobody lives there",
        550,
        b"5.1.1 <yousaf@home.example.com> does not exist",
        Refused(Advice.BAD_ADDRESS, "content 550 5.1.1", "5.1.1 <[…]> does not exist"),
    ),
    Answers("later", 451, b"4.3.0 busy", Refused(Advice.RETRY, "content 451 4.3.0", "4.3.0 busy")),
    Answers("spam", 554, b"5.7.1 spam", Refused(Advice.NEXT_CHANNEL, "content 554 5.7.1", "5.7.1 spam")),
]


def inbound(**changes: Any) -> bytes:
    return as_json(
        {
            "FromFull": {"Email": FATHER, "Name": "Yousaf"},
            "ToFull": [{"Email": f"reply+{TOKEN}@in.example.org", "Name": ""}],
            "OriginalRecipient": f"reply+{TOKEN}@in.example.org",
            "Subject": "Re: School is closed",
            "MessageID": "22c74902-a0c1-4511-804f2-341342852c90",
            "TextBody": "Yes\n\n> School is closed tomorrow.\n",
            "Headers": [
                {"Name": "Return-Path", "Value": f"<{FATHER}>"},
                {"Name": "X-Spam-Tests", "Value": "DKIM_SIGNED,DKIM_VALID,DKIM_VALID_AU"},
                {"Name": "Message-ID", "Value": "<abc@home.example.com>"},
                {"Name": "In-Reply-To", "Value": f"<{MESSAGE_ID}>"},
            ],
            **changes,
        }
    )


def status(record: str, **more: Any) -> bytes:
    tagged = {"MessageID": "883953f4-6105", "Metadata": {"reference": "k7mxq2"}}
    return as_json({"RecordType": record, "Recipient": FATHER, "Email": FATHER, **tagged, **more})


def of_corpus(test: str) -> Any:
    def body(shared: Path) -> bytes:
        return json.dumps(published(shared, "postmark_webhooks.json", test)).encode()

    return body


HEARS = [
    Hears(
        "an answer",
        inbound(),
        [
            Heard(
                key="mail:" + fingerprint(["abc@home.example.com", FATHER, TOKEN]),
                sender=Sender(mailbox=FATHER, name="Yousaf"),
                text="Yes",
                in_reply_to=MESSAGE_ID,
                reply_token=TOKEN,
                verified=True,
                full_text="Yes\n\n> School is closed tomorrow.\n",
            )
        ],
    ),
    Hears(
        "delivered",
        status("Delivery"),
        [Receipt("k7mxq2:delivered", "883953f4-6105", Status.DELIVERED, "k7mxq2")],
    ),
    Hears(
        "returned",
        status("Bounce", Type="HardBounce", ID=1, Details="smtp;550 5.1.1 no such user"),
        [
            Receipt(
                "k7mxq2:bounced",
                "883953f4-6105",
                Status.FAILED,
                "k7mxq2",
                Refused(Advice.BAD_ADDRESS, "recipient 550 5.1.1", "smtp;550 5.1.1 no such user"),
                sender=Sender(mailbox=FATHER),
            )
        ],
    ),
    Hears(
        "marked as unwanted",
        status("SpamComplaint", Type="SpamComplaint", ID=2),
        [AddressFailed("k7mxq2:complained", Sender(mailbox=FATHER), Advice.OPTED_OUT, "complained")],
    ),
    Hears("looked at", status("Open"), [Ignored("", "opened")]),
    Hears("a record of tomorrow", status("Smell"), [Ignored("", "unknown")]),
]
FATES = {
    Status.DELIVERED: (status("Delivery"), ""),
    Status.FAILED: (
        status("Bounce", Type="HardBounce", ID=1, Details="smtp;550 5.1.1 no such user"),
        "",
    ),
}


def serves(server: Loopback, content: bytes) -> str:
    server.answer_at("/v3/inbound/attachments/token", content)
    return "/v3/inbound/attachments/token"


def based_at(patch: Any, base: str) -> None:
    """Only Brevo keeps what came along, at an address of its own."""
    patch.setattr(BrevoInbound, "ATTACHMENTS", f"{base}/v3/inbound/attachments/")


BRINGS = Brings(
    media=lambda base: Media(
        "document", "1", "application/pdf", f"{base}/v3/inbound/attachments/token", name="a.pdf"
    ),
    serves=serves,
    asks=[("/v3/inbound/attachments/token", "api-key", "key-1")],
    elsewhere=lambda base: Media("document", "1", "application/pdf", f"{base}/v3/inbound/attachments/token"),
    based_at=based_at,
    account=lambda base: account("brevo", secrets={"webhook_login": LOGIN, "signing_key": "key-1"}),
)

TABLE = Table(
    brings=BRINGS,
    gateway=gateway,
    account=school,
    sign=sign,
    signature_header="authorization",
    sends=SENDS,
    answers=ANSWERS,
    hears=HEARS,
    fates=FATES,
    forgeries={
        "another scheme": lambda account, request: with_header(
            request, "authorization", request.headers["authorization"].replace("Basic", "Bearer")
        ),
        "the name alone": lambda account, request: with_header(
            request, "authorization", "Basic " + base64.b64encode(LOGIN.partition(":")[0].encode()).decode()
        ),
        "in the address": lambda account, request: RawRequest(
            request.method,
            URL.replace("//", f"//{LOGIN}@"),
            {"content-type": "application/json"},
            request.body,
        ),
        "by GET": lambda account, request: RawRequest("GET", request.url, request.headers, request.body),
    },
    another_school=account("postmark", secrets={"webhook_login": "oak:another long password"}),
    seen=seen,
    url=URL,
    server=Server,
    stalls=("porchlight.delivery.gateways.email.posting", "TIMEOUT"),
    speaks_http=False,
    signs_body=False,
)
