"""Africa's Talking's SMS API, as far as text messages need it.

    POST /version1/messaging    send: a form, the key in a header; 201 with a statusCode for each recipient

It signs no webhook. What an office can do is put a word of its own behind the address it pastes into the dashboard;
the town's account has that word as `hook_word`.
"""

from __future__ import annotations

import re
import secrets
from urllib.parse import urlencode

from aiohttp import web

from practice.accounts import AfricasTalkingAccount
from practice.phones import Line, Phone
from practice.town import Town
from practice.weather import Rude, Weather, in_weather
from practice.webhooks import Posting, Webhook

GATEWAY = "africas_talking"
WRONG_KEY = "The supplied authentication is invalid"
STATUS_CODES = {
    "InvalidPhoneNumber": 403,
    "UserInBlacklist": 406,
    "CouldNotRoute": 407,
    "InsufficientBalance": 405,
}


class AfricasTalking:
    def __init__(self, town: Town) -> None:
        self.town = town

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/version1/messaging", self.post_message)]

    async def post_message(self, request: web.Request) -> web.StreamResponse:
        return await in_weather(self.town.weather[GATEWAY], request, self._post_message, _refuse)

    async def _post_message(self, request: web.Request) -> web.StreamResponse:
        form = {name: str(value) for name, value in (await request.post()).items()}
        account = self.town.account(AfricasTalkingAccount, request.headers.get("apiKey", ""))
        if account is None or form.get("username") != account.username:
            self.town.counts[f"{GATEWAY} 401 refused"] += 1
            return web.Response(status=401, text=WRONG_KEY)
        if form.get("from", account.number) != account.number:
            return _answer("InvalidSenderId")
        if not form.get("message"):
            return web.Response(status=400, text="Request is missing required form field 'message'")
        return _answer("Sent to 1/1 Total Cost: KES 0.8000", self.take(account, form["to"], form))

    def take(self, account: AfricasTalkingAccount, to: str, form: dict[str, str]) -> dict[str, object]:
        """Deliver a text to one recipient. Returns how it is told of in the answer."""
        if not re.fullmatch(r"\+[1-9][0-9]{6,14}", to):
            return _recipient(to, "InvalidPhoneNumber", "None")
        phone = self.town.phones.by_number(to)
        if phone and account.name in phone.stopped:
            return _recipient(to, "UserInBlacklist", "None")
        line = Line(
            "sms", GATEWAY, account.name, form["message"], self.town.now(), True,
            provider_id=f"ATXid_{secrets.token_hex(16)}", raw=form,
        )  # fmt: skip
        self.town.took(account, "")
        reached = phone if phone and "sms" in phone.channels else None
        line.error = self.town.weather[GATEWAY].fail_code or ("" if reached else "UserDoesNotExist")
        if line.error or reached is None:
            words = ["Failed"]
        else:
            reached.add(line)
            words = ["Submitted"] if reached.switched_off else ["Submitted", "Success"]
        line.status = {"Failed": "failed", "Submitted": "sent", "Success": "delivered"}[words[-1]]
        self.town.report(GATEWAY, [self._report(account, line, to, word) for word in words])
        return _recipient(to, "Success", line.provider_id)

    def _report(self, account: AfricasTalkingAccount, line: Line, to: str, word: str) -> Webhook:
        said = {
            "id": line.provider_id,
            "status": word,
            "phoneNumber": to,
            "networkCode": "63902",
            "retryCount": "0",
        }
        if word == "Failed":
            said["failureReason"] = line.error
        return hook(account, word, said)

    def say(self, account: AfricasTalkingAccount, phone: Phone, text: str) -> Line:
        """The family texts the short code. STOP is the school's to obey: the carrier hears it from its own words."""
        at, key = self.town.now(), secrets.token_hex(18)
        said = {
            "linkId": secrets.token_hex(8),
            "text": text,
            "to": account.number,
            "id": key,
            "date": f"{at:%Y-%m-%d %H:%M:%S}",
            "from": phone.number,
            "networkCode": "63902",
        }
        self.town.announce(hook(account, "message", said))
        return phone.add(Line("sms", GATEWAY, account.name, text, at, False, key))


def hook(account: AfricasTalkingAccount, kind: str, said: dict[str, str]) -> Webhook:
    """A plain form to the address the office pasted, its word at the end."""
    url = (
        f"{account.callback}?word={account.hook_word}"
        if account.callback and account.hook_word
        else account.callback
    )

    def build() -> Posting:
        return Posting(urlencode(said).encode(), {"Content-Type": "application/x-www-form-urlencoded"})

    return Webhook(GATEWAY, kind, url, build)


def _recipient(to: str, status: str, key: str) -> dict[str, object]:
    code = STATUS_CODES.get(status, 101)
    return {"statusCode": code, "number": to, "status": status, "cost": "KES 0.8000", "messageId": key}


def _answer(message: str, *recipients: dict[str, object], http: int = 201) -> web.Response:
    told = {"SMSMessageData": {"Message": message, "Recipients": list(recipients)}}
    return web.json_response(told, status=http)


def _refuse(rude: Rude, weather: Weather) -> web.Response:
    if rude is Rude.LIMIT:
        return web.Response(
            status=429, text="Too Many Requests", headers={"Retry-After": str(weather.retry_after)}
        )
    if rude is Rude.CODE:
        return _answer("Sent to 0/1", _recipient("", weather.code, "None"))
    return _answer(
        "Sent to 0/1", {"statusCode": 501, "status": "GatewayError", "messageId": "None"}, http=500
    )
