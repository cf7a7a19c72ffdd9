"""Twilio's forms about calls in our words: how far a call came, which key was pressed, what was said into it.

Which turn of a call a request is about stands in the query of the address we gave Twilio, which its signature covers.
"""

from __future__ import annotations

from collections.abc import Mapping

from porchlight.delivery.gateways.addresses import e164, query_of
from porchlight.delivery.gateways.contract import (
    AsksForHours,
    Heard,
    Ignored,
    InboundEvent,
    Media,
    MissedCall,
    RawRequest,
    Receipt,
    Sender,
    Status,
)
from porchlight.delivery.gateways.spoken import CALLS, Step, Turn, Way
from porchlight.delivery.gateways.tolerant import clean, fingerprint
from porchlight.delivery.gateways.twilio_sms.account import REFERENCE
from porchlight.delivery.gateways.twilio_sms.wire_form import NotAForm, fields_of, is_form
from porchlight.delivery.gateways.twilio_voice.errors import ended

STEP, COUNT, ROUND, WAY, ANSWERS = "at", "n", "round", "way", "keys"  # names in the query
STATUSES = {
    "queued": Status.QUEUED,
    "initiated": Status.QUEUED,
    "ringing": Status.SENT,
    "in-progress": Status.SENT,
    "completed": Status.FAILED,  # unless it was heard, which is more: the furthest status wins
    "busy": Status.FAILED,
    "no-answer": Status.FAILED,
    "failed": Status.FAILED,
    "canceled": Status.FAILED,
}
# Keys in the menu about the calls themselves, and what they say in words; hours as the clock at home shows them.
SAYS = {"1": "STOP", "5": "wrong number"}
HOURS = {"2": ("08:00", "12:00"), "3": ("12:00", "17:00"), "4": ("17:00", "20:00")}
_MOST = 500  # turns of one call


def read(request: RawRequest) -> list[InboundEvent]:
    """The one event a webhook holds. Never raises."""
    said = form_of(request)
    if not said.get("CallSid"):
        return [Ignored(fingerprint(request.body), "unreadable")]
    if said.get("CallbackSource") == "call-progress-events":
        return [_receipt(said, request.url)]
    turn = turn_in(request)
    if turn is None:
        return [_ignored("request", said)]
    return [_event(turn, said)]


def form_of(request: RawRequest) -> Mapping[str, str]:
    """The form's fields; none of what is no form."""
    try:
        form = fields_of(request) if is_form(request) else {}
    except NotAForm:
        return {}
    return {clean(name): clean(values[-1]) for name, values in form.items()}


def turn_in(request: RawRequest) -> Turn | None:
    """What the home just did, when Twilio asks what to say next. None for all else."""
    said = form_of(request)
    call = said.get("CallSid", "")
    if not call or said.get("CallbackSource"):
        return None
    if said.get("Direction") == "inbound":
        return Turn(call, Step.BEGIN, rang_us=True)
    asked = {name: values[0] for name, values in query_of(request.url).items() if len(values) == 1}
    if asked.get(STEP) not in set(Step) or not asked.get(REFERENCE):
        return None
    way = asked.get(WAY, "")
    return Turn(
        call=call,
        step=Step(asked[STEP]),
        reference=clean(asked[REFERENCE]),
        keys=said.get("Digits", ""),
        count=_count(asked.get(COUNT, "")),
        round=_count(asked.get(ROUND, "")),
        way=Way(way) if way in set(Way) else Way.NONE,
        answers=asked.get(ANSWERS, ""),
        by_machine=said.get("AnsweredBy", "").startswith("machine") or said.get("AnsweredBy") == "fax",
    )


def _count(written: str) -> int:
    return min(int(written), _MOST) if written.isascii() and written.isdigit() and len(written) < 5 else 0


def _event(turn: Turn, said: Mapping[str, str]) -> InboundEvent:
    sender, key = _sender(said), f"{turn.call}:{turn.step}:{turn.count}"
    if turn.rang_us:
        return MissedCall(turn.call, sender, raw=said) if sender else _ignored("call without a number", said)
    if turn.step is Step.BEGIN and turn.by_machine:
        return _told(turn, Status.FAILED, said, "machine")
    if turn.step is Step.HEAR and turn.keys != CALLS:
        return _told(turn, Status.DELIVERED, said)
    if sender is None:
        return _ignored("call without a number", said)
    if turn.step is Step.RECORDED and said.get("RecordingUrl") and said.get("RecordingDuration") != "0":
        sid = said.get("RecordingSid", "")
        note = Media("audio", sid, "audio/wav", said["RecordingUrl"])
        choice = turn.answers if turn.way in (Way.ALOUD, Way.ONE) else ""  # the key it goes with
        return Heard(sid or key, sender, choice=choice, media=(note,), in_reply_to=turn.call, raw=said)
    if turn.step is Step.CALLS and turn.keys in SAYS:
        return Heard(key, sender, text=SAYS[turn.keys], in_reply_to=turn.call, raw=said)
    if turn.step is Step.CALLS and turn.keys in HOURS:
        return AsksForHours(key, sender, *HOURS[turn.keys], raw=said)
    if turn.is_answer:
        return _answer(turn, key, sender, said)
    return _ignored(f"call.{turn.step}", said)


def _answer(turn: Turn, key: str, sender: Sender, said: Mapping[str, str]) -> Heard:
    if turn.way is Way.ONE:
        return Heard(key, sender, text=turn.keys, choice=turn.keys, in_reply_to=turn.call, raw=said)
    text = " ".join(dict.fromkeys(turn.keys)) if turn.way is Way.MANY else turn.keys
    return Heard(key, sender, text=text, in_reply_to=turn.call, raw=said)


def _receipt(said: Mapping[str, str], url: str) -> InboundEvent:
    word, known = said.get("CallStatus", ""), STATUSES.get(said.get("CallStatus", ""))
    if known is None:
        # An unknown word is never taken for "heard".
        return _ignored(f"status.{word or 'unnamed'}", said)
    if said.get("Direction") == "inbound":
        return _ignored(f"call.{word}", said)
    how = {"completed": "not_heard", "failed": f"sip_{said.get('SipResponseCode') or 'unknown'}"}.get(
        word, word
    )
    given = query_of(url).get(REFERENCE, [])
    turn = Turn(said["CallSid"], Step.BEGIN, clean(given[0]) if len(given) == 1 else "")
    return _told(turn, known, said, how if known is Status.FAILED else "", word)


def _told(turn: Turn, status: Status, said: Mapping[str, str], how: str = "", word: str = "") -> Receipt:
    return Receipt(
        key=f"{turn.call}:{word or how or turn.step}",
        provider_id=turn.call,
        status=status,
        reference=turn.reference,
        refused=ended(how) if how else None,
        raw=said,
    )


def _sender(said: Mapping[str, str]) -> Sender | None:
    """Who is at the other end: whom we rang, or who rings."""
    number = said.get("From" if said.get("Direction") == "inbound" else "To", "")
    known = e164(number) if number.startswith("+") else ""
    return Sender(number=known) if known else None


def _ignored(kind: str, said: Mapping[str, str]) -> Ignored:
    return Ignored(f"{kind}:{fingerprint(dict(said))}", kind, raw=said)
