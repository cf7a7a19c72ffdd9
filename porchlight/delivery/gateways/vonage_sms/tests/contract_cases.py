"""The contract table of Vonage's SMS API."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from porchlight.delivery.gateways.contract import (
    Accepted,
    Advice,
    Heard,
    Ignored,
    Outgoing,
    RawRequest,
    Receipt,
    Refused,
    Sender,
    Status,
    Unclear,
)
from porchlight.delivery.gateways.tests.loopback import Received
from porchlight.delivery.gateways.tests.table import Account, Answers, Hears, InTown, Sends, Table, as_json
from porchlight.delivery.gateways.vonage_sms.adapter import gateway
from porchlight.delivery.gateways.vonage_sms.signature import MAX_AGE
from porchlight.delivery.gateways.vonage_sms.signature import sign as signature

FATHER, SCHOOL = "+447700900123", "+447700900001"
HIM = Sender(number=FATHER)
KEY, SECRET, SIGNS = "abcd1234", "practiceSecret1", "practice-signature-secret-of-nobody"
CALLBACK = "https://school.example.org/hooks/vonage_sms/k7mxq2/"
AT = datetime(2026, 10, 6, 8, 0, 0, tzinfo=UTC)
MESSAGE = "0A0000001234567B"


def account(base_url: str) -> Account:
    settings = {"api_key": KEY, "base_url": base_url, "callback_url": CALLBACK}
    return Account(settings, {"api_secret": SECRET, "signature_secret": SIGNS}, SCHOOL)


def signed(account: Account, request: RawRequest, *, age: int = 0, method: str = "sha256") -> RawRequest:
    """With a fresh timestamp and the signature over all of it, in the form itself."""
    said = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
    said = {name: value for name, value in said.items() if name != "sig"}
    said |= {"timestamp": str(int(time.time()) - age), "nonce": "aaaaaaaa-bbbb-cccc-dddd-0123456789ab"}
    said["sig"] = signature(account.secrets.get("signature_secret", ""), said, method)
    return replace(request, body=urlencode(said).encode())


def outgoing(**changes: Any) -> Outgoing:
    return Outgoing(
        **{"reference": "k7 m&q", "to": FATHER, "text": "Closed tomorrow", "language": "en", **changes}
    )


def seen(request: Received) -> dict[str, Any]:
    form = dict(parse_qsl(request.body.decode(), keep_blank_values=True, strict_parsing=True))
    return {"path": request.path, "type": request.headers["Content-Type"], "form": form}


def sends(name: str, what: Outgoing, **more: str) -> Sends:
    form = {
        "api_key": KEY,
        "api_secret": SECRET,
        "from": "447700900001",
        "to": "447700900123",
        "text": what.text,
        "client-ref": "k7 m&q",
        "callback": CALLBACK,
        **more,
    }
    return Sends(name, what, {"path": "/sms/json", "type": "application/x-www-form-urlencoded", "form": form})


SENDS = [
    sends("a text", outgoing()),
    sends("a text in another script", outgoing(text="کل بند & ہے؟ 1+1=2 🙂"), type="unicode"),
    sends("signs that GSM-7 has", outgoing(text="Où? 5 € {ok}")),
]


def part(status: str = "0", **more: str) -> dict[str, str]:
    taken = {"to": "447700900123", "message-id": MESSAGE, "client-ref": "k7 m&q"} if status == "0" else {}
    return {**taken, "status": status, **more}


def said(*parts: dict[str, str]) -> bytes:
    return as_json({"message-count": str(len(parts)), "messages": list(parts)})


def refuses(name: str, status: str, advice: Advice, sentence: str = "No", kept: str = "No") -> Answers:
    return Answers(name, 200, said(part(status, **{"error-text": sentence})), Refused(advice, status, kept))


ANSWERS = [
    Answers("taken", 200, said(part()), Accepted(MESSAGE)),
    Answers("a long one in two parts", 200, said(part(), part(**{"message-id": "2"})), Accepted(MESSAGE)),
    Answers("half of a long one", 200, said(part(), part("9")), Unclear),
    Answers("yes, without an id", 200, said({"status": "0"}), Unclear),
    Answers("yes, and it is no JSON", 200, b"<html>", Unclear),
    refuses("the family said stop", "7", Advice.OPTED_OUT),
    refuses(
        "no such number", "6", Advice.BAD_ADDRESS, "No: 447700900123, 'Closed tomorrow'", "No: […], '[…]'"
    ),
    refuses("wrong secret", "4", Advice.STAFF_MUST_ACT),
    refuses("no credit", "9", Advice.STAFF_MUST_ACT),
    refuses("not its sender", "15", Advice.STAFF_MUST_ACT),
    refuses("too fast", "1", Advice.RETRY),
    refuses("Vonage stumbles", "5", Advice.RETRY),
    refuses("a status nobody wrote down", "77", Advice.OUR_FAULT),
    Answers("the relay in between", 502, b"<html>", Unclear),
]


def form(**fields: str) -> bytes:
    return urlencode(fields).encode()


INBOUND = {
    "api-key": KEY,
    "msisdn": "447700900123",
    "to": "447700900001",
    "messageId": MESSAGE,
    "type": "text",
    "keyword": "JEE",
    "message-timestamp": "2026-10-06 08:00:00",
}
RECEIPT = {
    "api-key": KEY,
    "msisdn": "447700900123",
    "to": "447700900001",
    "network-code": "23410",
    "messageId": MESSAGE,
    "price": "0.03330000",
    "scts": "2610060800",
    "client-ref": "k7 m&q",
    "message-timestamp": "2026-10-06 08:00:00",
}


def receipt(word: str, status: Status, code: str = "0", refused: Refused | None = None) -> Hears:
    told = Receipt(f"{MESSAGE}:{word}", MESSAGE, status, "k7 m&q", refused, AT, HIM)
    return Hears(f"receipt {word} {code}", form(**RECEIPT, status=word, **{"err-code": code}), [told])


def ignored(name: str, kind: str, **fields: str) -> Hears:
    return Hears(name, form(**fields), [Ignored("", kind)])


HEARS = [
    Hears("a text", form(**INBOUND, text="جی ہاں 1+1 & =2"), [Heard(MESSAGE, HIM, "جی ہاں 1+1 & =2", at=AT)]),
    Hears(
        "the second part of a long one",
        form(**INBOUND, text="and so on", concat="true", **{"concat-part": "2", "concat-total": "3"}),
        [Heard(MESSAGE, HIM, "(2/3) and so on", at=AT)],
    ),
    Hears("a blank text", form(**INBOUND, text=""), [Heard(MESSAGE, HIM, "", at=AT)]),
    Hears(
        "a name instead of a number",
        form(**{**INBOUND, "msisdn": "DVLA", "message-timestamp": "soon"}, text="Renew"),
        [Heard(MESSAGE, Sender(user_id="DVLA"), "Renew")],
    ),
    receipt("buffered", Status.QUEUED),
    receipt("accepted", Status.SENT),
    receipt("delivered", Status.DELIVERED),
    receipt("failed", Status.FAILED, "3", Refused(Advice.BAD_ADDRESS, "dlr 3")),
    receipt("expired", Status.FAILED, "2", Refused(Advice.RETRY, "dlr 2")),
    receipt("rejected", Status.FAILED, "6", Refused(Advice.NEXT_CHANNEL, "dlr 6")),
    receipt("failed", Status.FAILED, "", Refused(Advice.NEXT_CHANNEL, "unknown")),
    ignored("a status they do not know themselves", "status.unknown", **RECEIPT, status="unknown"),
    ignored("a binary message", "message.binary", **{**INBOUND, "type": "binary"}, data="00"),
    ignored("nothing of theirs", "message.unnamed", colour="blue"),
]


def fate(word: str, code: str = "0") -> tuple[bytes, str]:
    return form(**{**RECEIPT, "client-ref": "k7mxq2"}, status=word, **{"err-code": code}), ""


FATES = {
    Status.QUEUED: fate("buffered"),
    Status.SENT: fate("accepted"),
    Status.DELIVERED: fate("delivered"),
    Status.FAILED: fate("failed", "1"),
}


def in_town(theirs: Mapping[str, Any], base_url: str, webhook: str) -> Account:
    settings = {"api_key": theirs["api_key"], "base_url": base_url, "callback_url": webhook}
    secrets = {name: theirs[name] for name in ("api_secret", "signature_secret")}
    return Account(settings, secrets, theirs["number"])


def recorded(name: str) -> Callable[[Path], Any]:
    """An answer as Vonage's own library keeps it for its tests."""
    return lambda shared: json.loads(
        (shared / f"standards/sms-gateways/vonage-responses/{name}.json").read_text()
    )


TABLE = Table(
    gateway=gateway,
    account=account,
    sign=signed,
    signature_header="sig",
    signature_in="form",
    sends=SENDS,
    answers=ANSWERS,
    hears=HEARS,
    fates=FATES,
    forgeries={
        "signed long ago": lambda account, request: signed(account, request, age=MAX_AGE + 5),
        "signed for a day to come": lambda account, request: signed(account, request, age=-MAX_AGE - 5),
        "wrong algorithm": lambda account, request: signed(account, request, method="md5"),
        "a word twice": lambda account, request: replace(
            signed(account, request), body=signed(account, request).body + b"&text=No"
        ),
        "by GET": lambda account, request: replace(signed(account, request), method="GET"),
    },
    another_school=replace(
        account("https://x.example.org"), secrets={"api_secret": "x", "signature_secret": "other"}
    ),
    seen=seen,
    content_type="application/x-www-form-urlencoded",
    url=CALLBACK,
    town=InTown({"gateway": "vonage", "name": "school"}, in_town, ("3", Advice.BAD_ADDRESS)),
)
