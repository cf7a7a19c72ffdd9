"""The contract table of WhatsApp: every published payload, Meta's answers, and what must be on the wire."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from porchlight.delivery.gateways.contract import (
    Accepted,
    Advice,
    Media,
    RawRequest,
    Refused,
    Unclear,
)
from porchlight.delivery.gateways.tests.loopback import Loopback
from porchlight.delivery.gateways.tests.table import (
    Account,
    Answers,
    Brings,
    InTown,
    Table,
    as_json,
    with_header,
)
from porchlight.delivery.gateways.whatsapp_cloud.adapter import gateway
from porchlight.delivery.gateways.whatsapp_cloud.tests.happening_cases import HAPPENINGS
from porchlight.delivery.gateways.whatsapp_cloud.tests.published_cases import BSUID, NUMBER_ID, PUBLISHED
from porchlight.delivery.gateways.whatsapp_cloud.tests.sending_cases import SENDS, TO, seen
from porchlight.delivery.gateways.whatsapp_cloud.tests.webhook_cases import FATES, MADE_UP

SECRET, OTHER_SECRET = "1" * 32, "2" * 32


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
        "200 with an error we do not know",
        200,
        error(999999),
        Refused(Advice.OUR_FAULT, "999999", "(#999999) a title"),
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
    Answers(
        "no such phone number id",
        400,
        error(100, error_subcode=33),
        Refused(Advice.STAFF_MUST_ACT, "33", "(#100) a title"),
    ),
    Answers("our own mistake", 400, error(100), Refused(Advice.OUR_FAULT, "100", "(#100) a title")),
    Answers("unknown code", 400, error(999999), Refused(Advice.OUR_FAULT, "999999", "(#999999) a title")),
    Answers(
        "unknown code at a bad time", 500, error(999999), Refused(Advice.RETRY, "999999", "(#999999) a title")
    ),
    Answers("the relay in between", 502, b"<html>", Unclear),
    Answers("closed for a while", 503, b"", Refused(Advice.RETRY, "http_503", "", 5.0), {"Retry-After": "5"}),
]


def in_town(theirs: Mapping[str, Any], base_url: str, webhook: str) -> Account:
    secrets = {name: theirs[name] for name in ("access_token", "app_secret", "verify_token")}
    settings = {"phone_number_id": theirs["phone_number_id"], "base_url": base_url}
    return Account(settings, secrets, "+" + theirs["display_number"])


VOICE = "1234567890987654321"


def serves(server: Loopback, content: bytes) -> str:
    """An id gives an address for five minutes, the address gives the bytes."""
    told = {
        "messaging_product": "whatsapp",
        "url": f"{server.base_url}/whatsapp_business/attachments/?mid={VOICE}&ext=1697043773&hash=ATs",
        "mime_type": "audio/ogg",
        "sha256": hashlib.sha256(content).hexdigest(),
        "file_size": str(len(content)),
        "id": VOICE,
    }
    server.answer_at(f"/v25.0/{VOICE}", as_json(told))
    server.answer_at("/whatsapp_business/attachments/", content)
    return "/whatsapp_business/attachments/"


SHOWN = ("Authorization", "Bearer EAApracticetoken")
BRINGS = Brings(
    media=lambda base: Media("audio", VOICE, "audio/ogg; codecs=opus"),
    serves=serves,
    asks=[
        (f"/v25.0/{VOICE}", *SHOWN),
        (f"/whatsapp_business/attachments/?mid={VOICE}&ext=1697043773&hash=ATs", *SHOWN),
    ],
    elsewhere=lambda base: Media("audio", f"x/../../{base}"),
)

TABLE = Table(
    brings=BRINGS,
    gateway=gateway,
    account=account,
    sign=sign,
    signature_header="x-hub-signature-256",
    sends=SENDS,
    answers=ANSWERS,
    hears=[*MADE_UP, *HAPPENINGS, *PUBLISHED],
    fates=FATES,
    forgeries={"wrong algorithm": wrong_algorithm, "wrong algorithm, relabelled": relabelled_algorithm},
    another_school=replace(account("https://x.example.org"), secrets={"app_secret": OTHER_SECRET}),
    seen=seen,
    town=InTown({"gateway": "whatsapp", "name": "school"}, in_town, ("131026", Advice.NEXT_CHANNEL)),
)
