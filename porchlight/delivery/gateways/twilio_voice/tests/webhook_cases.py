"""What Twilio tells of calls: how far one came, which key was pressed, what was said; fields as its pages name them."""

from __future__ import annotations

from urllib.parse import urlencode

from porchlight.delivery.gateways.contract import (
    Advice,
    AsksForHours,
    Heard,
    Ignored,
    Media,
    MissedCall,
    Receipt,
    Refused,
    Sender,
    Status,
)
from porchlight.delivery.gateways.tests.table import Hears

SID = "AC" + "0" * 32
HERS, SCHOOL = "+447700900321", "+447700900001"
CALL = "CA" + "a" * 32
HER = Sender(number=HERS)
RECORDING = f"https://api.twilio.com/2010-04-01/Accounts/{SID}/Recordings/RE1"


def form(**fields: str) -> bytes:
    return urlencode(fields).encode()


ASKED = {
    "CallSid": CALL,
    "AccountSid": SID,
    "From": SCHOOL,
    "To": HERS,
    "Called": HERS,
    "Caller": SCHOOL,
    "CallStatus": "in-progress",
    "ApiVersion": "2010-04-01",
    "Direction": "outbound-api",
    "AnsweredBy": "human",
}
TOLD = {**ASKED, "CallbackSource": "call-progress-events", "SequenceNumber": "1"}


def status(word: str, **more: str) -> bytes:
    return form(**(TOLD | {"CallStatus": word}), **more)


def at(step: str, **more: str) -> str:
    return urlencode({"ref": "k7mxq2", "at": step, "n": "3", "round": "0", **more})


def receipt(how: str, known: Status, refused: Refused | None = None) -> Receipt:
    return Receipt(f"{CALL}:{how}", CALL, known, "k7mxq2", refused)


def ended(word: str, code: str, advice: Advice, **more: str) -> Hears:
    told = receipt(word, Status.FAILED, Refused(advice, code))
    return Hears(f"{word} {more or ''}", status(word, **more), [told], "ref=k7mxq2")


HEARS = [
    Hears("it is queued", status("initiated"), [receipt("initiated", Status.QUEUED)], "ref=k7mxq2"),
    Hears("it rings", status("ringing"), [receipt("ringing", Status.SENT)], "ref=k7mxq2"),
    Hears("somebody took it", status("in-progress"), [receipt("in-progress", Status.SENT)], "ref=k7mxq2"),
    ended("completed", "not_heard", Advice.RETRY, CallDuration="4"),
    ended("busy", "busy", Advice.RETRY),
    ended("no-answer", "no-answer", Advice.RETRY),
    ended("canceled", "canceled", Advice.RETRY),
    ended("failed", "sip_404", Advice.BAD_ADDRESS, SipResponseCode="404"),
    ended("failed", "sip_503", Advice.RETRY, SipResponseCode="503"),
    ended("failed", "sip_unknown", Advice.NEXT_CHANNEL),
    Hears("a word nobody knows", status("teleported"), [Ignored("", "status.teleported")], "ref=k7mxq2"),
    Hears("somebody answers", form(**ASKED), [Ignored("", "call.begin")], at("begin")),
    *(
        Hears(
            f"answered by {machine}",
            form(**(ASKED | {"AnsweredBy": machine})),
            [receipt("machine", Status.FAILED, Refused(Advice.RETRY, "machine"))],
            at("begin"),
        )
        for machine in (
            "machine_start",
            "machine_end_beep",
            "machine_end_silence",
            "machine_end_other",
            "fax",
        )
    ),
    Hears(
        "nobody knows who answered",
        form(**(ASKED | {"AnsweredBy": "unknown"})),
        [Ignored("", "call.begin")],
        at("begin"),
    ),
    Hears("1, to hear it", form(**ASKED, Digits="1"), [receipt("hear", Status.DELIVERED)], at("hear")),
    Hears("8 before hearing it", form(**ASKED, Digits="8"), [Ignored("", "call.hear")], at("hear")),
    Hears(
        "one key of two",
        form(**ASKED, Digits="2", msg="Gather End"),
        [Heard(f"{CALL}:said:3", HER, "2", choice="2", in_reply_to=CALL)],
        at("said", way="one", keys="12"),
    ),
    Hears(
        "a key that is no answer",
        form(**ASKED, Digits="6"),
        [Ignored("", "call.said")],
        at("said", way="one", keys="12"),
    ),
    Hears(
        "hear it again",
        form(**ASKED, Digits="9"),
        [Ignored("", "call.said")],
        at("said", way="one", keys="12"),
    ),
    Hears(
        "several keys",
        form(**ASKED, Digits="313", FinishedOnKey="#"),
        [Heard(f"{CALL}:said:3", HER, "3 1", in_reply_to=CALL)],
        at("said", way="many", keys="123"),
    ),
    Hears(
        "a number",
        form(**ASKED, Digits="12", FinishedOnKey="#"),
        [Heard(f"{CALL}:said:3", HER, "12", in_reply_to=CALL)],
        at("said", way="number"),
    ),
    Hears(
        "a star key beside a number",
        form(**ASKED, Digits="*9"),
        [Ignored("", "call.said")],
        at("said", way="number"),
    ),
    Hears("no key", form(**ASKED, Digits=""), [Ignored("", "call.said")], at("said", way="number")),
    Hears(
        "no more calls",
        form(**ASKED, Digits="1"),
        [Heard(f"{CALL}:calls:3", HER, "STOP", in_reply_to=CALL)],
        at("calls"),
    ),
    Hears(
        "calls in the morning only",
        form(**ASKED, Digits="2"),
        [AsksForHours(f"{CALL}:calls:3", HER, "08:00", "12:00")],
        at("calls"),
    ),
    Hears("back to the message", form(**ASKED, Digits="9"), [Ignored("", "call.calls")], at("calls")),
    Hears(
        "she spoke",
        form(**ASKED, RecordingUrl=RECORDING, RecordingSid="RE1", RecordingDuration="7", Digits="#"),
        [Heard("RE1", HER, media=(Media("audio", "RE1", "audio/wav", RECORDING),), in_reply_to=CALL)],
        at("recorded"),
    ),
    Hears(
        "she said nothing",
        form(**ASKED, RecordingUrl=RECORDING, RecordingSid="RE1", RecordingDuration="0"),
        [Ignored("", "call.recorded")],
        at("recorded"),
    ),
    Hears(
        "she rings the school",
        form(**(ASKED | {"From": HERS, "To": SCHOOL, "CallStatus": "ringing", "Direction": "inbound"})),
        [MissedCall(CALL, HER)],
    ),
    Hears(
        "what became of that",
        form(**(TOLD | {"From": HERS, "To": SCHOOL, "CallStatus": "busy", "Direction": "inbound"})),
        [Ignored("", "call.busy")],
    ),
    Hears("a step nobody knows", form(**ASKED), [Ignored("", "request")], at("dance")),
    Hears("a step without a delivery", form(**ASKED), [Ignored("", "request")], "at=hear"),
    Hears(
        "a turn that cannot be counted",
        form(**ASKED),
        [Ignored("", "call.said")],
        at("said", n="٣", round="-1"),
    ),
    Hears("no call at all", form(AccountSid=SID), [Ignored("", "unreadable")]),
]
FATES = {
    Status.QUEUED: (status("initiated"), "ref=k7mxq2"),
    Status.SENT: (status("ringing"), "ref=k7mxq2"),
    Status.FAILED: (status("no-answer"), "ref=k7mxq2"),
    Status.DELIVERED: (form(**ASKED, Digits="1"), at("hear")),
}
