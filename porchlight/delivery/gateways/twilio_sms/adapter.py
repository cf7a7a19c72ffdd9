"""Twilio's Programmable Messaging as a gateway: what it can do, how a text leaves, what the answer means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import BinaryIO, ClassVar
from urllib.parse import urlencode

from django.utils.translation import gettext_noop as _
from yarl import URL

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
from porchlight.delivery.gateways.twilio_sms import checks, fetching, reading, signature
from porchlight.delivery.gateways.twilio_sms.account import (
    TRY_AGAIN,
    base_of,
    headers_of,
    proof_of,
    with_reference,
)
from porchlight.delivery.gateways.twilio_sms.errors import ERRORS, refused_answer
from porchlight.delivery.gateways.twilio_sms.fields import FIELDS, STEPS
from porchlight.delivery.gateways.wire import Answer, address, post

MAX_TEXT = 1600


class TwilioSms(Plain):
    """A school's texting number at Twilio."""

    name: ClassVar[str] = "twilio_sms"
    label: ClassVar[str] = _("Text messages (Twilio)")
    channel: ClassVar[str] = "sms"
    abilities: ClassVar[Abilities] = Abilities(
        says_when_it_leaves=True,
        echoes_reference=True,  # in the query of the StatusCallback address each text is sent with
        reports_delivered=True,
        reports_read=False,
        options=0,
        free_text_window_hours=None,
        receives=True,
        missed_calls=True,
        missed_calls_need="where the number's “call status changes” address is set to the webhook",
        brings_files=True,
        max_text=MAX_TEXT,
    )
    codes: ClassVar[Mapping[str, Meaning]] = ERRORS
    fields: ClassVar[Sequence[SettingField]] = FIELDS
    steps: ClassVar[Sequence[str]] = STEPS
    hook_ending: ClassVar[str] = f"#{TRY_AGAIN}"
    is_genuine = staticmethod(signature.is_genuine)
    problems = staticmethod(checks.problems)

    async def send(self, http: Http, account: AccountSettings, outgoing: Outgoing) -> Outcome:
        """Put one text on the wire. Never raises for what the network or Twilio does."""
        if not outgoing.text.strip():
            return Refused(Advice.OUR_FAULT, "no_words")
        if len(outgoing.text) > MAX_TEXT:
            return Refused(Advice.OUR_FAULT, "text_too_long")
        settings = account.settings
        url = messages_at(base_of(account), settings.get("account_sid", ""))
        service = settings.get("messaging_service_sid", "")
        sender = ("MessagingServiceSid", service) if service else ("From", account.sender)
        form = [("To", outgoing.to), sender, ("Body", outgoing.text)]
        if callback := settings.get("callback_url", ""):
            form.append(("StatusCallback", with_reference(callback, outgoing.reference)))
        body = urlencode(form, errors="replace").encode()
        answer = await post(http, url, body=body, headers=headers_of(account))
        return _outcome(answer, outgoing) if isinstance(answer, Answer) else answer

    async def fetch(
        self, http: Http, account: AccountSettings, media: Media, into: BinaryIO, most: int
    ) -> Fetched | Refused:
        """Get a picture that came with a text."""
        base, proof = base_of(account), proof_of(account)
        return await fetching.fetch(http, media, base=base, proof=proof, into=into, most=most)

    def read(self, account: AccountSettings, request: RawRequest) -> list[InboundEvent]:
        """Say what a genuine webhook holds."""
        return reading.read(request)


@lru_cache(maxsize=256)
def messages_at(base: str, account_sid: str) -> URL:
    """Where an account's texts go: worked out once per account, not per text."""
    return address(base, f"/2010-04-01/Accounts/{account_sid}/Messages.json")


def _outcome(answer: Answer, outgoing: Outgoing) -> Outcome:
    said = tolerant.answer_of(answer.body)
    if answer.status >= 300:
        return refused_answer(answer, said, outgoing.to, outgoing.text)
    code, provider_id = tolerant.text(said, "error_code"), tolerant.text(said, "sid")
    if code:
        return refused_answer(
            answer, {"code": code, "message": tolerant.text(said, "error_message")}, outgoing.to
        )
    if not provider_id:
        return Unclear("Twilio said yes without a message id")
    return Accepted(provider_id, reading.STATUSES.get(tolerant.text(said, "status")))


gateway = TwilioSms()
