"""The control API: for tests, demos and benches. JSON in, JSON out; a mistake is a 400 with `error`.

GET    /control/                            what is here: accounts, phones, weather, clock, counts
POST   /control/reset/                      forget messages, counts, weather ({"everything": true}: all)
GET    /control/counts/                     what was taken, refused, posted
GET    /control/webhooks/                   the last webhooks: URL, body, answer, tries
POST   /control/webhooks/settled/           wait until none is waiting ({"within": seconds})

GET    /control/accounts/                   every account with its (public) secrets
POST   /control/accounts/                   add or replace: {"gateway": "whatsapp", "name": …, "callback": …}
POST   /control/accounts/<name>/verification/  WhatsApp: do the callback's GET handshake
POST   /control/accounts/<name>/templates/  WhatsApp: {"name", "language", "status"?, "category"?, "reason"?}

GET    /control/phones/                     every phone
POST   /control/phones/                     add or replace one ({…}) or many ([{…}, …])
GET    /control/phones/<id>/                one phone with its messages
PATCH  /control/phones/<id>/                {"switched_off": true}
DELETE /control/phones/<id>/                remove it
GET    /control/phones/<id>/messages/       its messages; ?channel= &after=<number already seen>
    POST   /control/phones/<id>/answers/        what practice.answers.answer takes: {"channel", "text" | "choice" |
                                                "stop" | "ring", "account"?, "message"?, "kind"?, "to"?}
    POST   /control/phones/<id>/unsubscription/ mail: one POST to the last mail's List-Unsubscribe address
POST   /control/phones/<id>/read/           open WhatsApp and read
POST   /control/phones/<id>/subscription/   its browser says yes to a school's public key: {"key"}; what a script gets
POST   /control/phones/<id>/number/         WhatsApp: change to {"number": …, "account"?}

GET    /control/weather/                    every gateway's weather
POST   /control/weather/<gateway>/          set it: any field of practice.weather.Weather

GET    /control/clock/                      {"now", "offset_seconds"}
POST   /control/clock/                      {"offset_seconds": N}, {"by_seconds": N}, {"to": "2026-05-05T15:10"}
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from practice.accounts import WhatsAppAccount, as_json
from practice.answers import Gateways, answer
from practice.errors import Mistake
from practice.town import Town

type View = Callable[[web.Request], Awaitable[Any]]


class Control:
    def __init__(self, town: Town, gateways: Gateways) -> None:
        self.town, self.gateways = town, gateways

    def routes(self) -> list[web.RouteDef]:
        phone, account = "/control/phones/{id}/", "/control/accounts/{name}/"
        table: list[tuple[str, str, View]] = [
            ("GET", "/control/", self.overview),
            ("POST", "/control/reset/", self.reset),
            ("GET", "/control/counts/", self.counts),
            ("GET", "/control/webhooks/", self.webhooks),
            ("POST", "/control/webhooks/settled/", self.settled),
            ("GET", "/control/accounts/", self.accounts),
            ("POST", "/control/accounts/", self.add_account),
            ("POST", account + "verification/", self.verify),
            ("POST", account + "templates/", self.change_template),
            ("GET", "/control/phones/", self.phones),
            ("POST", "/control/phones/", self.add_phones),
            ("GET", phone, self.phone),
            ("PATCH", phone, self.change_phone),
            ("DELETE", phone, self.remove_phone),
            ("GET", phone + "messages/", self.messages),
            ("POST", phone + "answers/", self.answer),
            ("POST", phone + "read/", self.read),
            ("POST", phone + "number/", self.renumber),
            ("POST", phone + "unsubscription/", self.unsubscribe),
            ("POST", phone + "subscription/", self.subscribe),
            ("GET", "/control/weather/", self.weather),
            ("POST", "/control/weather/{gateway}/", self.set_weather),
            ("GET", "/control/clock/", self.clock),
            ("POST", "/control/clock/", self.move_clock),
        ]
        return [web.route(method, path, _json(view)) for method, path, view in table]

    async def overview(self, request: web.Request) -> Any:
        return {
            "accounts": [as_json(a) for a in self.town.accounts.values()],
            "phones": len(self.town.phones),
            "weather": await self.weather(request),
            "clock": await self.clock(request),
            "counts": self.town.tally(),
        }

    async def reset(self, request: web.Request) -> Any:
        self.town.reset(everything=bool((await _body(request)).get("everything")))
        return self.town.tally()

    async def counts(self, request: web.Request) -> Any:
        return self.town.tally()

    async def webhooks(self, request: web.Request) -> Any:
        return [done.as_json() for done in self.town.postman.done]

    async def settled(self, request: web.Request) -> Any:
        """Answers when no webhook waits any more, or says how many still do."""
        within = min(60.0, float((await _body(request)).get("within", 10)))
        end = asyncio.get_running_loop().time() + within
        while self.town.postman.waiting and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.01)
        return {"waiting": self.town.postman.waiting}

    async def accounts(self, request: web.Request) -> Any:
        return [as_json(a) for a in self.town.accounts.values()]

    async def add_account(self, request: web.Request) -> Any:
        return as_json(self.town.register_account(await _body(request)))

    async def verify(self, request: web.Request) -> Any:
        account = self.town.named(request.match_info["name"], WhatsAppAccount)
        return {"verified": await self.gateways.whatsapp.verify(account)}

    async def change_template(self, request: web.Request) -> Any:
        body = {name: str(value) for name, value in (await _body(request)).items()}
        account = self.town.named(request.match_info["name"], WhatsAppAccount)
        try:
            template = self.gateways.whatsapp.change_template(account, **body)
        except TypeError:
            raise Mistake("A template change names at least name and language.") from None
        return {"name": template.name, "language": template.language, "status": template.status,
                "category": template.category}  # fmt: skip

    async def phones(self, request: web.Request) -> Any:
        return [phone.as_json() for phone in self.town.phones]

    async def add_phones(self, request: web.Request) -> Any:
        body = await _body(request)
        if isinstance(body, list):
            return [self.town.phones.register(row).as_json() for row in body]
        return self.town.phones.register(body).as_json()

    async def phone(self, request: web.Request) -> Any:
        phone = self.town.phones.get(request.match_info["id"])
        return {**phone.as_json(), "lines": [line.as_json() for line in phone.lines]}

    async def change_phone(self, request: web.Request) -> Any:
        phone = self.town.phones.get(request.match_info["id"])
        phone.switched_off = bool((await _body(request)).get("switched_off"))
        phone.changed += 1
        return phone.as_json()

    async def remove_phone(self, request: web.Request) -> Any:
        self.town.phones.remove(request.match_info["id"])
        return {}

    async def messages(self, request: web.Request) -> Any:
        phone = self.town.phones.get(request.match_info["id"])
        channel, after = request.query.get("channel", ""), int(request.query.get("after", "0"))
        lines = [line for line in phone.lines if not channel or line.channel == channel]
        return [line.as_json() for line in lines[after:]]

    async def answer(self, request: web.Request) -> Any:
        phone = self.town.phones.get(request.match_info["id"])
        return answer(self.town, self.gateways, phone, await _body(request)).as_json()

    async def read(self, request: web.Request) -> Any:
        return {"read": self.gateways.whatsapp.mark_read(self.town.phones.get(request.match_info["id"]))}

    async def renumber(self, request: web.Request) -> Any:
        phone, body = self.town.phones.get(request.match_info["id"]), await _body(request)
        named = body.get("account") or next(iter(phone.windows), "")
        account = self.town.named(str(named), WhatsAppAccount)
        self.gateways.whatsapp.move_number(account, phone, str(body.get("number") or ""))
        return phone.as_json()

    async def unsubscribe(self, request: web.Request) -> Any:
        phone, body = self.town.phones.get(request.match_info["id"]), await _body(request)
        mail = phone.find(str(body["message"])) if body.get("message") else phone.latest("email")
        if mail is None:
            raise Mistake("There is no such mail on this phone.")
        return {"answer": await self.gateways.mail.unsubscribe(mail)}

    async def subscribe(self, request: web.Request) -> Any:
        phone, body = self.town.phones.get(request.match_info["id"]), await _body(request)
        return self.gateways.push.subscribe(phone, str(body.get("key") or ""))

    async def weather(self, request: web.Request) -> Any:
        return {gateway: weather.as_json() for gateway, weather in self.town.weather.items()}

    async def set_weather(self, request: web.Request) -> Any:
        return self.town.set_weather(request.match_info["gateway"], await _body(request)).as_json()

    async def clock(self, request: web.Request) -> Any:
        clock = self.town.clock
        return {"now": clock.local().isoformat(), "offset_seconds": int(clock.offset().total_seconds())}

    async def move_clock(self, request: web.Request) -> Any:
        body, clock = await _body(request), self.town.clock
        try:
            if "to" in body:
                clock.move_to(datetime.fromisoformat(body["to"]))
            elif "by_seconds" in body:
                clock.move_by(timedelta(seconds=float(body["by_seconds"])))
            else:
                clock.set_offset(timedelta(seconds=float(body["offset_seconds"])))
        except (KeyError, TypeError, ValueError, OverflowError) as problem:
            raise Mistake(f"The clock takes to, by_seconds or offset_seconds: {problem}.") from None
        return await self.clock(request)


async def _body(request: web.Request) -> Any:
    raw = await request.read()
    try:
        return json.loads(raw) if raw else {}
    except ValueError:
        raise Mistake("The body has to be JSON.") from None


def _json(view: View) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            return web.json_response(await view(request))
        except (Mistake, TypeError, ValueError) as mistake:
            return web.json_response({"error": str(mistake)}, status=400)

    return handle
