"""Twilio's Programmable Messaging as a gateway: what it can do, how a text leaves, what the answer means."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import lru_cache
from typing import BinaryIO, ClassVar
from urllib.parse import quote_plus, urlencode

from django.utils.translation import gettext_noop as _
from multidict import CIMultiDict
from yarl import URL

from porchlight.delivery.gateways import meanings, tolerant
from porchlight.delivery.gateways.contract import (
    Accepted,
    AccountSettings,
    Advice,
    Fetched,
    Greeting,
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
from porchlight.delivery.gateways.twilio_sms import checks, fetching, reading, signature
from porchlight.delivery.gateways.twilio_sms.errors import ERRORS, refused_answer
from porchlight.delivery.gateways.twilio_sms.fields import BASE_URL, FIELDS, STEPS
from porchlight.delivery.gateways.wire import Answer, address, post

MAX_TEXT = 1600
TRY_AGAIN = "rc=5&rp=5xx,ct,rt"


class TwilioSms:
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
    fields: ClassVar[Sequence[SettingField]] = FIELDS
    steps: ClassVar[Sequence[str]] = STEPS
    hook_ending: ClassVar[str] = f"#{TRY_AGAIN}"

    async def send(self, http: Http, account: AccountSettings, outgoing: Outgoing) -> Outcome:
        """Put one text on the wire. Never raises for what the network or Twilio does."""
        if not outgoing.text.strip():
            return Refused(Advice.OUR_FAULT, "no_words")
        if len(outgoing.text) > MAX_TEXT:
            return Refused(Advice.OUR_FAULT, "text_too_long")
        settings = account.settings
        url, headers, sender = _road(
            settings.get("base_url") or BASE_URL,
            settings.get("account_sid", ""),
            account.secrets.get("auth_token", ""),
            settings.get("messaging_service_sid", ""),
            account.sender,
        )
        form = [("To", outgoing.to), sender, ("Body", outgoing.text)]
        if callback := settings.get("callback_url", ""):
            form.append(("StatusCallback", with_reference(callback, outgoing.reference)))
        answer = await post(http, url, body=urlencode(form, errors="replace").encode(), headers=headers)
        return _outcome(answer, outgoing) if isinstance(answer, Answer) else answer

    async def fetch(
        self, http: Http, account: AccountSettings, media: Media, into: BinaryIO, most: int
    ) -> Fetched | Refused:
        """Get a picture that came with a text."""
        sid, token = account.settings.get("account_sid", ""), account.secrets.get("auth_token", "")
        base = account.settings.get("base_url") or BASE_URL
        return await fetching.fetch(http, media, base=base, proof=_proof(sid, token), into=into, most=most)

    def greet(self, account: AccountSettings, request: RawRequest) -> Greeting | None:
        """Twilio has no set-up handshake: a GET is refused."""
        return None

    def is_genuine(self, account: AccountSettings, request: RawRequest) -> bool:
        """Check X-Twilio-Signature over our public URL and the form in constant time."""
        return signature.is_genuine(account, request)

    def read(self, account: AccountSettings, request: RawRequest) -> list[InboundEvent]:
        """Say what a genuine webhook holds."""
        return reading.read(request)

    def problems(self, account: AccountSettings) -> list[str]:
        """What is wrong with these settings."""
        return checks.problems(account)

    def explain(self, code: str) -> str:
        """The sentence for staff about one of Twilio's codes."""
        return meanings.say(code, ERRORS)


def with_reference(callback: str, reference: str) -> str:
    """The status address with our reference in its query, so that every status brings it back.

    The fragment is Twilio's own notation ("connection overrides") and stays with them: without it a status that
    meets a restarting server is dropped, with it they try five times more.
    """
    joined = f"{callback}{'&' if '?' in callback else '?'}{reading.REFERENCE}={quote_plus(reference, errors='replace')}"
    return f"{joined}#{TRY_AGAIN}"


@lru_cache(maxsize=256)
def _road(
    base: str, account_sid: str, token: str, service: str, sender: str
) -> tuple[URL, CIMultiDict[str], tuple[str, str]]:
    """Where an account's texts go, with which headers and from whom: once per account, not per text."""
    url = address(base, f"/2010-04-01/Accounts/{account_sid}/Messages.json")
    headers = {
        "Authorization": _proof(account_sid, token),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return url, CIMultiDict(headers), ("MessagingServiceSid", service) if service else ("From", sender)


def _proof(account_sid: str, token: str) -> str:
    return "Basic " + base64.b64encode(f"{account_sid}:{token}".encode("utf-8", "replace")).decode()


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
