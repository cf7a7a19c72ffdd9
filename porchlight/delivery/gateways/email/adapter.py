"""Mail as a gateway: out by SMTP, in by the webhook of the account's mail provider."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import BinaryIO, ClassVar

from django.utils.translation import gettext_noop as _
from multidict import CIMultiDict

from porchlight.delivery.gateways.contract import (
    AccountSettings,
    Advice,
    Fetched,
    InboundEvent,
    Media,
    Outcome,
    Outgoing,
    RawRequest,
    Refused,
)
from porchlight.delivery.gateways.declared import Abilities, SettingField
from porchlight.delivery.gateways.email import checks, errors
from porchlight.delivery.gateways.email.compose import compose, message_id
from porchlight.delivery.gateways.email.fields import FIELDS, PORTS, STARTTLS, STEPS
from porchlight.delivery.gateways.email.mailbox import NotAMailbox, parse
from porchlight.delivery.gateways.email.posting import Parcel, Server, close_all, post
from porchlight.delivery.gateways.fetching import download, refused
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.meanings import Meaning
from porchlight.delivery.gateways.plain import Plain
from porchlight.delivery.gateways.wire import Answer, address
from porchlight.toolbox import school_time


class Email(Plain):
    """A school's mailbox."""

    name: ClassVar[str] = "email"
    label: ClassVar[str] = _("Mail")
    channel: ClassVar[str] = "email"
    abilities: ClassVar[Abilities] = Abilities(
        says_when_it_leaves=True,
        echoes_reference=False,  # a plain mail server reports nothing later; providers do, see `compose`
        reports_delivered=False,
        reports_read=False,  # we never ask providers to watch families reading
        options=0,
        free_text_window_hours=None,
        receives=True,  # with a provider that brings answers in
        proof="the provider's login; of some providers a signature as well",
        brings_files=True,
        sends_sound=True,
        sends_files=True,
        max_webhook=20 * 1024 * 1024,  # a photo from a telephone, written out as text, is six of them
    )
    fields: ClassVar[Sequence[SettingField]] = FIELDS
    steps: ClassVar[Sequence[str]] = STEPS
    codes: ClassVar[Mapping[str, Meaning]] = errors.OWN
    problems = staticmethod(checks.problems)

    async def send(self, http: Http, account: AccountSettings, outgoing: Outgoing) -> Outcome:
        """Hand one mail to the account's server. Never raises for what the network or the server does."""
        if not outgoing.text.strip():
            return Refused(Advice.OUR_FAULT, "no_words")
        try:
            sender = parse(account.sender)
            envelope = parse(account.settings.get("bounce_mailbox", "").strip() or account.sender)
            answers = parse(outgoing.reply_to) if outgoing.reply_to else sender
            server = _server(account, sender.domain)
        except (NotAMailbox, ValueError):
            return Refused(Advice.STAFF_MUST_ACT, "settings")
        try:
            to = parse(outgoing.to)
        except NotAMailbox:
            return Refused(Advice.BAD_ADDRESS, "mailbox")
        content = compose(account, outgoing, now=school_time.now())
        utf8 = any(mailbox.needs_utf8 for mailbox in (to, envelope, sender, answers))
        parcel = Parcel(str(envelope), str(to), content, message_id(outgoing.reference, sender), utf8)
        return await post(server, parcel)

    async def fetch(
        self, http: Http, account: AccountSettings, media: Media, into: BinaryIO, most: int
    ) -> Fetched | Refused:
        """Only Brevo keeps what came along; the other providers send it in the webhook."""
        from porchlight.delivery.gateways.email.webhooks import BrevoInbound

        url = address(media.url, "")
        if not media.url.startswith(BrevoInbound.ATTACHMENTS):
            return refused("media_gone")
        key = account.secrets.get("signing_key", "")
        if not key:
            return Refused(Advice.STAFF_MUST_ACT, "no_api_key")
        found = await download(http, url, into=into, most=most, headers=CIMultiDict({"api-key": key}))
        return refused("media_elsewhere") if isinstance(found, Answer) else found

    async def close(self) -> None:
        """Part from the mail servers; a worker calls it before its event loop ends."""
        await close_all()

    def is_genuine(self, account: AccountSettings, request: RawRequest) -> bool:
        """Check the provider's signature, or its login, in constant time."""
        from porchlight.delivery.gateways.email import webhooks  # Anymail loads slowly: not with the program

        return webhooks.is_genuine(account, request)

    def read(self, account: AccountSettings, request: RawRequest) -> list[InboundEvent]:
        """Mail from home, what became of ours, and returned mail."""
        from porchlight.delivery.gateways.email import reading

        return reading.read(account, request)

    def explain(self, code: str) -> str:
        """The sentence for staff about a mail server's or provider's code."""
        return errors.explain(code) or super().explain(code)


def _server(account: AccountSettings, domain: str) -> Server:
    """The account's mail server. Raises ValueError when the settings name none."""
    settings = account.settings
    return _known_server(
        settings.get("host", "").strip(),
        settings.get("port", "").strip(),
        settings.get("security", "").strip() or STARTTLS,
        settings.get("username", ""),
        account.secrets.get("password", ""),
        domain,
    )


@lru_cache(maxsize=256)
def _known_server(host: str, port: str, security: str, username: str, password: str, domain: str) -> Server:
    if not host or security not in PORTS:
        raise ValueError("no mail server")
    return Server(host, int(port or PORTS[security]), security, username, password, domain)


gateway = Email()
