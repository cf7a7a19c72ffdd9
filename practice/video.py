"""Companies that hold video meetings, on loopback: Jitsi, BigBlueButton, Zoom and Google Meet, each on its own wire.

GET  /config.js                                a Jitsi server's settings, as its pages load them
GET  /bigbluebutton/api/{call}                 BigBlueButton: create, join, end, getMeetingInfo, getMeetings
POST /oauth/token                              Zoom: a server-to-server app's token
…    /v2/users/{user}, /v2/meetings/{id}       Zoom's meetings
POST /v2/spaces, /v2/spaces/{name}:end…        Google Meet, with a token of POST /token

GET  /control/video/                           what they were asked: what left the school
POST /control/video/forget/                    every room is gone, as after a server was restarted
"""

from __future__ import annotations

from typing import Any

from aiohttp import web

from practice.town import Town
from practice.translation_google import Tokens
from practice.video_bbb import BigBlueButton
from practice.video_meet import Meet
from practice.video_zoom import Zoom
from practice.weather import Rude, Weather, in_weather

NAME = "video"
JITSI = (
    "var config = { hosts: { domain: 'meet.practice.example', muc: 'conference.meet.practice.example' } };"
)


class Video:
    """The doors of all four."""

    def __init__(self, town: Town, tokens: Tokens) -> None:
        self.town = town
        self.asked: list[dict[str, Any]] = []
        self.bbb, self.zoom, self.meet = BigBlueButton(), Zoom(), Meet(tokens)
        town.weather[NAME] = Weather()
        town.forgetting.append(self._forget)

    def _forget(self) -> None:
        self.asked.clear()
        self.town.weather[NAME] = Weather()
        self._close()

    def _close(self) -> None:
        for company in (self.bbb, self.zoom, self.meet):
            company.rooms.clear()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/config.js", self.jitsi),
            web.get("/bigbluebutton/api/{call}", self.big_blue_button),
            web.post("/oauth/token", self.zoom_token),
            web.get("/v2/users/{user}", self.zooms),
            web.post("/v2/users/{user}/meetings", self.zooms),
            web.get("/v2/meetings/{id}", self.zooms),
            web.patch("/v2/meetings/{id}", self.zooms),
            web.delete("/v2/meetings/{id}", self.zooms),
            web.post("/v2/spaces", self.meets),
            web.post("/v2/spaces/{space}:endActiveConference", self.meets),
            web.get("/control/video/", self.was_asked),
            web.post("/control/video/forget/", self.forget),
        ]

    async def was_asked(self, _request: web.Request) -> web.Response:
        return web.json_response(self.asked)

    async def forget(self, _request: web.Request) -> web.Response:
        self._close()
        return web.json_response({})

    async def jitsi(self, request: web.Request) -> web.StreamResponse:
        async def answer(_request: web.Request) -> web.Response:
            return web.Response(text=JITSI, content_type="application/javascript")

        return await self._weathered(request, answer)

    async def big_blue_button(self, request: web.Request) -> web.StreamResponse:
        return await self._weathered(request, self.bbb.answer)

    async def zoom_token(self, request: web.Request) -> web.StreamResponse:
        return await self._weathered(request, self.zoom.token)

    async def zooms(self, request: web.Request) -> web.StreamResponse:
        return await self._weathered(request, self.zoom.answer)

    async def meets(self, request: web.Request) -> web.StreamResponse:
        return await self._weathered(request, self.meet.answer)

    async def _weathered(self, request: web.Request, handle: Any) -> web.StreamResponse:
        self.asked.append(
            {
                "method": request.method,
                "path": request.path,
                "query": dict(request.query),
                "body": await request.text(),
            }
        )

        def refuse(rude: Rude, weather: Weather) -> web.StreamResponse:
            status = {Rude.ERROR: 500, Rude.LIMIT: 429}.get(rude) or int(weather.code or 500)
            headers = {"Retry-After": str(weather.retry_after)} if rude is Rude.LIMIT else None
            return web.json_response({"message": "Not now."}, status=status, headers=headers)

        return await in_weather(self.town.weather[NAME], request, handle, refuse)
