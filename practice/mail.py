"""The mail server of every family: takes what the school sends, and hands answers to the school's mail service.

SMTP on a port of its own. Mail for a mailbox that no phone has is refused with 550. The `mail` weather holds here
too: rude answers are 4xx, `code` is any SMTP code, `fail_code` makes taken mail bounce back later.
"""

from __future__ import annotations

import asyncio
import email
import email.policy
import re
import weakref
from email.message import EmailMessage
from email.utils import parseaddr
from html import unescape
from typing import Any

import aiohttp
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from yarl import URL

from practice import letters, mail_events
from practice.accounts import MailAccount
from practice.enclosures import Enclosure
from practice.errors import Mistake
from practice.phones import Line, Phone
from practice.town import Town
from practice.weather import Rude, tear_down

GATEWAY = "mail"
LARGEST = 10 * 1024 * 1024  # bytes of one mail
TEXT_KEPT = 20_000  # characters shown of one mail
HEADERS = 16 * 1024  # bytes in which the Message-ID is looked for in bench mode
MESSAGE_ID = re.compile(rb"(?im)^message-id:\s*(\S+)")
REFUSALS = {
    Rude.ERROR: "451 4.3.0 Local error in processing, try again later",
    Rude.LIMIT: "452 4.3.1 Too much mail in too short a time, try again later",
    Rude.STALL: "451 4.4.2 Timed out",
    Rude.DRIP: "451 4.4.2 Timed out",
    Rude.MOVED: "551 5.7.1 Somebody else takes mail for them",
    Rude.UNTRUE: "451 4.3.0 Local error in processing, try again later",
    Rude.TAKEN_502: "451 4.3.0 Local error in processing, try again later",
    Rude.TAKEN_STALL: "451 4.4.2 Timed out",
}


class Mail:
    """Handler of the SMTP side, and the families' way to answer."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self._open: weakref.WeakSet[SMTP] = weakref.WeakSet()

    def conversation(self) -> SMTP:
        """One client's conversation; user name and password are checked only when it gives them."""
        smtp = SMTP(
            self,
            hostname="practice.example.org",
            ident="practice town",
            data_size_limit=LARGEST,
            enable_SMTPUTF8=True,
            authenticator=self._authenticate,
            auth_require_tls=False,
            timeout=60,
            loop=asyncio.get_running_loop(),
        )
        self._open.add(smtp)
        return smtp

    def hang_up(self) -> None:
        """End every conversation that is still open."""
        for smtp in list(self._open):
            if smtp.transport is not None:
                smtp.transport.abort()

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        if not isinstance(data, LoginPassword):
            return AuthResult(success=False, handled=False)
        known = [a for a in self.town.accounts.values() if isinstance(a, MailAccount) and a.smtp_username]
        right = not known or any(
            (a.smtp_username.encode(), a.smtp_password.encode()) == (data.login, data.password) for a in known
        )
        return AuthResult(success=right, handled=False)

    async def handle_RCPT(  # noqa: N802  # aiosmtpd calls its hooks so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.town.phones.by_mailbox(address) is None and not self.town.settings.bench:
            self.town.counts[f"{GATEWAY} 550 refused"] += 1
            return f"550 5.1.1 <{address}>: there is no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802  # aiosmtpd calls its hooks so
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        weather = self.town.weather[GATEWAY]
        treatment = weather.next_treatment()
        if weather.delay:
            await asyncio.sleep(weather.delay)
        if treatment.takes:
            self._take(envelope)
        if treatment in {Rude.STALL, Rude.TAKEN_STALL}:
            await asyncio.sleep(weather.stall)
        if treatment in {Rude.RESET, Rude.TAKEN_RESET}:
            tear_down(server.transport)
        if treatment is Rude.CODE:
            return f"{weather.code or '554'} 5.7.1 Refused"
        return REFUSALS.get(treatment, "250 2.0.0 OK: taken")

    def _take(self, envelope: Envelope) -> None:
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        self.town.counts[f"{GATEWAY} taken"] += len(envelope.rcpt_tos)
        if self.town.settings.bench:
            found = MESSAGE_ID.search(content[:HEADERS])
            self.town.remember(GATEWAY, found[1].decode(errors="replace") if found else "")
            return
        message = email.message_from_bytes(content, policy=email.policy.default)
        for mailbox in envelope.rcpt_tos:
            phone = self.town.phones.by_mailbox(mailbox)
            if phone:
                line = phone.add(_line(message, self._account(message), envelope, self.town))
                self.town.remember(GATEWAY, line.reference)
                if self.town.weather[GATEWAY].fail_code and not self.town.weather[GATEWAY].forgetful:
                    self._post(letters.bounce(phone, line, self.town.clock))

    def _account(self, message: EmailMessage) -> str:
        """Whose mail this is: the account at whose domain an answer would arrive."""
        accounts = [a for a in self.town.accounts.values() if isinstance(a, MailAccount)]
        _, address = parseaddr(str(message.get("Reply-To") or message.get("From") or ""))
        try:
            return letters.receiver(accounts, address).name
        except Mistake:
            return accounts[0].name if accounts else GATEWAY

    def reply(
        self,
        phone: Phone,
        about: Line | None,
        text: str,
        *,
        to: str = "",
        kind: str = "",
        account: str = "",
        enclosed: Enclosure | None = None,
    ) -> Line:
        """The family answers a mail, or writes a new one to the address `to`. Raises Mistake."""
        if kind == "bounce":
            if about is None:
                raise Mistake("There is no mail on this phone that could bounce.")
            letter = letters.bounce(phone, about, self.town.clock)
        else:
            letter = letters.answer(phone, about, text, self.town.clock, to=to, kind=kind)
            letter.enclosed = enclosed
        receiver = self._post(letter, account)
        return phone.add(
            Line(
                "email", GATEWAY, receiver.name, letter.text, self.town.now(), False,
                provider_id=letter.message_id, subject=letter.subject, from_network=bool(kind),
                enclosed=enclosed.name if enclosed else "",
            )
        )  # fmt: skip

    def _post(self, letter: mail_events.Letter, account: str = "") -> MailAccount:
        accounts = [a for a in self.town.accounts.values() if isinstance(a, MailAccount)]
        receiver = letters.receiver(accounts, letter.to, account)
        self.town.announce(mail_events.hook(receiver, letter))
        return receiver

    async def unsubscribe(self, mail: Line) -> int:
        """One POST to the mail's own unsubscribe address, as mail programs do it. Returns the HTTP status.

        Only addresses of this machine or of a registered callback are used: links from mails may lead anywhere.
        """
        url = letters.unsubscribe_url(mail)
        if not url:
            raise Mistake("This mail has no one-click unsubscribe address.")
        hosts = {URL(a.callback).host for a in self.town.accounts.values() if a.callback}
        if URL(url).host not in hosts | {"127.0.0.1", "localhost"}:
            raise Mistake("The unsubscribe address of this mail lies outside the town.")
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as http,
            http.post(url, data={"List-Unsubscribe": "One-Click"}, allow_redirects=False) as answer,
        ):
            return answer.status


def _line(message: EmailMessage, account: str, envelope: Envelope, town: Town) -> Line:
    message_id = str(message.get("Message-ID", "")).strip()
    plain, html = _bodies(message)
    return Line(
        "email", GATEWAY, account, (plain or _without_tags(html))[:TEXT_KEPT], town.now(), True,
        provider_id=message_id, reference=message_id, subject=str(message.get("Subject", "")),
        headers=[(name, str(value)) for name, value in message.items()], html=html[:TEXT_KEPT],
        status="delivered", raw={"mail_from": envelope.mail_from or "", "rcpt_tos": list(envelope.rcpt_tos)},
    )  # fmt: skip


def _bodies(message: EmailMessage) -> tuple[str, str]:
    """The plain and the HTML text of a mail, each empty when there is none or it cannot be decoded."""
    found = []
    for kind in ("plain", "html"):
        part = message.get_body(preferencelist=(kind,))
        try:
            found.append(str(part.get_content()).replace("\r\n", "\n").strip() if part else "")
        except (LookupError, ValueError):
            found.append("")
    return found[0], found[1]


def _without_tags(html: str) -> str:
    text = re.sub(r"(?is)<(script|style).*?</\1>", "", html)
    text = re.sub(r"(?i)<br\s*/?>|</p>|</div>|</h\d>|</li>", "\n", text)
    return unescape(re.sub(r"<[^>]{0,2000}>", "", text)).strip()
