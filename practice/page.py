"""The town's pages: server-rendered, useful without a script, every action a form.

GET  /                               all phones; ?q= finds
GET  /phones/<id>/                   one phone
POST /phones/<id>/answers/           what practice.answers.answer takes, `way` being "<channel> <account>"
POST /phones/<id>/read/              open WhatsApp
POST /phones/<id>/power/             switch off or on
POST /phones/<id>/unsubscription/    one-click unsubscribe of the last mail
POST /clock/                         move: hour, evening, morning, real, or to (with `to`)
GET  /weather/, POST /weather/<gateway>/
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from importlib.resources import files

from aiohttp import web

from practice import page_phone, page_phones, page_weather
from practice.answers import Gateways, answer
from practice.errors import Mistake
from practice.page_parts import address, mistake
from practice.town import Town

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; media-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
type View = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Page:
    def __init__(self, town: Town, gateways: Gateways) -> None:
        self.town, self.gateways = town, gateways

    def routes(self) -> list[web.RouteDef]:
        phone = "/phones/{id}/"
        return [
            web.get("/", self.safe(self.phones)),
            web.get("/version", self.version),
            web.get("/style.css", _resource("style.css", "text/css")),
            web.get("/live.js", _resource("live.js", "text/javascript")),
            web.get(phone, self.safe(self.phone)),
            web.get(phone + "version", self.safe(self.phone_version)),
            web.get(phone + "sounds/{sound}", self.safe(self.sound)),
            web.post(phone + "answers/", self.safe(self.answer)),
            web.post(phone + "call/", self.safe(self.call)),
            web.post(phone + "read/", self.safe(self.read)),
            web.post(phone + "power/", self.safe(self.power)),
            web.post(phone + "unsubscription/", self.safe(self.unsubscribe)),
            web.post("/clock/", self.safe(self.move_clock)),
            web.get("/weather/", self.safe(self.weather)),
            web.post("/weather/{gateway}/", self.safe(self.set_weather)),
        ]

    def safe(self, view: View) -> View:
        """A view whose mistakes become a page that says what went wrong."""

        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                return await view(request)
            except Mistake as wrong:
                pressed = request.method == "POST"
                here = request.path.rpartition("/")[0].rpartition("/")[0] + "/" if pressed else "/"
                return _html(mistake(str(wrong), self.town.clock, here), status=400 if pressed else 404)

        return handle

    async def phones(self, request: web.Request) -> web.Response:
        return _html(page_phones.phones_page(self.town, request.query.get("q", "").strip()[:100]))

    async def version(self, request: web.Request) -> web.Response:
        return web.Response(text=str(sum(phone.changed for phone in self.town.phones)))

    async def phone(self, request: web.Request) -> web.Response:
        phone = self.town.phones.get(request.match_info["id"])
        return _html(page_phone.phone_page(self.town, phone, self.gateways.twilio_voice.calls))

    async def phone_version(self, request: web.Request) -> web.Response:
        return web.Response(text=str(self.town.phones.get(request.match_info["id"]).changed))

    async def sound(self, request: web.Request) -> web.Response:
        """A spoken answer, a picture or a letter that is on this phone."""
        phone, wanted = self.town.phones.get(request.match_info["id"]), request.match_info["sound"]
        line = next((line for line in phone.lines if wanted in (line.sound, line.file)), None)
        found = self.town.enclosures.find(line.account, wanted) if line else None
        if found is None:
            raise Mistake("This is not on the phone.")
        return web.Response(body=found.content, content_type=found.mime_type)

    async def answer(self, request: web.Request) -> web.Response:
        phone = self.town.phones.get(request.match_info["id"])
        values = {name: str(value) for name, value in (await request.post()).items()}
        channel, _, account = values.pop("way", "").partition(" ")
        if channel:
            values |= {"channel": channel, "account": account}
        answer(self.town, self.gateways, phone, values)
        return _see_other(f"{address(phone)}#answer")

    async def call(self, request: web.Request) -> web.Response:
        phone = self.town.phones.get(request.match_info["id"])
        values = {name: str(value) for name, value in (await request.post()).items()}
        await self.gateways.twilio_voice.calls.act(phone, values)
        return _see_other(address(phone))

    async def read(self, request: web.Request) -> web.Response:
        phone = self.town.phones.get(request.match_info["id"])
        self.gateways.whatsapp.mark_read(phone)
        return _see_other(address(phone))

    async def power(self, request: web.Request) -> web.Response:
        phone = self.town.phones.get(request.match_info["id"])
        phone.switched_off = not phone.switched_off
        phone.changed += 1
        return _see_other(address(phone))

    async def unsubscribe(self, request: web.Request) -> web.Response:
        phone = self.town.phones.get(request.match_info["id"])
        mail = phone.latest("email")
        if mail is None:
            raise Mistake("Nothing came by mail yet.")
        status = await self.gateways.mail.unsubscribe(mail)
        if not 200 <= status < 300:
            raise Mistake(f"The school answered the unsubscribing with HTTP {status}.")
        return _see_other(address(phone))

    async def move_clock(self, request: web.Request) -> web.Response:
        said = {name: str(value) for name, value in (await request.post()).items()}
        clock = self.town.clock
        try:
            match said.get("move"):
                case "hour":
                    clock.move_by(timedelta(hours=1))
                case "evening":
                    clock.move_to(clock.this_evening())
                case "morning":
                    clock.move_to(clock.tomorrow_morning())
                case "real":
                    clock.set_offset(timedelta())
                case _:
                    clock.move_to(datetime.fromisoformat(said.get("to", "")))
        except (ValueError, OverflowError):
            raise Mistake("That is no time the clock can show. Choose a day and an hour.") from None
        here = said.get("next", "/")
        return _see_other(here if here.startswith("/") and not here.startswith("//") else "/")

    async def weather(self, request: web.Request) -> web.Response:
        return _html(page_weather.weather_page(self.town))

    async def set_weather(self, request: web.Request) -> web.Response:
        said = {name: str(value) for name, value in (await request.post()).items()}
        wanted = {} if said.pop("fine", "") else said
        self.town.set_weather(request.match_info["gateway"], wanted)
        return _see_other("/weather/")


def _html(text: str, status: int = 200) -> web.Response:
    headers = {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    return web.Response(text=text, content_type="text/html", status=status, headers=headers)


def _see_other(url: str) -> web.Response:
    return web.Response(status=303, headers={"Location": url})


def _resource(name: str, content_type: str) -> View:
    content = files("practice").joinpath(name).read_bytes()

    async def serve(request: web.Request) -> web.Response:
        headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=content, content_type=content_type, charset="utf-8", headers=headers)

    return serve
