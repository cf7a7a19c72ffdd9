"""The contract table of WhatsApp: every published payload, Meta's answers, and what must be on the wire."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from porchlight.delivery.gateways.contract import (
    Accepted,
    Advice,
    ApprovedTemplate,
    Heard,
    Option,
    Outgoing,
    RawRequest,
    Refused,
    Sender,
    Unclear,
)
from porchlight.delivery.gateways.tests.loopback import Received
from porchlight.delivery.gateways.tests.table import (
    Account,
    Answers,
    Hears,
    Sends,
    Table,
    as_json,
    with_header,
)
from porchlight.delivery.gateways.whatsapp_cloud.adapter import gateway

SECRET, OTHER_SECRET = "1" * 32, "2" * 32
NUMBER_ID = "1122334455667"
TO = "+447700900123"
BSUID = "US.13491208655302741918"


def account(base_url: str) -> Account:
    return Account(
        {"phone_number_id": NUMBER_ID, "base_url": base_url},
        {"access_token": "EAApracticetoken", "app_secret": SECRET, "verify_token": "a long word of ours"},
        "+447700900001",
    )


def sign(account: Account, request: RawRequest) -> RawRequest:
    mac = hmac.new(account.secrets["app_secret"].encode(), request.body, hashlib.sha256)
    return with_header(request, "x-hub-signature-256", f"sha256={mac.hexdigest()}")


def wrong_algorithm(account: Account, request: RawRequest) -> RawRequest:
    mac = hmac.new(account.secrets["app_secret"].encode(), request.body, hashlib.sha1)
    return with_header(request, "x-hub-signature-256", f"sha1={mac.hexdigest()}")


def relabelled_algorithm(account: Account, request: RawRequest) -> RawRequest:
    mac = hmac.new(account.secrets["app_secret"].encode(), request.body, hashlib.sha1)
    return with_header(request, "x-hub-signature-256", f"sha256={mac.hexdigest()}")


def outgoing(**changes: Any) -> Outgoing:
    given = {
        "reference": "k7mxq2",
        "to": TO,
        "text": "School is closed tomorrow.",
        "language": "en",
        **changes,
    }
    return Outgoing(**given)


def seen(request: Received) -> dict[str, Any]:
    return {
        "path": request.path,
        "authorization": request.headers["Authorization"],
        "type": request.headers["Content-Type"],
        "body": json.loads(request.body),
    }


def sends(name: str, what: Outgoing, **body: Any) -> Sends:
    expected = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "biz_opaque_callback_data": what.reference,
        **body,
    }
    return Sends(
        name,
        what,
        {
            "path": f"/v25.0/{NUMBER_ID}/messages",
            "authorization": "Bearer EAApracticetoken",
            "type": "application/json",
            "body": expected,
        },
    )


YES_NO = (Option("ask7:yes", "Yes"), Option("ask7:no", "No"))
DAYS = tuple(Option(f"day{n}", label) for n, label in enumerate(["Mon", "Tue", "Wed", "Thu"]))
LONG = (Option("a", "Hamza stays for the homework club"), Option("b", "Hamza comes home"))


def rows(*pairs: tuple[str, str] | tuple[str, str, str]) -> list[dict[str, str]]:
    return [dict(zip(("id", "title", "description"), pair, strict=False)) for pair in pairs]


def list_body(text: str, button: str, entries: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "type": "list",
        "body": {"text": text},
        "action": {"button": button, "sections": [{"rows": entries}]},
    }


SENDS = [
    sends(
        "free text",
        outgoing(text="اسکول کل بند ہے۔"),
        to=TO,
        type="text",
        text={"preview_url": False, "body": "اسکول کل بند ہے۔"},
    ),
    sends(
        "to a user id without a number",
        outgoing(to=BSUID, to_is_user_id=True),
        recipient=BSUID,
        type="text",
        text={"preview_url": False, "body": "School is closed tomorrow."},
    ),
    sends(
        "two buttons",
        outgoing(text="Can Hamza come?", options=YES_NO),
        to=TO,
        type="interactive",
        interactive={
            "type": "button",
            "body": {"text": "Can Hamza come?"},
            "action": {
                "buttons": [
                    {"type": "reply", "reply": {"id": "ask7:yes", "title": "Yes"}},
                    {"type": "reply", "reply": {"id": "ask7:no", "title": "No"}},
                ]
            },
        },
    ),
    sends(
        "more than three options are a list",
        outgoing(text="¿Qué día?", language="es-MX", options=DAYS),
        to=TO,
        type="interactive",
        interactive=list_body(
            "¿Qué día?", "Elegir", rows(("day0", "Mon"), ("day1", "Tue"), ("day2", "Wed"), ("day3", "Thu"))
        ),
    ),
    sends(
        "long labels are rows with the whole label below",
        outgoing(text="Which?", language="so", options=LONG),
        to=TO,
        type="interactive",
        interactive=list_body(
            "Which?",
            "1 · 2 · 3",
            rows(
                ("a", "Hamza stays for the hom…", "Hamza stays for the homework club"),
                ("b", "Hamza comes home"),
            ),
        ),
    ),
    sends(
        "too much text for buttons is a list",
        outgoing(text="x" * 1025, options=YES_NO, language="ur"),
        to=TO,
        type="interactive",
        interactive=list_body("x" * 1025, "انتخاب کریں", rows(("ask7:yes", "Yes"), ("ask7:no", "No"))),
    ),
    sends(
        "eleven options travel in the text alone",
        outgoing(text="1 to 11", options=tuple(Option(str(n), str(n)) for n in range(1, 12))),
        to=TO,
        type="text",
        text={"preview_url": False, "body": "1 to 11"},
    ),
    sends(
        "an approved template",
        outgoing(
            text="shown to staff only",
            options=YES_NO,
            template=ApprovedTemplate("school_notice", "en-GB", ("Hamza", "Closed\ntomorrow")),
        ),
        to=TO,
        type="template",
        template={
            "name": "school_notice",
            "language": {"code": "en_GB"},
            "components": [
                {
                    "type": "body",
                    "parameters": [
                        {"type": "text", "text": "Hamza"},
                        {"type": "text", "text": "Closed tomorrow"},
                    ],
                }
            ],
        },
    ),
    sends(
        "a template without blanks",
        outgoing(template=ApprovedTemplate("hello_world", "en_US")),
        to=TO,
        type="template",
        template={"name": "hello_world", "language": {"code": "en_US"}},
    ),
]


def error(code: int, details: str = "", status: int = 400, **more: Any) -> bytes:
    return as_json(
        {
            "error": {
                "message": f"(#{code}) a title",
                "type": "OAuthException",
                "code": code,
                "error_data": {"messaging_product": "whatsapp", "details": details},
                "fbtrace_id": "A1",
                **more,
            }
        }
    )


YES = {
    "messaging_product": "whatsapp",
    "contacts": [{"input": TO, "wa_id": "447700900123"}],
    "messages": [{"id": "wamid.abc", "message_status": "accepted"}],
}

ANSWERS = [
    Answers("yes", 200, as_json(YES), Accepted("wamid.abc")),
    Answers(
        "yes, to a user id", 200, as_json({**YES, "contacts": [{"user_id": BSUID}]}), Accepted("wamid.abc")
    ),
    Answers("yes, without an id", 200, as_json({**YES, "messages": []}), Unclear),
    Answers("yes, and it is no JSON", 200, b"<html>", Unclear),
    Answers(
        "200 with an error in it",
        200,
        error(131026),
        Refused(Advice.NEXT_CHANNEL, "131026", "(#131026) a title"),
    ),
    Answers(
        "a number in the details is taken out",
        400,
        error(131026, "Recipient 447700900123 (+44 7700 900123) is not on WhatsApp"),
        Refused(Advice.NEXT_CHANNEL, "131026", "Recipient […] ([…]) is not on WhatsApp"),
    ),
    Answers(
        "our own words in the details are taken out",
        400,
        error(132012, "body: 'اسکول کل بند ہے۔' does not fit, user US.13491208655302741918"),
        Refused(Advice.STAFF_MUST_ACT, "132012", "body: '[…]' does not fit, user […]"),
    ),
    Answers(
        "window closed", 400, error(131047), Refused(Advice.NEEDS_TEMPLATE, "131047", "(#131047) a title")
    ),
    Answers(
        "too fast, with a pause",
        429,
        error(130429),
        Refused(Advice.RETRY, "130429", "(#130429) a title", 30.0),
        {"Retry-After": "30"},
    ),
    Answers("too fast, no code", 429, b"{}", Refused(Advice.RETRY, "http_429", "")),
    Answers("token died", 401, error(190), Refused(Advice.STAFF_MUST_ACT, "190", "(#190) a title")),
    Answers("missing right", 403, error(299), Refused(Advice.STAFF_MUST_ACT, "299", "(#299) a title")),
    Answers("unknown code", 400, error(999999), Refused(Advice.OUR_FAULT, "999999", "(#999999) a title")),
    Answers(
        "unknown code at a bad time", 500, error(999999), Refused(Advice.RETRY, "999999", "(#999999) a title")
    ),
    Answers("the relay in between", 502, b"<html>", Unclear),
    Answers("closed for a while", 503, b"", Refused(Advice.RETRY, "http_503", "", 5.0), {"Retry-After": "5"}),
]


def published(name: str, key: str) -> Callable[[Path], bytes]:
    def body(shared: Path) -> bytes:
        payloads = json.loads((shared / f"standards/whatsapp-cloud/pywa/{name}.json").read_text())
        return as_json(payloads[key])

    return body


def webhook(*changes: dict[str, Any]) -> bytes:
    return as_json(
        {"object": "whatsapp_business_account", "entry": [{"id": "1", "time": 1, "changes": list(changes)}]}
    )


def in_messages(**value: Any) -> dict[str, Any]:
    metadata = {"display_phone_number": "447700900001", "phone_number_id": NUMBER_ID}
    return {"field": "messages", "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}


MADE_UP = [
    Hears(
        "text without any number",
        webhook(
            in_messages(
                contacts=[{"profile": {"name": "Yousaf", "username": "yousaf.k"}, "user_id": BSUID}],
                messages=[
                    {
                        "from_user_id": BSUID,
                        "id": "wamid.1",
                        "timestamp": "1697043223",
                        "type": "text",
                        "text": {"body": "جی"},
                    }
                ],
            )
        ),
        [
            Heard(
                "wamid.1",
                Sender(user_id=BSUID, name="Yousaf"),
                "جی",
                at=datetime(2023, 10, 11, 16, 53, 43, tzinfo=UTC),
            )
        ],
    ),
]

TABLE = Table(
    gateway=gateway,
    account=account,
    sign=sign,
    signature_header="x-hub-signature-256",
    sends=SENDS,
    answers=ANSWERS,
    hears=MADE_UP,
    forgeries={"wrong algorithm": wrong_algorithm, "wrong algorithm, relabelled": relabelled_algorithm},
    another_school=replace(account("https://x.example.org"), secrets={"app_secret": OTHER_SECRET}),
    seen=seen,
)
