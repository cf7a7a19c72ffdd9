"""The contract table of the school's own phone: SMSGate's API out, its signed webhooks in."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from porchlight.delivery.gateways.contract import (
    Accepted,
    Advice,
    Media,
    Option,
    Outgoing,
    RawRequest,
    Refused,
    Status,
    Unclear,
)
from porchlight.delivery.gateways.office_phone.adapter import gateway
from porchlight.delivery.gateways.office_phone.tests.webhook_cases import FATES, FATHER, HEARS
from porchlight.delivery.gateways.tests.loopback import Loopback, Received
from porchlight.delivery.gateways.tests.table import (
    Account,
    Answers,
    Brings,
    InTown,
    Sends,
    Table,
    as_json,
    with_header,
)

KEY = "the phone's own key"


def account(base_url: str) -> Account:
    settings = {"base_url": base_url, "username": "office", "country": "GB"}
    return Account(settings, {"password": "pass", "signing_key": KEY}, "+447700900003")


def sign(account: Account, request: RawRequest, *, age: float = 0, algorithm: str = "sha256") -> RawRequest:
    """As the app signs, written once more from its page so that the adapter is not its own judge."""
    stamp = str(int(time.time() - age))
    mac = hmac.new(account.secrets.get("signing_key", "").encode(), digestmod=algorithm)
    mac.update(request.body + stamp.encode())
    return with_header(with_header(request, "x-timestamp", stamp), "x-signature", mac.hexdigest())


def later_stamp(account: Account, request: RawRequest) -> RawRequest:
    """A replay with a fresh timestamp that nobody signed."""
    return with_header(request, "x-timestamp", str(int(request.headers["x-timestamp"]) + 1))


def body_alone(account: Account, request: RawRequest) -> RawRequest:
    mac = hmac.new(KEY.encode(), request.body, hashlib.sha256)
    return with_header(request, "x-signature", mac.hexdigest())


def outgoing(**changes: Any) -> Outgoing:
    given = {"reference": "k7mxq2", "to": FATHER, "text": "Closed tomorrow", "language": "en", **changes}
    return Outgoing(**given)


def seen(request: Received) -> dict[str, Any]:
    return {
        "path": request.path,
        "authorization": request.headers["Authorization"],
        "type": request.headers["Content-Type"],
        "body": json.loads(request.body),
    }


def sends(name: str, what: Outgoing, **body: object) -> Sends:
    return Sends(
        name,
        what,
        {
            "path": "/messages",
            "authorization": "Basic " + base64.b64encode(b"office:pass").decode(),
            "type": "application/json",
            "body": {
                "id": "k7mxq2",
                "phoneNumbers": [FATHER],
                "textMessage": {"text": what.text},
                "withDeliveryReport": True,
                "ttl": 86400,
                **body,
            },
        },
    )


SENDS = [
    sends("a text", outgoing()),
    sends("a text in another script", outgoing(text="کل بند ہے 🙂")),
    sends(
        "options travel in the text",
        outgoing(text="Reply 1 yes, 2 no", options=(Option("a", "Yes"), Option("b", "No"))),
    ),
]


def state(name: str) -> bytes:
    return as_json({"id": "k7mxq2", "deviceId": "d", "state": name, "recipients": []})


ANSWERS = [
    Answers("queued", 202, state("Pending"), Accepted("k7mxq2")),
    Answers("sent at once", 201, state("Sent"), Accepted("k7mxq2", Status.SENT)),
    Answers("it has this message", 409, as_json({"message": "exists"}), Accepted("k7mxq2")),
    Answers("another site altogether says yes", 200, b"<html>Welcome</html>", Unclear),
    Answers(
        "no such number",
        400,
        as_json({"message": "Invalid phone number: +447700900123"}),
        Refused(Advice.BAD_ADDRESS, "phone_number", "Invalid phone number: […]"),
    ),
    Answers(
        "a body it cannot read",
        400,
        as_json({"message": "bad JSON near 'Closed tomorrow'"}),
        Refused(Advice.OUR_FAULT, "http_400", "bad JSON near '[…]'"),
    ),
    Answers("wrong password", 401, b"{}", Refused(Advice.STAFF_MUST_ACT, "http_401")),
    Answers("not there", 404, b"{}", Refused(Advice.STAFF_MUST_ACT, "http_404")),
    Answers(
        "its queue is full",
        503,
        as_json({"message": "Queue limits exceeded"}),
        Refused(Advice.RETRY, "http_503", "Queue limits exceeded", 60.0),
        {"Retry-After": "60"},
    ),
    Answers("a new status", 599, b"", Refused(Advice.RETRY, "http_599")),
]


def in_town(theirs: Mapping[str, Any], base_url: str, webhook: str) -> Account:
    secrets = {"password": theirs["password"], "signing_key": theirs["signing_key"]}
    return Account({"base_url": base_url, "username": theirs["username"]}, secrets, theirs["number"])


PART = "/inbox/m1/attachments/7"


def serves(server: Loopback, content: bytes) -> str:
    server.answer_at(PART, content)
    return PART


BRINGS = Brings(
    media=lambda base: Media("audio", "m1/7", "audio/amr", "inbox/m1/attachments/7"),
    serves=serves,
    asks=[(PART, "Authorization", "Basic " + base64.b64encode(b"office:pass").decode())],
    elsewhere=lambda base: Media("audio", "m1/7", "audio/amr", f"{base}/inbox/m1/attachments/7"),
)

TABLE = Table(
    brings=BRINGS,
    gateway=gateway,
    account=account,
    sign=sign,
    signature_header="x-signature",
    sends=SENDS,
    answers=ANSWERS,
    hears=HEARS,
    fates=FATES,
    forgeries={
        "another algorithm": lambda account, request: sign(account, request, algorithm="sha512"),
        "yesterday's": lambda account, request: sign(account, request, age=86400),
        "tomorrow's": lambda account, request: sign(account, request, age=-86400),
        "a stamp nobody signed": later_stamp,
        "no stamp in the signature": body_alone,
        "no stamp": lambda account, request: with_header(request, "x-timestamp", None),
        "a stamp in other digits": lambda account, request: with_header(request, "x-timestamp", "٣"),
        "by GET": lambda account, request: replace(request, method="GET"),
    },
    another_school=Account(secrets={"password": "p", "signing_key": "other"}),
    seen=seen,
    url="https://school.example.org/hooks/office_phone/k7mxq2/",
    may_settle=frozenset({409}),
    town=InTown(
        {"gateway": "office_phone", "name": "school"}, in_town, ("RESULT_ERROR_NO_SERVICE", Advice.RETRY)
    ),
)
