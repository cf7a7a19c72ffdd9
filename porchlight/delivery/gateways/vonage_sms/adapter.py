"""Vonage's SMS API as a gateway: what it can do, how a text leaves, what the answer means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import ClassVar
from urllib.parse import urlencode

from django.utils.translation import gettext_noop as _
from multidict import CIMultiDict
from yarl import URL

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.contract import (
    Accepted,
    AccountSettings,
    Advice,
    InboundEvent,
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
from porchlight.delivery.gateways.vonage_sms import checks, reading, signature
from porchlight.delivery.gateways.vonage_sms.errors import ERRORS, refused_answer, refused_part
from porchlight.delivery.gateways.vonage_sms.fields import BASE_URL, FIELDS, STEPS
from porchlight.delivery.gateways.wire import Answer, address, post
from porchlight.toolbox import sms_segments

MAX_TEXT = 1530  # ten parts: what handsets still put together to one message
AS_FORM: CIMultiDict[str] = CIMultiDict({"Content-Type": "application/x-www-form-urlencoded"})


class VonageSms(Plain):
    """A school's texting number at Vonage."""

    name: ClassVar[str] = "vonage_sms"
    label: ClassVar[str] = _("Text messages (Vonage)")
    channel: ClassVar[str] = "sms"
    abilities: ClassVar[Abilities] = Abilities(
        echoes_reference=True,  # client-ref comes back in every receipt
        says_when_it_leaves=True,
        reports_delivered=True,
        reports_read=False,
        options=0,
        free_text_window_hours=None,
        receives=True,
        max_text=MAX_TEXT,
    )
    codes: ClassVar[Mapping[str, Meaning]] = ERRORS
    fields: ClassVar[Sequence[SettingField]] = FIELDS
    steps: ClassVar[Sequence[str]] = STEPS
    is_genuine = staticmethod(signature.is_genuine)
    problems = staticmethod(checks.problems)

    async def send(self, http: Http, account: AccountSettings, outgoing: Outgoing) -> Outcome:
        """Put one text on the wire. Never raises for what the network or Vonage does."""
        if not outgoing.text.strip():
            return Refused(Advice.OUR_FAULT, "no_words")
        if len(outgoing.text) > MAX_TEXT:
            return Refused(Advice.OUR_FAULT, "text_too_long")
        settings = account.settings
        form = {
            "api_key": settings.get("api_key", ""),
            "api_secret": account.secrets.get("api_secret", ""),
            "from": account.sender.removeprefix("+"),
            "to": outgoing.to.removeprefix("+"),
            "text": outgoing.text,
            "client-ref": outgoing.reference,
        }
        if sms_segments.count(outgoing.text).encoding is sms_segments.Encoding.UCS_2:
            form["type"] = "unicode"  # without it, each letter that GSM-7 lacks arrives as a question mark
        if callback := settings.get("callback_url", ""):
            form["callback"] = callback
        body = urlencode(form, errors="replace").encode()
        answer = await post(
            http, _road(settings.get("base_url", "").strip() or BASE_URL), body=body, headers=AS_FORM
        )
        return _outcome(answer, outgoing) if isinstance(answer, Answer) else answer

    def read(self, account: AccountSettings, request: RawRequest) -> list[InboundEvent]:
        """Say what a genuine webhook holds."""
        return reading.read(request)


@lru_cache(maxsize=256)
def _road(base: str) -> URL:
    return address(base, "/sms/json")


def _outcome(answer: Answer, outgoing: Outgoing) -> Outcome:
    """Each part of a long text has a status of its own: all were taken, or none, or some, and then nobody knows."""
    said = tolerant.answer_of(answer.body)
    if answer.status >= 300:
        return refused_answer(answer, said, outgoing.to, outgoing.to.removeprefix("+"), outgoing.text)
    parts = list(tolerant.objects(tolerant.at(said, "messages")))
    if not parts:
        return Unclear("Vonage said yes without a message id")
    no = [part for part in parts if tolerant.text(part, "status") != "0"]
    if no and len(no) < len(parts):
        return Unclear("Vonage took some parts of a long text and refused others")
    if no:
        return refused_part(answer, no[0], outgoing.to, outgoing.to.removeprefix("+"), outgoing.text)
    provider_id = tolerant.text(parts[0], "message-id")
    return Accepted(provider_id) if provider_id else Unclear("Vonage said yes without a message id")


gateway = VonageSms()
