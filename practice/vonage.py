"""Vonage's SMS API, as far as text messages need it.

    POST /sms/json    send: a form with key and secret in it; always HTTP 200, with a status for each part

A webhook is a form with `sig` over every word of it, the time among them; each try is signed anew. Receipts go to the
`callback` that the sending named, with its `client-ref`.
"""

from __future__ import annotations

import hmac
import re
import secrets
import time
from urllib.parse import urlencode

from aiohttp import web

from practice.accounts import VonageAccount
from practice.phones import Line, Phone
from practice.segments import segments
from practice.signing import vonage_signature
from practice.town import Town
from practice.weather import Rude, Weather, in_weather
from practice.webhooks import Posting, Webhook

GATEWAY = "vonage"
LONGEST = 3200
ERRORS = {
    "1": "Throughput Rate Exceeded - please wait [ 1000 ] and retry",
    "2": "Missing to param",
    "4": "Bad Credentials",
    "5": "Internal Error",
    "7": "Number barred.",
    "12": "Message too long",
    "15": "Illegal Sender Address - rejected",
}
RECEIPTS = {"0": "delivered", "2": "expired", "3": "failed", "6": "rejected"}


class Refused(Exception):
    """The sending is answered with this status."""


class Vonage:
    def __init__(self, town: Town) -> None:
        self.town = town

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/sms/json", self.post_message)]

    async def post_message(self, request: web.Request) -> web.StreamResponse:
        return await in_weather(self.town.weather[GATEWAY], request, self._post_message, _refuse)

    async def _post_message(self, request: web.Request) -> web.StreamResponse:
        form = {name: str(value) for name, value in (await request.post()).items()}
        try:
            return web.json_response(self.take(self._account(form), form))
        except Refused as refused:
            self.town.counts[f"{GATEWAY} {refused} refused"] += 1
            return _no(str(refused))

    def _account(self, form: dict[str, str]) -> VonageAccount:
        account = self.town.account(VonageAccount, form.get("api_key", ""))
        if account is None or not hmac.compare_digest(
            form.get("api_secret", "").encode(), account.api_secret.encode()
        ):
            raise Refused("4")
        return account

    def take(self, account: VonageAccount, form: dict[str, str]) -> dict[str, object]:
        """Deliver a text. Returns the answer. Raises Refused."""
        to, text = form.get("to", ""), form.get("text", "")
        if not re.fullmatch(r"[1-9][0-9]{6,14}", to) or not text:
            raise Refused("2")
        if form.get("from", "") != account.number.removeprefix("+"):
            raise Refused("15")
        if len(text) > LONGEST:
            raise Refused("12")
        shown = (
            text
            if form.get("type") == "unicode"
            else "".join(sign if _is_plain(sign) else "?" for sign in text)
        )
        line = Line(
            "sms", GATEWAY, account.name, shown, self.town.now(), True,
            provider_id=secrets.token_hex(8).upper(), reference=form.get("client-ref", ""), raw=form,
        )  # fmt: skip
        self.town.took(account, line.reference)
        self._deliver(account, line, to, form.get("callback") or account.callback)
        count = segments(text)
        parts = [
            _part(line, to, line.provider_id if n == 0 else secrets.token_hex(8).upper())
            for n in range(count)
        ]
        return {"message-count": str(count), "messages": parts}

    def _deliver(self, account: VonageAccount, line: Line, to: str, callback: str) -> None:
        phone = self.town.phones.by_number(to)
        reached = phone if phone and "sms" in phone.channels else None
        line.error = self.town.weather[GATEWAY].fail_code or ("" if reached else "3")
        if line.error or reached is None:
            words = [RECEIPTS.get(line.error, "failed")]
        else:
            reached.add(line)
            words = ["accepted"] if reached.switched_off else ["accepted", "delivered"]
        line.status = "sent" if words[-1] == "accepted" else words[-1]
        self.town.report(GATEWAY, [self._receipt(account, line, to, word, callback) for word in words])

    def _receipt(self, account: VonageAccount, line: Line, to: str, word: str, callback: str) -> Webhook:
        said = {
            "msisdn": to,
            "to": account.number.removeprefix("+"),
            "network-code": "23410",
            "messageId": line.provider_id,
            "price": "0.03330000",
            "status": word,
            "scts": f"{line.at:%y%m%d%H%M}",
            "err-code": line.error or "0",
            "api-key": account.api_key,
            "client-ref": line.reference,
            "message-timestamp": f"{line.at:%Y-%m-%d %H:%M:%S}",
        }
        return hook(account, callback, word, said)

    def say(self, account: VonageAccount, phone: Phone, text: str) -> Line:
        """The family sends a text to the school's number."""
        at, key = self.town.now(), secrets.token_hex(8).upper()
        said = {
            "msisdn": phone.number.removeprefix("+"),
            "to": account.number.removeprefix("+"),
            "messageId": key,
            "text": text,
            "type": "text" if all(map(_is_plain, text)) else "unicode",
            "keyword": (text.split() or [""])[0].upper(),
            "api-key": account.api_key,
            "message-timestamp": f"{at:%Y-%m-%d %H:%M:%S}",
        }
        self.town.announce(hook(account, account.callback, "message", said))
        return phone.add(Line("sms", GATEWAY, account.name, text, at, False, key))


def hook(account: VonageAccount, url: str, kind: str, said: dict[str, str]) -> Webhook:
    """A form with its time and signature, made anew at each try."""

    def build() -> Posting:
        whole = {**said, "timestamp": str(int(time.time())), "nonce": secrets.token_hex(16)}
        whole["sig"] = vonage_signature(account.signature_secret, whole)
        return Posting(
            urlencode(whole).encode(),
            {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Nexmo/MessagingHUB/v1.0"},
        )

    return Webhook(GATEWAY, kind, url, build)


def _is_plain(sign: str) -> bool:
    """Whether a text without type=unicode carries it; roughly, Latin and what old keypads have."""
    return ord(sign) < 0x100 or sign in "€ΔΦΓΛΩΠΨΣΘΞ"


def _part(line: Line, to: str, key: str) -> dict[str, str]:
    return {
        "to": to,
        "message-id": key,
        "status": "0",
        "remaining-balance": "37.43563628",
        "message-price": "0.03330000",
        "network": "23410",
        "client-ref": line.reference,
    }


def _no(status: str, http: int = 200) -> web.Response:
    refused = {"status": status, "error-text": ERRORS.get(status, "Refused")}
    return web.json_response({"message-count": "1", "messages": [refused]}, status=http)


def _refuse(rude: Rude, weather: Weather) -> web.Response:
    if rude is Rude.LIMIT:
        answer = web.json_response({"title": "Too Many Requests"}, status=429)
        answer.headers["Retry-After"] = str(weather.retry_after)
        return answer
    return _no(weather.code or "5") if rude is Rude.CODE else _no("5", 500)
