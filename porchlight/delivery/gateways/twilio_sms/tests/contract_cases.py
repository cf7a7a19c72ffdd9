"""The contract table of Twilio's texts: forms out, answers back, signed forms in."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

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
from porchlight.delivery.gateways.twilio_sms.adapter import gateway
from porchlight.delivery.gateways.twilio_sms.tests.webhook_cases import (
    FATES,
    FATHER,
    HEARS,
    MESSAGE,
    SCHOOL,
    SID,
)

TOKEN, OTHER_TOKEN = "practice token", "another school's token"
CALLBACK = "https://school.example.org/hooks/twilio_sms/k7mxq2/"


def account(base_url: str) -> Account:
    settings = {"account_sid": SID, "base_url": base_url, "callback_url": CALLBACK}
    return Account(settings, {"auth_token": TOKEN}, SCHOOL)


def sign(account: Account, request: RawRequest) -> RawRequest:
    """As Twilio does, written once more from its page so that the adapter is not its own judge."""
    return signed_for(account, request, request.url)


def signed_for(account: Account, request: RawRequest, url: str, algorithm: str = "sha1") -> RawRequest:
    words = url
    for name, value in sorted(set(parse_qsl(request.body.decode(), keep_blank_values=True))):
        words += name + value
    mac = hmac.new(account.secrets["auth_token"].encode(), words.encode(), algorithm)
    return with_header(request, "x-twilio-signature", base64.b64encode(mac.digest()).decode())


def wrong_algorithm(account: Account, request: RawRequest) -> RawRequest:
    return signed_for(account, request, request.url, "sha256")


def wrong_algorithm_cut(account: Account, request: RawRequest) -> RawRequest:
    words = hmac.new(account.secrets["auth_token"].encode(), request.url.encode(), hashlib.sha256).digest()
    return with_header(request, "x-twilio-signature", base64.b64encode(words[:20]).decode())


def other_host(account: Account, request: RawRequest) -> RawRequest:
    """Rightly signed for an address that is not ours, with every header claiming that we are it."""
    forged = signed_for(account, request, request.url.replace("school.example.org", "elsewhere.example.org"))
    for name in ("host", "x-forwarded-host", "x-original-host", "forwarded"):
        forged = with_header(forged, name, "elsewhere.example.org")
    return with_header(forged, "x-forwarded-proto", "https")


def other_path(account: Account, request: RawRequest) -> RawRequest:
    """Rightly signed for another school's webhook on this server."""
    return signed_for(account, request, request.url.replace("k7mxq2", "p3n9rd"))


def other_reference(account: Account, request: RawRequest) -> RawRequest:
    return replace(request, url=f"{request.url}?ref=somebody-elses")


def body_not_bound(account: Account, request: RawRequest) -> RawRequest:
    """A JSON body whose hash nobody signed, behind a signature over the bare address."""
    plain = replace(request, body=b"")
    return replace(
        with_header(sign(account, plain), "content-type", "application/json"),
        body=b'{"MessageStatus":"delivered"}',
    )


def outgoing(**changes: Any) -> Outgoing:
    given = {"reference": "k7 m&q", "to": FATHER, "text": "Closed tomorrow", "language": "en", **changes}
    return Outgoing(**given)


def seen(request: Received) -> dict[str, Any]:
    return {
        "path": request.path,
        "authorization": request.headers["Authorization"],
        "type": request.headers["Content-Type"],
        "form": dict(parse_qsl(request.body.decode(), keep_blank_values=True, strict_parsing=True)),
    }


def sends(name: str, what: Outgoing, **form: str) -> Sends:
    return Sends(
        name,
        what,
        {
            "path": f"/2010-04-01/Accounts/{SID}/Messages.json",
            "authorization": "Basic " + base64.b64encode(f"{SID}:{TOKEN}".encode()).decode(),
            "type": "application/x-www-form-urlencoded",
            "form": {
                "To": FATHER,
                "From": SCHOOL,
                "StatusCallback": f"{CALLBACK}?ref=k7+m%26q#rc=5&rp=5xx,ct,rt",
                **form,
            },
        },
    )


SENDS = [
    sends("a text", outgoing(), Body="Closed tomorrow"),
    sends("a text in another script", outgoing(text="کل بند & ہے؟ 1+1=2 🙂"), Body="کل بند & ہے؟ 1+1=2 🙂"),
    sends(
        "options travel in the text",
        outgoing(text="Reply 1 yes, 2 no", options=(Option("a", "Yes"), Option("b", "No"))),
        Body="Reply 1 yes, 2 no",
    ),
]


def said(status: str, **more: Any) -> bytes:
    return as_json({"sid": MESSAGE, "status": status, "error_code": None, "error_message": None, **more})


def error(code: int, message: str, status: int = 400) -> bytes:
    return as_json(
        {"code": code, "message": message, "more_info": "https://www.twilio.com/docs", "status": status}
    )


ANSWERS = [
    Answers("queued", 201, said("queued"), Accepted(MESSAGE, Status.QUEUED)),
    Answers("accepted by a service", 201, said("accepted"), Accepted(MESSAGE, Status.QUEUED)),
    Answers("a status we do not know", 201, said("teleported"), Accepted(MESSAGE)),
    Answers("yes, without an id", 201, b"{}", Unclear),
    Answers("yes, and it is no JSON", 200, b"<html>", Unclear),
    Answers(
        "200 with an error in it",
        200,
        said("failed", error_code=30007, error_message="Filtered"),
        Refused(Advice.NEXT_CHANNEL, "30007", "Filtered"),
    ),
    Answers(
        "the family said stop",
        400,
        error(21610, "Attempt to send to unsubscribed recipient +447700900123"),
        Refused(Advice.OPTED_OUT, "21610", "Attempt to send to unsubscribed recipient […]"),
    ),
    Answers(
        "no such number",
        400,
        error(21211, "Invalid 'To' Phone Number: 0770090XXXX for 'Closed tomorrow'"),
        Refused(Advice.BAD_ADDRESS, "21211", "Invalid 'To' Phone Number: […]XXXX for '[…]'"),
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


def in_town(theirs: Mapping[str, Any], base_url: str, webhook: str) -> Account:
    settings = {"account_sid": theirs["account_sid"], "base_url": base_url, "callback_url": webhook}
    return Account(settings, {"auth_token": theirs["auth_token"]}, theirs["number"])


PICTURE = f"/2010-04-01/Accounts/{SID}/Messages/MM1/Media/ME1"


def serves(server: Loopback, content: bytes) -> str:
    """The address asks for our access and leads on to a store, which must not see it."""
    server.answer_at(PICTURE, b"", 307, {"Location": f"{server.base_url}/store/ME1"})
    server.answer_at("/store/ME1", content)
    return PICTURE


BRINGS = Brings(
    media=lambda base: Media("image", "ME1", "image/jpeg", f"{base}{PICTURE}"),
    serves=serves,
    asks=[
        (PICTURE, "Authorization", "Basic " + base64.b64encode(f"{SID}:{TOKEN}".encode()).decode()),
        ("/store/ME1", "Authorization", ""),
    ],
    elsewhere=lambda base: Media("image", "ME1", "image/jpeg", f"{base}{PICTURE}"),
)

TABLE = Table(
    brings=BRINGS,
    gateway=gateway,
    account=account,
    sign=sign,
    signature_header="x-twilio-signature",
    sends=SENDS,
    answers=ANSWERS,
    hears=HEARS,
    fates=FATES,
    forgeries={
        "wrong algorithm": wrong_algorithm,
        "wrong algorithm, cut": wrong_algorithm_cut,
        "signed for another host": other_host,
        "signed for another school's address": other_path,
        "another reference": other_reference,
        "body not bound": body_not_bound,
    },
    another_school=replace(account("https://x.example.org"), secrets={"auth_token": OTHER_TOKEN}),
    seen=seen,
    content_type="application/x-www-form-urlencoded",
    url=CALLBACK,
    town=InTown({"gateway": "twilio", "name": "school"}, in_town, ("30005", Advice.BAD_ADDRESS)),
)
