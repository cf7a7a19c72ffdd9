"""The contract table of Africa's Talking's SMS API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from porchlight.delivery.gateways.africas_talking.adapter import gateway
from porchlight.delivery.gateways.contract import (
    Accepted,
    AddressFailed,
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

FATHER, SCHOOL = "+447700900123", "22384"
HIM = Sender(number=FATHER)
KEY, WORD = "atsk_practice0123456789", "practiceWordOfNobody0123"
AT = datetime(2026, 10, 6, 8, 0, 0, tzinfo=UTC)
MESSAGE = "ATXid_a584c3fd712a00b7bce3c4b7b552ac56"


def account(base_url: str) -> Account:
    return Account({"username": "maple", "base_url": base_url}, {"api_key": KEY, "hook_word": WORD}, SCHOOL)


def sign(account: Account, request: RawRequest) -> RawRequest:
    """The address as the office pasted it: with its word. There is nothing else."""
    return replace(
        request, url=f"{request.url.partition('?')[0]}?word={account.secrets.get('hook_word', '')}"
    )


def outgoing(**changes: Any) -> Outgoing:
    return Outgoing(
        **{"reference": "k7mxq2", "to": FATHER, "text": "Closed tomorrow", "language": "en", **changes}
    )


def seen(request: Received) -> dict[str, Any]:
    return {
        "path": request.path,
        "key": request.headers["apiKey"],
        "form": dict(parse_qsl(request.body.decode(), keep_blank_values=True, strict_parsing=True)),
    }


def sends(name: str, what: Outgoing) -> Sends:
    form = {"username": "maple", "to": FATHER, "message": what.text, "from": SCHOOL, "bulkSMSMode": "1"}
    return Sends(name, what, {"path": "/version1/messaging", "key": KEY, "form": form})


SENDS = [
    sends("a text", outgoing()),
    sends("a text in another script", outgoing(text="کل بند & ہے؟ 1+1=2 🙂")),
]


def said(*recipients: dict[str, Any], message: str = "Sent to 1/1 Total Cost: KES 0.8000") -> bytes:
    return as_json({"SMSMessageData": {"Message": message, "Recipients": list(recipients)}})


def recipient(code: int, status: str, message: str = "None") -> dict[str, Any]:
    return {"statusCode": code, "number": FATHER, "status": status, "cost": "0", "messageId": message}


def refuses(name: str, code: int, status: str, advice: Advice) -> Answers:
    return Answers(name, 201, said(recipient(code, status)), Refused(advice, str(code), status))


ANSWERS = [
    Answers("sent", 201, said(recipient(101, "Success", MESSAGE)), Accepted(MESSAGE, Status.SENT)),
    Answers("queued", 201, said(recipient(102, "Queued", MESSAGE)), Accepted(MESSAGE, Status.QUEUED)),
    Answers("sent, without an id", 201, said(recipient(101, "Success")), Unclear),
    Answers("yes, and it is no JSON", 200, b"<html>", Unclear),
    refuses("a number that is none", 403, "InvalidPhoneNumber", Advice.BAD_ADDRESS),
    refuses("the family said stop there", 406, "UserInBlacklist", Advice.OPTED_OUT),
    refuses("no credit", 405, "InsufficientBalance", Advice.STAFF_MUST_ACT),
    refuses("no way there", 407, "CouldNotRoute", Advice.NEXT_CHANNEL),
    refuses("its gateway stumbles", 501, "GatewayError", Advice.RETRY),
    refuses("a code nobody wrote down", 777, "NewThing", Advice.OUR_FAULT),
    Answers("not its sender", 201, said(message="InvalidSenderId"),
            Refused(Advice.STAFF_MUST_ACT, "InvalidSenderId", "InvalidSenderId")),
    Answers("no recipient, for a reason nobody wrote down", 201, said(message="Sent to 0/1"),
            Refused(Advice.OUR_FAULT, "no_recipient", "Sent to 0/1")),
    Answers("wrong key", 401, b"The supplied authentication is invalid",
            Refused(Advice.STAFF_MUST_ACT, "access", "The supplied authentication is invalid")),
    Answers("it stumbles", 500, b"", Refused(Advice.RETRY, "http_500")),
    Answers("the relay in between", 504, b"<html>", Unclear),
]  # fmt: skip


def form(**fields: str) -> bytes:
    return urlencode(fields).encode()


INBOUND = {"id": "b5b3", "from": FATHER, "to": SCHOOL, "linkId": "SampleLinkId", "networkCode": "62120"}
REPORT = {"id": MESSAGE, "phoneNumber": FATHER, "networkCode": "62120", "retryCount": "0"}


def report(word: str, status: Status, reason: str = "", refused: Refused | None = None) -> Hears:
    more = {"failureReason": reason} if reason else {}
    told = Receipt(f"{MESSAGE}:{word}", MESSAGE, status, refused=refused, sender=HIM)
    return Hears(f"report {word} {reason}", form(**REPORT, status=word, **more), [told])


def ignored(name: str, kind: str, **fields: str) -> Hears:
    return Hears(name, form(**fields), [Ignored("", kind)])


HEARS = [
    Hears(
        "a text",
        form(**INBOUND, date="2026-10-06 08:00:00", text="جی 1+1"),
        [Heard("b5b3", HIM, "جی 1+1", at=AT)],
    ),
    Hears(
        "the other date", form(**INBOUND, date="2026-10-06T08:00:00Z", text=""), [Heard("b5b3", HIM, at=AT)]
    ),
    Hears(
        "a name instead of a number",
        form(**{**INBOUND, "from": "DVLA"}, text="Renew", date="today"),
        [Heard("b5b3", Sender(user_id="DVLA"), "Renew")],
    ),
    report("Sent", Status.SENT),
    report("Submitted", Status.SENT),
    report("Buffered", Status.SENT),
    report("Success", Status.DELIVERED),
    report("Rejected", Status.FAILED, "UserDoesNotExist", Refused(Advice.BAD_ADDRESS, "UserDoesNotExist")),
    report("Failed", Status.FAILED, "UserInBlackList", Refused(Advice.OPTED_OUT, "UserInBlackList")),
    report("Failed", Status.FAILED, "SomethingNew", Refused(Advice.NEXT_CHANNEL, "SomethingNew")),
    report("Expired", Status.FAILED, "", Refused(Advice.RETRY, "Expired")),
    report("AbsentSubscriber", Status.FAILED, "", Refused(Advice.RETRY, "AbsentSubscriber")),
    ignored("a status nobody knows", "status.Teleported", **REPORT, status="Teleported"),
    ignored("a message from nobody", "message without a sender", text="Hello"),
    ignored("nothing of theirs", "unnamed", colour="blue"),
    ignored("an opt out of nobody", "opt out without a number", senderId="22384"),
    Hears(
        "opted out there",
        form(senderId="22384", phoneNumber=FATHER),
        [
            AddressFailed(
                f"opt out:{FATHER}:22384:{datetime.now(UTC):%Y-%m-%d}",
                HIM,
                Advice.OPTED_OUT,
                "UserInBlacklist",
            )
        ],
    ),
]


def fate(word: str, **more: str) -> tuple[bytes, str]:
    return form(**REPORT, status=word, **more), ""


FATES = {
    Status.SENT: fate("Sent"),
    Status.DELIVERED: fate("Success"),
    Status.FAILED: fate("Failed", failureReason="UserIsInactive"),
}


def in_town(theirs: Mapping[str, Any], base_url: str, _webhook: str) -> Account:
    secrets = {"api_key": theirs["api_key"], "hook_word": WORD}
    return Account({"username": theirs["username"], "base_url": base_url}, secrets, theirs["number"])


def other_word(_account: Account, request: RawRequest) -> RawRequest:
    return replace(request, url=f"{request.url.partition('?')[0]}?word={WORD}x")


TABLE = Table(
    gateway=gateway,
    account=account,
    sign=sign,
    signature_header="word",
    signature_in="query",
    signs_body=False,
    sends=SENDS,
    answers=ANSWERS,
    hears=HEARS,
    fates=FATES,
    forgeries={
        "another word": other_word,
        "the word twice": lambda _account, request: replace(request, url=f"{request.url}&word={WORD}"),
        "the word in the form": lambda _account, request: replace(
            request, url=request.url.partition("?")[0], body=request.body + f"&word={WORD}".encode()
        ),
        "by GET": lambda _account, request: replace(request, method="GET"),
    },
    another_school=replace(account("https://x.example.org"), secrets={"api_key": "x", "hook_word": "y" * 20}),
    seen=seen,
    content_type="application/x-www-form-urlencoded",
    url="https://school.example.org/hooks/africas_talking/k7mxq2/",
    town=InTown(
        {"gateway": "africas_talking", "name": "school", "hook_word": WORD},
        in_town,
        ("UserDoesNotExist", Advice.BAD_ADDRESS),
    ),
)
