"""What the school's own phone tells: texts, picture messages, how far each text came, calls."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from porchlight.delivery.gateways.contract import (
    Advice,
    Heard,
    Ignored,
    InboundEvent,
    Media,
    MissedCall,
    Receipt,
    Refused,
    Sender,
    Status,
)
from porchlight.delivery.gateways.tests.table import Hears, as_json
from porchlight.delivery.gateways.tolerant import fingerprint

FATHER = "+447700900123"
AT = datetime(2026, 9, 1, 14, 10, tzinfo=UTC)


def event(name: str, **payload: object) -> dict[str, object]:
    return {
        "id": "Ey6ECgOkVVFjz3CL48B8C",
        "webhookId": "LreFUt-Z3sSq0JufY9uWB",
        "deviceId": "ffffffffceb0b1db0000018e937c815b",
        "event": name,
        "payload": payload,
    }


TEXT = {
    "messageId": "abc123",
    "message": "1",
    "phoneNumber": FATHER,
    "sender": FATHER,
    "recipient": None,
    "simNumber": 1,
    "receivedAt": "2026-09-01T15:10:00.000+01:00",
}
TEXT_KEY = "sms:" + fingerprint(["abc123", "2026-09-01T15:10:00.000+01:00", FATHER, FATHER, "1"])


def heard(**changes: Any) -> Heard:
    return Heard(**{"key": TEXT_KEY, "sender": Sender(number=FATHER), "text": "1", "at": AT, **changes})


def receipt(status: Status, refused: Refused | None = None) -> Receipt:
    return Receipt(
        key=f"k7mxq2:{status.name.lower()}",
        provider_id="k7mxq2",
        status=status,
        reference="k7mxq2",
        refused=refused,
        at=AT,
        sender=Sender(number=FATHER),
    )


def hears(name: str, what: object, *becomes: InboundEvent) -> Hears:
    return Hears(name, as_json(what), becomes)


def ignored(kind: str) -> Ignored:
    return Ignored("", kind)


WHEN = "2026-09-01T14:10:00Z"
HEARS = [
    hears("a text", event("sms:received", **TEXT), heard()),
    hears(
        "texts kept while the phone was offline",
        event("sms:batch:received", messages=[TEXT, {**TEXT, "message": "2"}]),
        heard(),
        heard(
            key="sms:" + fingerprint(["abc123", "2026-09-01T15:10:00.000+01:00", FATHER, FATHER, "2"]),
            text="2",
        ),
    ),
    hears(
        "a picture message",
        event(
            "mms:downloaded",
            messageId="m1",
            phoneNumber=FATHER,
            body="Look",
            receivedAt=WHEN,
            attachments=[{"partId": 7, "contentType": "audio/amr", "data": "AAAA", "size": 3}],
        ),
        heard(
            key="mms:" + fingerprint(["m1", FATHER]),
            text="Look",
            media=(Media("audio", "m1/7", "audio/amr", "inbox/m1/attachments/7"),),
        ),
    ),
    hears(
        "sent", event("sms:sent", messageId="k7mxq2", phoneNumber=FATHER, sentAt=WHEN), receipt(Status.SENT)
    ),
    hears(
        "delivered",
        event("sms:delivered", messageId="k7mxq2", phoneNumber=FATHER, deliveredAt=WHEN),
        receipt(Status.DELIVERED),
    ),
    hears(
        "failed",
        event(
            "sms:failed",
            messageId="k7mxq2",
            phoneNumber=FATHER,
            failedAt=WHEN,
            reason="Send result: RESULT_ERROR_NO_SERVICE (Failed because service is currently unavailable)",
        ),
        receipt(
            Status.FAILED,
            Refused(
                Advice.RETRY,
                "RESULT_ERROR_NO_SERVICE",
                "Send result: RESULT_ERROR_NO_SERVICE (Failed because service is currently unavailable)",
            ),
        ),
    ),
    hears(
        "cancelled on the phone",
        event("sms:cancelled", messageId="k7mxq2", phoneNumber=FATHER, cancelledAt=WHEN),
        receipt(Status.FAILED, Refused(Advice.NEXT_CHANNEL, "cancelled")),
    ),
    hears(
        "it rings",
        event("call:ringing", phoneNumber="07700 900123"),
        MissedCall("call:Ey6ECgOkVVFjz3CL48B8C", Sender(number=FATHER)),
    ),
    hears("a hidden number rings", event("call:ringing", phoneNumber=None), ignored("call:ringing")),
    hears("somebody answered", event("call:started", phoneNumber=FATHER), ignored("call:started")),
    hears("still there", event("system:ping"), ignored("system:ping")),
    hears("an event of tomorrow", event("sms:translated", new=[1]), ignored("sms:translated")),
]


def fate(name: str, **more: object) -> tuple[bytes, str]:
    return as_json(event(name, messageId="k7mxq2", phoneNumber=FATHER, **more)), ""


FATES = {
    Status.SENT: fate("sms:sent", sentAt=WHEN),
    Status.DELIVERED: fate("sms:delivered", deliveredAt=WHEN),
    Status.FAILED: fate("sms:failed", failedAt=WHEN, reason="Send result: RESULT_ERROR_NO_SERVICE"),
}
