"""What Twilio's webhooks say: texts, pictures, statuses, calls."""

from __future__ import annotations

from urllib.parse import urlencode

from porchlight.delivery.gateways.contract import (
    Advice,
    Heard,
    Ignored,
    Media,
    MissedCall,
    Receipt,
    Refused,
    Sender,
    Status,
)
from porchlight.delivery.gateways.tests.table import (
    Hears,
)

SID = "AC" + "0" * 32
FATHER, SCHOOL = "+447700900123", "+447700900001"
MESSAGE = "SM" + "a" * 32


def form(*pairs: tuple[str, str], **fields: str) -> bytes:
    return urlencode([*pairs, *fields.items()]).encode()


INBOUND = {"MessageSid": MESSAGE, "SmsSid": MESSAGE, "AccountSid": SID, "From": FATHER, "To": SCHOOL}
STATUS = {**INBOUND, "From": SCHOOL, "To": FATHER}
HIM = Sender(number=FATHER)
PICTURE = f"https://api.twilio.com/2010-04-01/Accounts/{SID}/Messages/MM1/Media/ME1"

HEARS = [
    Hears(
        "a text",
        form(**INBOUND, SmsStatus="received", Body="جی ہاں 1+1", NumMedia="0", NumSegments="1"),
        [Heard(MESSAGE, HIM, "جی ہاں 1+1")],
    ),
    Hears(
        "a blank text",
        form(**INBOUND, SmsStatus="received", Body="", NumMedia="0"),
        [Heard(MESSAGE, HIM, "")],
    ),
    Hears(
        "a picture and a voice note",
        form(
            **INBOUND,
            Body="look",
            NumMedia="2",
            MediaUrl0=PICTURE,
            MediaContentType0="image/jpeg",
            MediaUrl1=PICTURE + "2",
            MediaContentType1="audio/amr",
        ),
        [
            Heard(
                MESSAGE,
                HIM,
                "look",
                media=(
                    Media("image", "ME1", "image/jpeg", PICTURE),
                    Media("audio", "ME12", "audio/amr", PICTURE + "2"),
                ),
            )
        ],
    ),
    Hears(
        "pictures that are none, or too many to be true",
        form(**INBOUND, Body="", NumMedia="9999", MediaUrl0="https://[::1", MediaUrl2="", MediaUrl11="x"),
        [Heard(MESSAGE, HIM, media=(Media("document", "[::1", "", "https://[::1"),))],
    ),
    Hears(
        "a stop in the school's own word",
        form(**INBOUND, Body="Band karo", NumMedia="0", OptOutType="STOP"),
        [Heard(MESSAGE, HIM, "STOP", full_text="Band karo")],
    ),
    Hears(
        "a name instead of a number",
        form(**{**INBOUND, "From": "DVLA"}, Body="Renew", NumMedia="0"),
        [Heard(MESSAGE, Sender(user_id="DVLA"), "Renew")],
    ),
    Hears(
        "a field given several times",
        form(("Tag", "b"), ("Tag", "a"), ("Tag", "b"), **INBOUND, Body="1"),
        [Heard(MESSAGE, HIM, "1")],
    ),
    *[
        Hears(
            f"status {word}",
            form(**STATUS, SmsStatus=word, MessageStatus=word),
            [Receipt(f"{MESSAGE}:{word}", MESSAGE, status, "k7 m&q", sender=HIM)],
            query="ref=k7+m%26q",
        )
        for word, status in [
            ("queued", Status.QUEUED),
            ("sent", Status.SENT),
            ("delivered", Status.DELIVERED),
        ]
    ],
    Hears(
        "status without our reference",
        form(**STATUS, MessageStatus="delivered"),
        [Receipt(f"{MESSAGE}:delivered", MESSAGE, Status.DELIVERED, sender=HIM)],
    ),
    Hears(
        "not delivered",
        form(**STATUS, MessageStatus="undelivered", ErrorCode="30005"),
        [
            Receipt(
                f"{MESSAGE}:undelivered",
                MESSAGE,
                Status.FAILED,
                refused=Refused(Advice.BAD_ADDRESS, "30005"),
                sender=HIM,
            )
        ],
    ),
    Hears(
        "failed for a reason nobody wrote down",
        form(**STATUS, MessageStatus="failed"),
        [
            Receipt(
                f"{MESSAGE}:failed",
                MESSAGE,
                Status.FAILED,
                refused=Refused(Advice.NEXT_CHANNEL, "unknown"),
                sender=HIM,
            )
        ],
    ),
    Hears(
        "a picture without any words",
        form(
            **INBOUND, SmsStatus="received", NumMedia="1", MediaUrl0=PICTURE, MediaContentType0="video/3gpp"
        ),
        [Heard(MESSAGE, HIM, media=(Media("video", "ME1", "video/3gpp", PICTURE),))],
    ),
    Hears(
        "two references are none",
        form(**STATUS, MessageStatus="sent"),
        [Receipt(f"{MESSAGE}:sent", MESSAGE, Status.SENT, sender=HIM)],
        query="ref=a&ref=b",
    ),
    Hears(
        "taken back before it left",
        form(**STATUS, MessageStatus="canceled"),
        [
            Receipt(
                f"{MESSAGE}:canceled",
                MESSAGE,
                Status.FAILED,
                refused=Refused(Advice.NEXT_CHANNEL, "canceled"),
                sender=HIM,
            )
        ],
    ),
    Hears(
        "a call of our own that nobody took",
        form(CallSid="CA1", From=SCHOOL, To=FATHER, Direction="outbound-api", CallStatus="no-answer"),
        [Ignored("", "call.no-answer")],
    ),
    Hears(
        "a call nobody took",
        form(CallSid="CA1", From=FATHER, To=SCHOOL, Direction="inbound", CallStatus="no-answer"),
        [MissedCall("CA1", HIM)],
    ),
]


def fate(word: str, **more: str) -> tuple[bytes, str]:
    return form(**STATUS, SmsStatus=word, MessageStatus=word, **more), "ref=k7mxq2"


FATES = {
    Status.QUEUED: fate("queued"),
    Status.SENT: fate("sent"),
    Status.DELIVERED: fate("delivered"),
    Status.FAILED: fate("undelivered", ErrorCode="30003"),
}
