"""The contract table of Twilio's calls: a call begun, answers back, signed forms in."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from porchlight.delivery.gateways.contract import (
    Accepted,
    Advice,
    Media,
    Outgoing,
    Refused,
    Status,
    Unclear,
)
from porchlight.delivery.gateways.tests.loopback import Loopback, Received
from porchlight.delivery.gateways.tests.table import Account, Answers, Brings, Sends, Table, as_json
from porchlight.delivery.gateways.twilio_sms.tests.contract_cases import (
    error,
    other_host,
    other_path,
    other_reference,
    sign,
    wrong_algorithm,
    wrong_algorithm_cut,
)
from porchlight.delivery.gateways.twilio_voice.adapter import gateway
from porchlight.delivery.gateways.twilio_voice.tests.webhook_cases import (
    CALL,
    FATES,
    HEARS,
    HERS,
    SCHOOL,
    SID,
)

TOKEN, OTHER_TOKEN = "practice token", "another school's token"
CALLBACK = "https://school.example.org/hooks/twilio_voice/k7mxq2/"
PROOF = "Basic " + base64.b64encode(f"{SID}:{TOKEN}".encode()).decode()


def account(base_url: str) -> Account:
    settings = {"account_sid": SID, "base_url": base_url, "callback_url": CALLBACK}
    return Account(settings, {"auth_token": TOKEN}, SCHOOL)


def seen(request: Received) -> dict[str, Any]:
    pairs = parse_qsl(request.body.decode(), keep_blank_values=True, strict_parsing=True)
    return {
        "path": request.path,
        "authorization": request.headers["Authorization"],
        "type": request.headers["Content-Type"],
        "form": {name: value for name, value in pairs if name != "StatusCallbackEvent"},
        "told of": [value for name, value in pairs if name == "StatusCallbackEvent"],
    }


def rings(name: str, text: str) -> Sends:
    """Whatever the words are: none of them leaves before somebody answers and asks for them."""
    outgoing = Outgoing("k7 m&q", HERS, text, "ur")
    form = {
        "To": HERS,
        "From": SCHOOL,
        "Url": f"{CALLBACK}?ref=k7+m%26q&at=begin&n=1&round=0#rc=5&rp=5xx,ct,rt",
        "Method": "POST",
        "StatusCallback": f"{CALLBACK}?ref=k7+m%26q#rc=5&rp=5xx,ct,rt",
        "StatusCallbackMethod": "POST",
        "MachineDetection": "DetectMessageEnd",
        "Timeout": "35",
    }
    request: Mapping[str, Any] = {
        "path": f"/2010-04-01/Accounts/{SID}/Calls.json",
        "authorization": PROOF,
        "type": "application/x-www-form-urlencoded",
        "form": form,
        "told of": ["initiated", "ringing", "answered", "completed"],
    }
    return Sends(name, outgoing, request)


def said(status: str, **more: Any) -> bytes:
    return as_json({"sid": CALL, "status": status, "answered_by": None, **more})


ANSWERS = [
    Answers("queued", 201, said("queued"), Accepted(CALL, Status.QUEUED)),
    Answers("yes, without an id", 201, b"{}", Unclear),
    Answers("yes, and it is no JSON", 200, b"<html>", Unclear),
    Answers("taken and dropped at once", 201, said("canceled"), Refused(Advice.RETRY, "canceled")),
    Answers(
        "no such number",
        400,
        error(21211, f"Invalid 'To' Phone Number: {HERS}"),
        Refused(Advice.BAD_ADDRESS, "21211", "Invalid 'To' Phone Number: […]"),
    ),
    Answers(
        "a country that is not switched on",
        400,
        error(21215, "Account not authorized to call"),
        Refused(Advice.STAFF_MUST_ACT, "21215", "Account not authorized to call"),
    ),
    Answers(
        "wrong token",
        401,
        error(20003, "Authenticate"),
        Refused(Advice.STAFF_MUST_ACT, "20003", "Authenticate"),
    ),
    Answers(
        "too fast, with a pause",
        429,
        error(20429, "Too Many Requests"),
        Refused(Advice.RETRY, "20429", "Too Many Requests", 2.0),
        {"Retry-After": "2"},
    ),
    Answers("unknown code", 400, error(29999, "New"), Refused(Advice.OUR_FAULT, "29999", "New")),
    Answers("Twilio stumbles", 500, b"", Refused(Advice.RETRY, "http_500", "")),
    Answers("the relay in between", 504, b"<html>", Unclear),
]
PLACE = f"/2010-04-01/Accounts/{SID}/Recordings/RE1"


def serves(server: Loopback, content: bytes) -> str:
    server.answer_at(f"{PLACE}.wav", content)
    return f"{PLACE}.wav"


BRINGS = Brings(
    media=lambda base: Media("audio", "RE1", "audio/wav", f"{base}{PLACE}"),
    serves=serves,
    asks=[(f"{PLACE}.wav", "Authorization", PROOF)],
    elsewhere=lambda base: Media("audio", "RE1", "audio/wav", f"{base}{PLACE}"),
    gone=("recording_not_there", Advice.RETRY),
)

TABLE = Table(
    brings=BRINGS,
    gateway=gateway,
    account=account,
    sign=sign,
    signature_header="x-twilio-signature",
    sends=[rings("a call", "Closed tomorrow"), rings("a call in another script", "کل بند & ہے؟")],
    answers=ANSWERS,
    hears=HEARS,
    fates=FATES,
    forgeries={
        "wrong algorithm": wrong_algorithm,
        "wrong algorithm, cut": wrong_algorithm_cut,
        "signed for another host": other_host,
        "signed for another school's address": other_path,
        "another reference": other_reference,
    },
    another_school=replace(account("https://x.example.org"), secrets={"auth_token": OTHER_TOKEN}),
    seen=seen,
    content_type="application/x-www-form-urlencoded",
    url=CALLBACK,
    answers_by_key=True,
)
