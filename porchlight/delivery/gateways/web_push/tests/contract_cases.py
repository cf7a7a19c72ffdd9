"""The contract table of web push: what leaves is opened as a browser would, with keys that are nobody's."""

from __future__ import annotations

import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from porchlight.delivery.gateways.contract import (
    Accepted,
    Advice,
    Option,
    Outgoing,
    RawRequest,
    Refused,
    Unclear,
)
from porchlight.delivery.gateways.tests.loopback import Received
from porchlight.delivery.gateways.tests.table import Account, Answers, Sends, Table, as_json
from porchlight.delivery.gateways.web_push import vapid
from porchlight.delivery.gateways.web_push.adapter import gateway
from porchlight.delivery.gateways.web_push.subscription import Subscription, to_base64
from practice.push_browser import Keys, check_speaker

KEY = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"  # of the RFC's example
PUBLIC = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
BROWSER = Keys(ec.derive_private_key(7, ec.SECP256R1()), b"0123456789abcdef")
PATH = "/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV"
PAGE = "https://school.example.org/maple-street/messages/news/k7mxq2/"


def account(base_url: str) -> Account:
    settings = {"contact": "office@maple-street.example.org", "base_url": base_url}
    return Account(settings, {vapid.SECRET: KEY}, "Maple Street School")


def addressed(outgoing: Outgoing, base_url: str) -> Outgoing:
    """To the browser's address at this push service."""
    to = Subscription(base_url + PATH, to_base64(BROWSER.point), to_base64(BROWSER.auth))
    return outgoing._replace(to=to.line) if outgoing.to == "the browser" else outgoing


def outgoing(**changes: Any) -> Outgoing:
    given = {"reference": "k7mxq2", "to": "the browser", "text": "News from Maple Street School", "language": "en",
             "to_is_user_id": True, "page": PAGE}  # fmt: skip
    return Outgoing(**{**given, **changes})


def seen(request: Received) -> dict[str, Any]:
    claims = check_speaker(
        request.headers["Authorization"], key=PUBLIC, origin=f"http://{request.headers['Host']}"
    )
    names = ("TTL", "Urgency", "Topic", "Content-Encoding")
    return {
        "path": request.path,
        "speaks": claims["sub"],
        "headers": {name: request.headers[name] for name in names},
        "shows": json.loads(BROWSER.opened(request.body)),
    }


def sends(name: str, what: Outgoing, direction: str) -> Sends:
    shows = {"title": what.text, "lang": what.language, "dir": direction, "url": PAGE}
    headers = {"TTL": "86400", "Urgency": "normal", "Topic": "news", "Content-Encoding": "aes128gcm"}
    request = {
        "path": PATH,
        "speaks": "mailto:office@maple-street.example.org",
        "headers": headers,
        "shows": shows,
    }
    return Sends(name, what, request)


SENDS = [
    sends("a note", outgoing(), "ltr"),
    sends("a note in Urdu", outgoing(text="میپل سٹریٹ سکول کی طرف سے خبر", language="ur"), "rtl"),
    sends("no answer rides along", outgoing(options=(Option("1", "Yes"), Option("2", "No"))), "ltr"),
]


def no(name: str, status: int, sentence: str, advice: Advice, code: str) -> Answers:
    return Answers(
        name, status, as_json({"code": status, "message": sentence}), Refused(advice, code, sentence)
    )


ANSWERS = [
    Answers("taken", 201, b"", Accepted("https://push.example.net/message/qDIYHNcfAIPP_5ITvURr-d6BGt"),
            {"Location": "https://push.example.net/message/qDIYHNcfAIPP_5ITvURr-d6BGt"}),
    Answers("taken, and nobody says where", 201, b"", Accepted("")),
    no("turned off in the browser", 410, "Gone", Advice.BAD_ADDRESS, "subscription_over"),
    no("never heard of it", 404, "Not Found", Advice.BAD_ADDRESS, "subscription_over"),
    no("said yes to another key", 403, "mismatch", Advice.NEXT_CHANNEL, "not_ours"),
    no("wants no proof of this kind", 401, "Unauthorized", Advice.NEXT_CHANNEL, "not_ours"),
    no("too large", 413, "Payload too large", Advice.OUR_FAULT, "too_large"),
    no("badly made", 400, "Bad Request", Advice.NEXT_CHANNEL, "not_taken"),
    Answers("Apple's way to say no", 403, b'{"reason":"BadJwtToken"}', Refused(Advice.NEXT_CHANNEL, "not_ours", "BadJwtToken")),
    Answers("too fast, with a pause", 429, b"", Refused(Advice.RETRY, "slow_down", "", 35.0), {"Retry-After": "35"}),
    Answers("one browser's service stops nobody for a day", 429, b"", Refused(Advice.RETRY, "slow_down", "", 900.0),
            {"Retry-After": "86400"}),
    Answers("busy", 503, b"", Refused(Advice.RETRY, "passing", "", 12.0), {"Retry-After": "12"}),
    Answers("stumbles", 500, b"<html>", Refused(Advice.RETRY, "passing", "")),
    Answers("the relay in between", 502, b"<html>", Unclear),
]  # fmt: skip


def sign(account: Account, request: RawRequest) -> RawRequest:
    """Nobody signs: nothing comes in."""
    return request


TABLE = Table(
    gateway=gateway,
    account=account,
    sign=sign,
    signature_header="",
    sends=SENDS,
    answers=ANSWERS,
    hears=[],
    fates={},
    forgeries={},
    another_school=account("https://x.example.org"),
    seen=seen,
    addressed=addressed,
    redirected=Advice.NEXT_CHANNEL,
)
