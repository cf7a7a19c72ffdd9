"""Voices on loopback, on the wire formats of two companies: Google Text-to-Speech (v1) and Azure Speech.

POST /v1/text:synthesize            Google: JSON in, Base64 of a WAV file out
POST /cognitiveservices/v1          Azure: SSML in, a WAV file out

GET  /control/voices/               what they were asked, word for word: what left the school

What comes out is silence of about the length that the words would have.
"""

from __future__ import annotations

import base64
import json
import re
import xml.etree.ElementTree as Xml
from typing import Any

from aiohttp import web

from practice import wav
from practice.town import Town
from practice.translation import google_error
from practice.weather import Rude, Weather, in_weather

NAME = "voices"
KEY = "practice-voices-key"  # public: both companies of the town take it, and nothing else
NAMES = ("ur-PK-UzmaNeural", "ur-IN-Wavenet-A", "ps-AF-LatifaNeural", "es-ES-ElviraNeural", "en-GB-Neural2-A")
LETTERS_A_SECOND = 12
MOST = 5_000  # bytes that Google takes
SPOKEN = "{http://www.w3.org/2001/10/synthesis}"


class Voices:
    """The doors of both."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.asked: list[dict[str, str]] = []
        town.weather[NAME] = Weather()
        town.forgetting.append(self._forget)

    def _forget(self) -> None:
        self.asked.clear()
        self.town.weather[NAME] = Weather()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/v1/text:synthesize", self.google),
            web.post("/cognitiveservices/v1", self.azure),
            web.get("/control/voices/", self.was_asked),
        ]

    async def was_asked(self, _request: web.Request) -> web.Response:
        return web.json_response(self.asked)

    async def google(self, request: web.Request) -> web.StreamResponse:
        return await self._weathered(request, self._google)

    async def azure(self, request: web.Request) -> web.StreamResponse:
        return await self._weathered(request, self._azure)

    async def _weathered(self, request: web.Request, handle: Any) -> web.StreamResponse:
        def refuse(rude: Rude, weather: Weather) -> web.StreamResponse:
            return web.Response(status={Rude.ERROR: 502, Rude.LIMIT: 429}.get(rude, int(weather.code or 500)))

        return await in_weather(self.town.weather[NAME], request, handle, refuse)

    async def _google(self, request: web.Request) -> web.Response:
        if request.headers.get("X-Goog-Api-Key") != KEY:
            return refused(400, "API key not valid. Please pass a valid API key.")
        try:
            body = json.loads(await request.read())
            text, voice, wanted = body["input"]["text"], body["voice"], body["audioConfig"]
        except (ValueError, KeyError, TypeError):
            return refused(400, "Invalid JSON payload received.")
        if len(text.encode()) > MOST:
            return refused(400, "This request contains sentences that are too long.")
        if voice.get("name") not in NAMES or not voice["name"].startswith(f"{voice.get('languageCode')}-"):
            return refused(400, f"Voice '{voice.get('name')}' does not exist. Is it misspelled?")
        if wanted.get("audioEncoding") != "LINEAR16":
            return refused(400, "This town speaks LINEAR16 alone.")
        sound = self._spoken("google", text, voice["name"])
        return web.json_response({"audioContent": base64.b64encode(sound).decode()})

    async def _azure(self, request: web.Request) -> web.Response:
        if request.headers.get("Ocp-Apim-Subscription-Key") != KEY:
            return web.Response(status=401)
        if request.content_type != "application/ssml+xml":
            return web.Response(status=415)
        if not request.headers.get("User-Agent") or not request.headers.get("X-Microsoft-OutputFormat"):
            return web.Response(status=400)
        try:
            ssml = Xml.fromstring(await request.read())  # noqa: S314 - on loopback, from the server under test
            voice = ssml.find(f"{SPOKEN}voice")
        except Xml.ParseError:
            return web.Response(status=400)
        if voice is None or voice.get("name") not in NAMES:
            return web.Response(status=400)
        sound = self._spoken("azure", "".join(voice.itertext()), str(voice.get("name")))
        return web.Response(body=sound, content_type="audio/x-wav")

    def _spoken(self, company: str, text: str, voice: str) -> bytes:
        self.asked.append({"company": company, "text": text, "voice": voice})
        self.town.counts[f"{NAME} letters"] += len(re.sub(r"\s+", " ", text))
        return wav.silence(max(1.0, len(text) / LETTERS_A_SECOND))


def refused(status: int, said: str) -> web.Response:
    """As Google words it."""
    return web.json_response(google_error(status, said), status=status)
