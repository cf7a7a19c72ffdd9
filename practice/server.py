"""The town as a server: one event loop, HTTP on loopback, mail beside it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from practice.africas_talking import AfricasTalking
from practice.answers import Gateways
from practice.control import Control
from practice.errors import Mistake, PortTaken
from practice.identity import Identity
from practice.mail import Mail
from practice.office_phone import OfficePhone
from practice.page import Page
from practice.push import Push
from practice.telegram import Telegram
from practice.town import Settings, Town
from practice.translation import Translation
from practice.twilio import Twilio
from practice.twilio_voice import TwilioVoice
from practice.video import Video
from practice.voices import Voices
from practice.vonage import Vonage
from practice.whatsapp import WhatsApp

BODY_LIMIT = 4 * 1024 * 1024


class Running:
    """A town that is up: `url` of its HTTP side, `town` for tests in the same loop."""

    def __init__(self, town: Town, gateways: Gateways, port: int, smtp_port: int | None) -> None:
        self.town, self.gateways, self.port, self.smtp_port = town, gateways, port, smtp_port

    @property
    def url(self) -> str:
        return f"http://{self.town.settings.host}:{self.port}"


def application(town: Town) -> tuple[web.Application, Gateways]:
    gateways = Gateways(
        WhatsApp(town),
        Twilio(town),
        OfficePhone(town),
        Vonage(town),
        AfricasTalking(town),
        Telegram(town),
        Mail(town),
        TwilioVoice(town),
        Push(town),
    )
    translation = Translation(town)
    app = web.Application(client_max_size=BODY_LIMIT, middlewares=[only_from_here])
    for part in (
        gateways.whatsapp,
        gateways.twilio,
        gateways.twilio_voice,
        gateways.office_phone,
        gateways.vonage,
        gateways.africas_talking,
        gateways.telegram,
        gateways.push,
        Control(town, gateways),
        Page(town, gateways),
        Identity(town),
        translation,
        Video(town, translation.tokens),
        Voices(town),
    ):
        app.add_routes(part.routes())
    return app, gateways


@web.middleware
async def only_from_here(request: web.Request, handler: Any) -> web.StreamResponse:
    """A page of some other site, open in the same browser, may not play with the phones."""
    origin = request.headers.get("Origin")
    if origin and request.method != "GET" and origin.partition("://")[2] != request.host:
        return web.json_response({"error": "Another site may not press buttons here."}, status=403)
    answer: web.StreamResponse = await handler(request)
    return answer


@asynccontextmanager
async def serve(settings: Settings, config: Mapping[str, Any] | None = None) -> AsyncIterator[Running]:
    """Run a town until the block ends. Raises PortTaken, Mistake."""
    town = Town(settings)
    furnish(town, config or {})
    app, gateways = application(town)
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=0.5)
    await runner.setup()
    await town.postman.start()
    mail: asyncio.Server | None = None
    try:
        try:
            await web.TCPSite(runner, settings.host, settings.port).start()
        except OSError as problem:
            raise PortTaken(_taken(settings.host, settings.port, "--port")) from problem
        town.url = f"http://{settings.host}:{runner.addresses[0][1]}"
        mail = await _open_mail(settings, gateways.mail)
        smtp_port = mail.sockets[0].getsockname()[1] if mail else None
        yield Running(town, gateways, runner.addresses[0][1], smtp_port)
    finally:
        if mail:
            mail.close()
            gateways.mail.hang_up()
            await mail.wait_closed()
        await town.postman.stop()
        await runner.cleanup()


async def _open_mail(settings: Settings, mail: Mail) -> asyncio.Server | None:
    if settings.smtp_port is None:
        return None
    loop = asyncio.get_running_loop()
    try:
        return await loop.create_server(mail.conversation, settings.host, settings.smtp_port)
    except OSError as problem:
        raise PortTaken(_taken(settings.host, settings.smtp_port, "--smtp-port")) from problem


def furnish(town: Town, config: Mapping[str, Any]) -> None:
    """Register what a configuration holds: accounts and phones in lists, weather and identity by name."""
    for account in config.get("accounts", []):
        town.register_account(account)
    for phone in config.get("phones", []):
        town.phones.register(phone)
    for gateway, weather in config.get("weather", {}).items():
        town.set_weather(gateway, weather)
    for realm, values in config.get("identity", {}).items():
        town.identity.change(realm, values)


def config_from(file: Path | None) -> Mapping[str, Any]:
    """Raises Mistake for a file that holds something else."""
    try:
        config = json.loads(file.read_text()) if file else {}
    except ValueError as problem:
        raise Mistake(f"{file} is no JSON: {problem}.") from None
    if not isinstance(config, dict):
        raise Mistake(f"{file} holds no JSON object with accounts and phones.")
    return config


def _taken(host: str, port: int, option: str) -> str:
    return f"Port {port} on {host} is taken. Stop the program that uses it, or choose another with {option}."
