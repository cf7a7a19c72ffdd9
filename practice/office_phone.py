"""The school's own Android phone, as its open SMS gateway app answers (local server and cloud paths alike).

    POST   /messages, /message      send (basic auth, JSON); 202 and the message's state
    GET    /messages/<id>           how far one came
    GET    /messages                the last ones
    GET    /health                  is the app there, and its battery
    GET    /devices                 when each was last seen
    GET, POST /webhooks, DELETE /webhooks/<id>

The same under /api and /3rdparty/v1, where the schema's servers have it.
"""

from __future__ import annotations

import hmac
import re
from collections import OrderedDict
from typing import Any

from aiohttp import BasicAuth, web

from practice import office_phone_events as events
from practice.accounts import OfficePhoneAccount
from practice.bench import Bench
from practice.enclosures import Enclosure
from practice.errors import Mistake
from practice.office_phone_requests import Refused, body_of, checked, paging
from practice.phones import Line, Phone
from practice.town import Town
from practice.weather import Rude, Weather, in_weather
from practice.webhooks import Webhook

GATEWAY = "office_phone"
KEPT = 2_000  # sendings whose state can be asked for
BAD_NUMBER = "sendSMS: The string supplied did not seem to be a phone number."
NOBODY = "Send result: RESULT_ERROR_GENERIC_FAILURE"
STATES = {"sent": "Sent", "delivered": "Delivered", "failed": "Failed"}


class OfficePhone:
    def __init__(self, town: Town) -> None:
        self.town = town
        self.bench = Bench(town) if town.settings.bench else None
        town.forgetting.append(self.forget)
        self._sent: OrderedDict[tuple[str, str], tuple[str, Line]] = OrderedDict()

    def routes(self) -> list[web.RouteDef]:
        found = []
        for base in ("", "/api", "/3rdparty/v1"):
            found += [
                web.post(base + "/messages", self.post_message),
                web.post(base + "/message", self.post_message),
                web.get(base + "/messages", self.answered(self._list)),
                web.get(base + "/messages/{id}", self.answered(self._state)),
                web.get(base + "/webhooks", self.answered(self._webhooks)),
                web.post(base + "/webhooks", self.answered(self._add_webhook)),
                web.delete(base + "/webhooks/{id}", self.answered(self._remove_webhook)),
                web.get(base + "/inbox/{id}/attachments/{part}", self.answered(self._attachment)),
                web.get(base + "/health", self.health),
                web.get(base + "/devices", self.answered(self._devices)),
            ]
        return found

    async def post_message(self, request: web.Request) -> web.StreamResponse:
        return await in_weather(
            self.town.weather[GATEWAY], request, self.answered(self._post_message), _refuse
        )

    def answered(self, view: Any) -> Any:
        """A view that knows its account, and whose refusals become the app's error JSON."""

        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                return await view(request, self._account(request))
            except Refused as refused:
                self.town.counts[f"{GATEWAY} {refused.status} refused"] += 1
                headers = {"WWW-Authenticate": 'Basic realm="Access to SMS Gateway"'}
                return web.json_response(
                    {"message": refused.message},
                    status=refused.status,
                    headers=headers if refused.status == 401 else None,
                )

        return handle

    def _account(self, request: web.Request) -> OfficePhoneAccount:
        try:
            given = BasicAuth.decode(request.headers.get("Authorization", ""), encoding="utf-8")
        except ValueError:
            raise Refused(401, "Unauthorized") from None
        account = self.town.account(OfficePhoneAccount, given.login)
        if not account or not hmac.compare_digest(given.password.encode(), account.password.encode()):
            raise Refused(401, "Unauthorized")
        return account

    async def _post_message(self, request: web.Request, account: OfficePhoneAccount) -> web.Response:
        body = await body_of(request)
        text, numbers = checked(body)
        message_id = str(body.get("id") or events.new_id())
        if (account.name, message_id) in self._sent:
            raise Refused(409, "Message with such ID already exists")
        reports = body.get("withDeliveryReport", True) is not False
        for number in numbers:
            self._deliver(account, message_id, number, text, body, reports=reports)
        if not self.bench:
            self.town.took(account, message_id)
        answer = _shown(account, message_id, [(number, None) for number in numbers])
        headers = {"Location": f"{request.path.removesuffix('s')}s/{message_id}"}
        return web.json_response(answer, status=202, headers=headers)

    def _deliver(
        self,
        account: OfficePhoneAccount,
        message_id: str,
        number: str,
        text: str,
        body: Any,
        *,
        reports: bool,
    ) -> None:
        phone = self.town.phones.by_number(number)
        reached = phone if phone and "sms" in phone.channels else None
        line = Line(
            "sms", GATEWAY, account.name, text, self.town.now(), True,
            provider_id=message_id, reference=message_id, raw=body,
        )  # fmt: skip
        if self.bench:
            self._remember(account, number, line)
            self.bench.office_phone(account, line, number)
            return
        line.error = self.town.weather[GATEWAY].fail_code or ("" if reached else NOBODY)
        if not re.fullmatch(r"\+?[0-9 ()-]{6,20}", number):
            line.error = BAD_NUMBER
        if line.error or reached is None:
            names = ["failed"]
        else:
            reached.add(line)
            names = ["sent"] if reached.switched_off or not reports else ["sent", "delivered"]
        line.status = names[-1]
        line.states = {"Pending": line.at, "Processed": line.at, **{STATES[n]: line.at for n in names}}
        self._remember(account, number, line)
        hooks: list[Webhook] = []
        for name in names:
            hooks += events.progress(account, f"sms:{name}", line, number, line.at)
        self.town.report(GATEWAY, hooks)

    def _remember(self, account: OfficePhoneAccount, number: str, line: Line) -> None:
        self._sent[account.name, line.provider_id] = (number, line)
        while len(self._sent) > KEPT:
            self._sent.popitem(last=False)

    def forget(self) -> None:
        """Forget every sending; their ids are free again."""
        self._sent.clear()

    async def _state(self, request: web.Request, account: OfficePhoneAccount) -> web.Response:
        found = self._sent.get((account.name, request.match_info["id"]))
        if found is None:
            raise Refused(404, "Message not found")
        return web.json_response(_shown(account, request.match_info["id"], [found]))

    async def _list(self, request: web.Request, account: OfficePhoneAccount) -> web.Response:
        mine = [(key[1], found) for key, found in reversed(self._sent.items()) if key[0] == account.name]
        state, start, most = paging(request)
        rows = [_shown(account, key, [found]) for key, found in mine]
        rows = [row for row in rows if state in {"", row["state"]}]
        return web.json_response(rows[start : start + most], headers={"X-Total-Count": str(len(rows))})

    async def _webhooks(self, request: web.Request, account: OfficePhoneAccount) -> web.Response:
        return web.json_response(list(account.webhooks.values()))

    async def _add_webhook(self, request: web.Request, account: OfficePhoneAccount) -> web.Response:
        body = await body_of(request)
        event, url = str(body.get("event", "")), str(body.get("url", ""))
        if event not in events.TAKEN_OVER_THE_WIRE:
            raise Refused(400, "Unsupported event")
        if not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", url):
            raise Refused(400, "Invalid URL")
        row = {"id": str(body.get("id") or events.new_id())[:36], "url": url, "event": event}
        if row["id"] not in account.webhooks and len(account.webhooks) >= 50:
            raise Refused(400, "Too many webhooks")
        account.webhooks[row["id"]] = row
        return web.json_response(row, status=201)

    async def _remove_webhook(self, request: web.Request, account: OfficePhoneAccount) -> web.Response:
        account.webhooks.pop(request.match_info["id"], None)
        return web.Response(status=204)

    async def health(self, request: web.Request) -> web.Response:
        checks = {
            "messages:failed": {
                "description": "Failed messages for last hour",
                "observedUnit": "messages",
                "observedValue": 0,
                "status": "pass",
            },
            "battery:level": {
                "description": "Battery level in percent",
                "observedUnit": "percent",
                "observedValue": 9,
                "status": "warn",
            },
        }
        return web.json_response({"status": "pass", "version": "practice", "releaseId": 1, "checks": checks})

    async def _devices(self, request: web.Request, account: OfficePhoneAccount) -> web.Response:
        seen = events.stamp(self.town.now())
        row = {"id": account.device_id, "name": "The office's phone", "createdAt": seen, "lastSeen": seen}
        return web.json_response([row])

    async def _attachment(self, request: web.Request, account: OfficePhoneAccount) -> web.Response:
        found = self.town.enclosures.find(account.name, request.match_info["id"])
        if found is None or request.match_info["part"] != events.PART:
            raise Refused(404, "Attachment not found")
        return web.Response(body=found.content, content_type="application/octet-stream")

    def say(
        self, account: OfficePhoneAccount, phone: Phone, text: str, enclosure: Enclosure | None = None
    ) -> Line:
        """The family texts the school's phone, or sends it a picture message."""
        at = self.town.now()
        line = Line("sms", GATEWAY, account.name, text, at, False, events.new_id())
        if enclosure is None:
            self.town.announce(*events.received(account, phone, text, at))
        else:
            line.enclosed = enclosure.name
            self.town.announce(*events.downloaded(account, phone, text, at, enclosure))
        return phone.add(line)

    def ring(self, account: OfficePhoneAccount, phone: Phone) -> Line:
        """The family lets it ring once: "please ring me"."""
        if not phone.number:
            raise Mistake(f"{phone.id} has no number to ring with.")
        at = self.town.now()
        self.town.announce(*events.ringing(account, phone))
        return phone.add(Line("sms", GATEWAY, account.name, "", at, False, events.new_id(), rang=True))


def _shown(account: OfficePhoneAccount, message_id: str, found: list[tuple[str, Line | None]] | Any) -> Any:
    """The schema's GetMessageResponse. A line of None is a message that was only just taken."""
    recipients, states, state = [], {}, "Pending"
    for number, line in found:
        state = STATES.get(line.status, "Pending") if line else "Pending"
        recipient = {"phoneNumber": number, "state": state}
        recipients.append({**recipient, "error": line.error} if line and line.error else recipient)
        states = {name: events.stamp(at) for name, at in line.states.items()} if line else {}
    return {
        "id": message_id,
        "deviceId": account.device_id,
        "state": state,
        "isHashed": False,
        "isEncrypted": False,
        "recipients": recipients,
        "states": states,
    }


def _refuse(rude: Rude, weather: Weather) -> web.Response:
    status = {Rude.ERROR: 500, Rude.LIMIT: 429}.get(rude) or int(weather.code or 503)
    answer = web.json_response({"message": "Try again later" if status == 429 else "Failed"}, status=status)
    if rude is Rude.LIMIT:
        answer.headers["Retry-After"] = str(weather.retry_after)
    return answer
