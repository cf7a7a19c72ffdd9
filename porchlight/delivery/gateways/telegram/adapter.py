"""A Telegram bot as a gateway: what it can do, how a delivery leaves, what the answer means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import BinaryIO, ClassVar

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.contract import (
    Accepted,
    AccountSettings,
    Advice,
    Fetched,
    InboundEvent,
    Media,
    Outcome,
    Outgoing,
    RawRequest,
    Refused,
    Unclear,
)
from porchlight.delivery.gateways.declared import Abilities, SettingField
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.meanings import Meaning
from porchlight.delivery.gateways.plain import Plain
from porchlight.delivery.gateways.telegram import checks, connecting, fetching, proof, reading, writing
from porchlight.delivery.gateways.telegram.errors import ERRORS, refused_answer
from porchlight.delivery.gateways.telegram.fields import FIELDS, STEPS
from porchlight.delivery.gateways.telegram.road import NO_TOKEN, method_at
from porchlight.delivery.gateways.wire import Answer, post


class Telegram(Plain):
    """A school's own bot. Families are chats: the bot learns no number of theirs."""

    name: ClassVar[str] = "telegram"
    label: ClassVar[str] = _("Telegram (the school's own bot)")
    channel: ClassVar[str] = "telegram"
    abilities: ClassVar[Abilities] = Abilities(
        says_when_it_leaves=True,
        echoes_reference=False,  # Telegram reports nothing of what a bot sent
        reports_delivered=False,
        reports_read=False,
        reports_failed=False,  # it says so at once, in its answer
        options=writing.MOST_BUTTONS,
        free_text_window_hours=None,
        receives=True,
        proof="a word that Telegram shows: who calls, not what is said",
        brings_files=True,
        sends_sound=True,
        sends_files=True,
        max_caption=writing.MAX_CAPTION,
        identities_without_number=True,
        max_text=writing.MAX_TEXT,
    )
    codes: ClassVar[Mapping[str, Meaning]] = ERRORS
    fields: ClassVar[Sequence[SettingField]] = FIELDS
    steps: ClassVar[Sequence[str]] = STEPS
    is_genuine = staticmethod(proof.is_genuine)
    problems = staticmethod(checks.problems)

    async def send(self, http: Http, account: AccountSettings, outgoing: Outgoing) -> Outcome:
        """Put one delivery on the wire. Never raises for what the network or Telegram does."""
        if not outgoing.text.strip():
            return Refused(Advice.OUR_FAULT, "no_words")
        if writing.length(outgoing.text) > writing.MAX_TEXT:
            return Refused(Advice.OUR_FAULT, "text_too_long")
        try:
            request = writing.request_of(outgoing)
        except OSError:
            return Refused(Advice.OUR_FAULT, "sound_lost")
        url = method_at(account, request.method)
        if url is None:
            return NO_TOKEN
        answer = await post(http, url, body=request.body, headers=request.headers)
        return _outcome(answer, outgoing) if isinstance(answer, Answer) else answer

    async def fetch(
        self, http: Http, account: AccountSettings, media: Media, into: BinaryIO, most: int
    ) -> Fetched | Refused:
        """Get a voice note, a picture or a document, by its file id."""
        return await fetching.fetch(http, account, media, into=into, most=most)

    async def connect(self, http: Http, account: AccountSettings, webhook_url: str) -> list[str]:
        """Tell Telegram where to report, and with which word. Returns what is wrong, in sentences."""
        if found := checks.problems(account):
            return found
        return await connecting.connect(http, account, webhook_url)

    def acknowledge(self, request: RawRequest) -> bytes:
        """What our answer to a webhook asks of Telegram: a button that was pressed stops waiting."""
        return reading.acknowledged(request)

    def read(self, account: AccountSettings, request: RawRequest) -> list[InboundEvent]:
        """Say what a genuine update holds."""
        return reading.read(request)


def _outcome(answer: Answer, outgoing: Outgoing) -> Outcome:
    said = tolerant.answer_of(answer.body)
    if answer.status >= 300 or tolerant.at(said, "ok") is False:
        return refused_answer(answer, said, outgoing.to, outgoing.text)
    message = tolerant.text(said, "result", "message_id")
    if not message:
        return Unclear("Telegram said yes without a message id")
    chat = tolerant.text(said, "result", "chat", "id") or outgoing.to
    return Accepted(reading.id_of(chat, message))


gateway = Telegram()
