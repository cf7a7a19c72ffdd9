"""Twilio's Programmable Voice as a gateway: how a call begins, what is said in it, what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import BinaryIO, ClassVar
from urllib.parse import urlencode

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways import tolerant
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
    Status,
    Unclear,
)
from porchlight.delivery.gateways.declared import Abilities, SettingField
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.meanings import Meaning
from porchlight.delivery.gateways.plain import Plain
from porchlight.delivery.gateways.spoken import Script, Step, Turn
from porchlight.delivery.gateways.twilio_sms import signature
from porchlight.delivery.gateways.twilio_sms.account import (
    TRY_AGAIN,
    base_of,
    headers_of,
    proof_of,
    with_reference,
)
from porchlight.delivery.gateways.twilio_voice import checks, fetching, reading, writing
from porchlight.delivery.gateways.twilio_voice.errors import ERRORS, refused_answer
from porchlight.delivery.gateways.twilio_voice.fields import FIELDS, STEPS
from porchlight.delivery.gateways.twilio_voice.voices import voices_in
from porchlight.delivery.gateways.wire import Answer, address, post

RINGS = 35  # seconds until nobody answers: an old woman needs time to reach the telephone
TOLD_OF = ("initiated", "ringing", "answered", "completed")


class TwilioVoice(Plain):
    """A school's number at Twilio from which families are rung."""

    name: ClassVar[str] = "twilio_voice"
    label: ClassVar[str] = _("Automatic calls (Twilio)")
    channel: ClassVar[str] = "call"
    abilities: ClassVar[Abilities] = Abilities(
        says_when_it_leaves=True,
        echoes_reference=True,  # in the query of every address a call is started with
        reports_delivered=True,  # when the message was begun for somebody who pressed a key to hear it
        reports_read=False,
        options=0,
        free_text_window_hours=None,
        receives=True,
        missed_calls=True,
        missed_calls_need="where the number's “a call comes in” address is set to the webhook",
        brings_files=True,
        sends_sound=True,
    )
    codes: ClassVar[Mapping[str, Meaning]] = ERRORS
    fields: ClassVar[Sequence[SettingField]] = FIELDS
    steps: ClassVar[Sequence[str]] = STEPS
    hook_ending: ClassVar[str] = f"#{TRY_AGAIN}"
    is_genuine = staticmethod(signature.is_genuine)
    problems = staticmethod(checks.problems)

    async def send(self, http: Http, account: AccountSettings, outgoing: Outgoing) -> Outcome:
        """Let it ring. What is said is asked of us once somebody answers; no words leave before."""
        settings = account.settings
        callback = settings.get("callback_url", "")
        if not outgoing.text.strip():
            return Refused(Advice.OUR_FAULT, "no_words")
        if not callback:
            return Refused(Advice.STAFF_MUST_ACT, "no_callback")
        sid = settings.get("account_sid", "")
        url = address(base_of(account), f"/2010-04-01/Accounts/{sid}/Calls.json")
        form = [
            ("To", outgoing.to),
            ("From", account.sender),
            ("Url", writing.place_of(callback, Turn("", Step.BEGIN, outgoing.reference), Step.BEGIN)),
            ("Method", "POST"),
            ("StatusCallback", with_reference(callback, outgoing.reference)),
            ("StatusCallbackMethod", "POST"),
            *(("StatusCallbackEvent", event) for event in TOLD_OF),
            ("MachineDetection", "DetectMessageEnd"),
            ("Timeout", str(RINGS)),
        ]
        body = urlencode(form, errors="replace").encode()
        answer = await post(http, url, body=body, headers=headers_of(account))
        return _outcome(answer, outgoing) if isinstance(answer, Answer) else answer

    async def fetch(
        self, http: Http, account: AccountSettings, media: Media, into: BinaryIO, most: int
    ) -> Fetched | Refused:
        """Get what was said into a call."""
        base, proof = base_of(account), proof_of(account)
        return await fetching.fetch(http, media, base=base, proof=proof, into=into, most=most)

    def read(self, account: AccountSettings, request: RawRequest) -> list[InboundEvent]:
        """Say what a genuine webhook holds."""
        return reading.read(request)

    def turn(self, request: RawRequest) -> Turn | None:
        """What the home just did, when Twilio waits for what to say next."""
        return reading.turn_in(request)

    def speak(self, turn: Turn, script: Script, callback: str) -> Greeting:
        """What they hear, as TwiML; what they do then comes back to `callback`."""
        return Greeting(writing.twiml(script, turn, callback))

    def voice_of(self, account: AccountSettings, language: str) -> str:
        """Twilio's name of the voice that the school chose for a language (BCP-47); empty: none."""
        chosen = voices_in(account.settings.get("voices", ""))
        return chosen.get(language) or chosen.get(language.partition("-")[0], "") if language else ""


def _outcome(answer: Answer, outgoing: Outgoing) -> Outcome:
    said = tolerant.answer_of(answer.body)
    if answer.status >= 300:
        return refused_answer(answer, said, outgoing.to, outgoing.text)
    sid = tolerant.text(said, "sid")
    if not sid:
        return Unclear("Twilio said yes without the call's id")
    if reading.STATUSES.get(tolerant.text(said, "status")) is Status.FAILED:
        return Refused(Advice.RETRY, "canceled")
    return Accepted(sid, Status.QUEUED)


gateway = TwilioVoice()
