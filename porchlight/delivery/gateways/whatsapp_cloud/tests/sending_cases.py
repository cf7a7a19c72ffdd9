"""What must be on the wire for WhatsApp: text, buttons, lists and templates in Meta's JSON."""

from __future__ import annotations

import json
from typing import Any

from porchlight.delivery.gateways.contract import (
    ApprovedTemplate,
    Option,
    Outgoing,
)
from porchlight.delivery.gateways.tests.loopback import Received
from porchlight.delivery.gateways.tests.table import (
    Sends,
)
from porchlight.delivery.gateways.whatsapp_cloud.tests.webhook_cases import (
    BSUID,
    NUMBER_ID,
)

TO = "+447700900123"


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
ALIKE = (Option("a", "Homework club on the first Monday"), Option("b", "Homework club on the first Friday"))
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
        "labels that look the same when cut are numbered",
        outgoing(text="Which?", language="so", options=ALIKE),
        to=TO,
        type="interactive",
        interactive=list_body(
            "Which?",
            "1 · 2 · 3",
            rows(
                ("a", "1. Homework club on the…", "1. Homework club on the first Monday"),
                ("b", "2. Homework club on the…", "2. Homework club on the first Friday"),
            ),
        ),
    ),
    sends(
        "a label nobody could see travels in the text alone",
        outgoing(text="Reply 1 or 2", options=(Option("a", " "), Option("b", "Two"))),
        to=TO,
        type="text",
        text={"preview_url": False, "body": "Reply 1 or 2"},
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
        "a code for signing in, which the family can copy with one press",
        outgoing(template=ApprovedTemplate("porchlight_code", "ur", code="482913")),
        to=TO,
        type="template",
        template={
            "name": "porchlight_code",
            "language": {"code": "ur"},
            "components": [
                {"type": "body", "parameters": [{"type": "text", "text": "482913"}]},
                {
                    "type": "button",
                    "sub_type": "url",
                    "index": "0",
                    "parameters": [{"type": "text", "text": "482913"}],
                },
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
