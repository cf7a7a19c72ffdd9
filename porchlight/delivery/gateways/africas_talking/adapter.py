"""Africa's Talking's SMS API as a gateway: what it can do, how a text leaves, what the answer means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import ClassVar
from urllib.parse import urlencode

from django.utils.translation import gettext_noop as _
from multidict import CIMultiDict
from yarl import URL

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.africas_talking import checks, proof, reading
from porchlight.delivery.gateways.africas_talking.errors import (
    ERRORS,
    refused_answer,
    refused_recipient,
    refused_whole,
)
from porchlight.delivery.gateways.africas_talking.fields import BASE_URL, FIELDS, STEPS
from porchlight.delivery.gateways.contract import (
    Accepted,
    AccountSettings,
    Advice,
    InboundEvent,
    Outcome,
    Outgoing,
    RawRequest,
    Refused,
    Status,
    Unclear,
)
from porchlight.delivery.gateways.declared import Abilities, SettingField
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.meanings import Meaning
from porchlight.delivery.gateways.plain import Plain
from porchlight.delivery.gateways.wire import Answer, address, post

MAX_TEXT = 1530  # ten parts: what handsets still put together to one message
TAKEN = {"100": Status.QUEUED, "101": Status.SENT, "102": Status.QUEUED}


class AfricasTalking(Plain):
    """A school's short code or number at Africa's Talking."""

    name: ClassVar[str] = "africas_talking"
    label: ClassVar[str] = _("Text messages (Africa's Talking)")
    channel: ClassVar[str] = "sms"
    abilities: ClassVar[Abilities] = Abilities(
        echoes_reference=False,  # their reports know their own id alone
        says_when_it_leaves=True,
        reports_delivered=True,
        reports_read=False,
        options=0,
        free_text_window_hours=None,
        receives=True,
        proof="a word in the address, and nothing more: it signs no webhook",
        max_text=MAX_TEXT,
    )
    codes: ClassVar[Mapping[str, Meaning]] = ERRORS
    fields: ClassVar[Sequence[SettingField]] = FIELDS
    steps: ClassVar[Sequence[str]] = STEPS
    hook_ending: ClassVar[str] = f"?{proof.QUESTION}="
    is_genuine = staticmethod(proof.is_genuine)
    problems = staticmethod(checks.problems)

    async def send(self, http: Http, account: AccountSettings, outgoing: Outgoing) -> Outcome:
        """Put one text on the wire. Never raises for what the network or Africa's Talking does."""
        if not outgoing.text.strip():
            return Refused(Advice.OUR_FAULT, "no_words")
        if len(outgoing.text) > MAX_TEXT:
            return Refused(Advice.OUR_FAULT, "text_too_long")
        settings = account.settings
        url, headers = _road(
            settings.get("base_url", "").strip() or BASE_URL, account.secrets.get("api_key", "").strip()
        )
        form = {
            "username": settings.get("username", ""),
            "to": outgoing.to,
            "message": outgoing.text,
            "from": account.sender,
            "bulkSMSMode": "1",  # the school pays, never the family
        }
        answer = await post(http, url, body=urlencode(form, errors="replace").encode(), headers=headers)
        return _outcome(answer, outgoing) if isinstance(answer, Answer) else answer

    def read(self, account: AccountSettings, request: RawRequest) -> list[InboundEvent]:
        """Say what a webhook holds."""
        return reading.read(request)


@lru_cache(maxsize=256)
def _road(base: str, key: str) -> tuple[URL, CIMultiDict[str]]:
    headers = {
        "apiKey": key,
        "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return address(base, "/version1/messaging"), CIMultiDict(headers)


def _outcome(answer: Answer, outgoing: Outgoing) -> Outcome:
    if answer.status >= 300:
        return refused_answer(answer, outgoing.to, outgoing.to.removeprefix("+"), outgoing.text)
    said = tolerant.at(tolerant.answer_of(answer.body), "SMSMessageData")
    recipients = list(tolerant.objects(tolerant.at(said, "Recipients")))
    if not recipients:
        sentence = tolerant.text(said, "Message")
        return (
            refused_whole(sentence, outgoing.to, outgoing.text) if sentence else Unclear("no recipient named")
        )
    status = TAKEN.get(tolerant.text(recipients[0], "statusCode"))
    provider_id = tolerant.text(recipients[0], "messageId")
    if status is None:
        return refused_recipient(answer, recipients[0], outgoing.to, outgoing.text)
    is_none = provider_id in ("", "None")
    return Unclear("taken without a message id") if is_none else Accepted(provider_id, status)


gateway = AfricasTalking()
