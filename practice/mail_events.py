"""A family's mail as the inbound services hand it on: Postmark's JSON and Mailgun's form, out of one letter."""

from __future__ import annotations

import base64
import json
import secrets
import time
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime, formataddr, make_msgid
from html import escape
from urllib.parse import urlencode

from practice.accounts import MailAccount
from practice.enclosures import Enclosure
from practice.signing import mailgun_signature
from practice.webhooks import Posting, Webhook


@dataclass(slots=True)
class Letter:
    """One mail from home, before a service puts it in its own form."""

    sender: str
    sender_name: str
    to: str
    subject: str
    text: str  # what the family wrote
    quoted: str  # what their mail program put below it
    at: datetime
    envelope_from: str = ""
    to_name: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)  # In-Reply-To, Auto-Submitted, …
    message_id: str = ""
    forged: bool = False  # the sending server may not write for this sender
    enclosed: Enclosure | None = None

    def __post_init__(self) -> None:
        domain = self.sender.partition("@")[2] or "example.org"
        self.message_id = self.message_id or make_msgid(domain=domain)

    @property
    def plain(self) -> str:
        return f"{self.text}\n\n{self.quoted}\n" if self.quoted else f"{self.text}\n"

    @property
    def html(self) -> str:
        said = escape(self.text).replace("\n", "<br>")
        quoted = escape(self.quoted).replace("\n", "<br>")
        below = f'<br><div class="gmail_quote"><blockquote>{quoted}</blockquote></div>' if quoted else ""
        return f'<div dir="auto">{said}</div>{below}'

    def all_headers(self) -> list[tuple[str, str]]:
        """As the sender's own server wrote them."""
        return [
            ("Received", f"by mail.{self.sender.partition('@')[2]} with HTTP; {format_datetime(self.at)}"),
            ("MIME-Version", "1.0"),
            *self.headers,
            ("From", formataddr((self.sender_name, self.sender))),
            ("Date", format_datetime(self.at)),
            ("Message-ID", self.message_id),
            ("Subject", self.subject),
            ("To", formataddr((self.to_name, self.to))),
            ("Content-Type", 'multipart/alternative; boundary="000000000000practice"'),
        ]


def hook(account: MailAccount, letter: Letter) -> Webhook:
    """The letter in the form of the account's service."""
    if account.provider == "postmark":
        body = json.dumps(postmark(letter)).encode()

        def build() -> Posting:
            return Posting(body, {"Content-Type": "application/json", "User-Agent": "Postmark"})

    else:

        def build() -> Posting:
            form, agent = mailgun(account, letter), {"User-Agent": "mailgun/treq-22.4.0"}
            if letter.enclosed:
                kind, body = multipart({**form, "attachment-count": "1"}, letter.enclosed)
                return Posting(body, {"Content-Type": kind, **agent})
            kind = "application/x-www-form-urlencoded"
            return Posting(urlencode(form).encode(), {"Content-Type": kind, **agent})

    return Webhook("mail", "letter", account.callback, build)


def postmark(letter: Letter) -> dict[str, object]:
    """Postmark's inbound JSON. Proof that it is theirs is the name and password in the callback's URL."""
    mailbox_hash = letter.to.partition("@")[0].partition("+")[2]
    verdict = "SPF_FAIL" if letter.forged else "DKIM_SIGNED,DKIM_VALID,DKIM_VALID_AU,SPF_PASS"
    headers = [
        ("Return-Path", f"<{letter.envelope_from}>"),
        ("Received-SPF", _spf(letter)),
        ("X-Spam-Checker-Version", "SpamAssassin 3.4.0 (2014-02-07) on practice"),
        ("X-Spam-Status", "No"),
        ("X-Spam-Score", "4.1" if letter.forged else "-0.1"),
        ("X-Spam-Tests", verdict),
        *(pair for pair in letter.all_headers() if pair[0] not in {"From", "Date", "Subject", "To"}),
    ]
    return {
        "FromName": letter.sender_name,
        "MessageStream": "inbound",
        "From": letter.sender,
        "FromFull": {"Email": letter.sender, "Name": letter.sender_name, "MailboxHash": ""},
        "To": formataddr((letter.to_name, letter.to)),
        "ToFull": [{"Email": letter.to, "Name": letter.to_name, "MailboxHash": mailbox_hash}],
        "Cc": "",
        "CcFull": [],
        "Bcc": "",
        "BccFull": [],
        "OriginalRecipient": letter.to,
        "Subject": letter.subject,
        "MessageID": _uuid(),
        "ReplyTo": "",
        "MailboxHash": mailbox_hash,
        "Date": format_datetime(letter.at),
        "TextBody": letter.plain,
        "HtmlBody": letter.html,
        "StrippedTextReply": letter.text if letter.quoted else "",
        "Tag": "",
        "Headers": [{"Name": name, "Value": value} for name, value in headers],
        "Attachments": [_attachment(letter.enclosed)] if letter.enclosed else [],
    }


def _attachment(enclosure: Enclosure) -> dict[str, object]:
    return {
        "Name": enclosure.name,
        "Content": base64.b64encode(enclosure.content).decode(),
        "ContentType": enclosure.mime_type.partition(";")[0],
        "ContentLength": len(enclosure.content),
    }


def mailgun(account: MailAccount, letter: Letter) -> dict[str, str]:
    """Mailgun's form for a route's forward(): signed with the real time, every header also a field of its own."""
    stamp, token = str(int(time.time())), secrets.token_hex(25)
    headers = [
        ("X-Mailgun-Spam-Rules", "SPF_FAIL" if letter.forged else "DKIM_SIGNED, DKIM_VALID, DKIM_VALID_AU"),
        ("X-Mailgun-Dkim-Check-Result", "Fail" if letter.forged else "Pass"),
        ("X-Mailgun-Spf", "Fail" if letter.forged else "Pass"),
        ("X-Mailgun-Sscore", "4.1" if letter.forged else "-0.1"),
        ("X-Mailgun-Sflag", "No"),
        ("X-Mailgun-Incoming", "Yes"),
        ("X-Envelope-From", f"<{letter.envelope_from}>"),
        *((_capital(name), value) for name, value in letter.all_headers()),
    ]
    return {
        "recipient": letter.to,
        "sender": letter.envelope_from,
        "subject": letter.subject,
        "from": formataddr((letter.sender_name, letter.sender)),
        **dict(headers),
        "message-headers": json.dumps([list(pair) for pair in headers]),
        "timestamp": stamp,
        "token": token,
        "signature": mailgun_signature(account.signing_key, stamp, token),
        "body-plain": letter.plain,
        "body-html": letter.html,
        "stripped-html": f"<p>{escape(letter.text)}</p>",
        "stripped-text": letter.text,
        "stripped-signature": "",
    }


def multipart(form: dict[str, str], enclosure: Enclosure) -> tuple[str, bytes]:
    """Content type and body of Mailgun's form when something comes along."""
    mark = secrets.token_hex(16)
    parts = [
        f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode()
        for name, value in form.items()
    ]
    head = (
        f'Content-Disposition: form-data; name="attachment-1"; filename="{enclosure.name}"\r\n'
        f"Content-Type: {enclosure.mime_type.partition(';')[0]}\r\n\r\n"
    )
    parts.append(head.encode() + enclosure.content)
    body = b"".join(b"--" + mark.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return f"multipart/form-data; boundary={mark}", body + b"--" + mark.encode() + b"--\r\n"


def _spf(letter: Letter) -> str:
    verdict = "Fail (sender SPF not authorized)" if letter.forged else "Pass (sender SPF authorized)"
    return f"{verdict} identity=mailfrom; client-ip=192.0.2.7; envelope-from={letter.envelope_from}"


def _capital(name: str) -> str:
    """Mailgun writes Mime-Version and Message-Id."""
    return "-".join(part.capitalize() for part in name.split("-"))


def _uuid() -> str:
    digits = secrets.token_hex(16)
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
