"""Bad days on request, per gateway: slow, rude, forgetful, repeating, out of order, silent.

Weather is set by `POST /control/weather/<gateway>/` with any of the fields of `Weather`, and lasts until it
is set again or, with `times`, until that many requests met it.
"""

from __future__ import annotations

import asyncio
import enum
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from aiohttp import web

from practice.errors import Mistake

LONGEST_STALL = 120.0  # seconds; a stalled request ends at last, so that nothing is held for ever


class Rude(enum.StrEnum):
    """How a request is treated."""

    NO = ""
    ERROR = "500"  # refused with HTTP 500, nothing happens
    LIMIT = "429"  # refused with HTTP 429 and Retry-After, nothing happens
    RESET = "reset"  # the connection is torn down, nothing happens
    STALL = "stall"  # no answer, nothing happens
    CODE = "code"  # refused with the gateway's own error `code`
    DRIP = "drip"  # an answer of one byte a second, nothing happens
    MOVED = "moved"  # a redirect to somewhere else, nothing happens
    UNTRUE = "untrue"  # HTTP 200, and an error in the body; nothing happens
    TAKEN_502 = "taken-502"  # the message is taken and delivered, but the answer says 502
    TAKEN_RESET = "taken-reset"  # taken and delivered, then the connection is torn down
    TAKEN_STALL = "taken-stall"  # taken and delivered, but no answer comes

    @property
    def takes(self) -> bool:
        return self.value.startswith("taken") or self is Rude.NO


@dataclass(slots=True)
class Weather:
    """What a gateway is like today."""

    delay: float = 0.0  # seconds before any answer
    rude: Rude = Rude.NO
    times: int = 0  # how many requests are treated rudely; 0: all of them
    every: int = 1  # treat every n-th request rudely
    code: str = ""  # with rude="code": the gateway's own error code
    fail_code: str = ""  # messages are taken, and then fail with this code
    retry_after: int = 1  # seconds, with rude="429"
    stall: float = 30.0  # seconds a stalled request hangs
    forgetful: bool = False  # statuses never come
    repeat: int = 1  # how often each webhook is posted
    shuffled: bool = False  # statuses come in the wrong order
    met: int = 0  # requests since this weather began

    def next_treatment(self) -> Rude:
        """How the request that just came in is treated."""
        self.met += 1
        if not self.rude or self.met % self.every:
            return Rude.NO
        rude = self.rude
        if self.times and self.met >= self.times * self.every:
            self.rude = Rude.NO
        return rude

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def fine(self) -> bool:
        return self == Weather(met=self.met)


def weather_from(values: Mapping[str, Any]) -> Weather:
    """Raises Mistake, with what to mend."""
    known = {f.name for f in fields(Weather)} - {"met"}
    if unknown := sorted(set(values) - known):
        raise Mistake(f"Weather has no {', '.join(unknown)}; it knows {', '.join(sorted(known))}.")
    try:
        weather = Weather(**{**values, "rude": Rude(str(values.get("rude") or ""))})
        weather.every = max(1, int(weather.every))
        weather.repeat = min(20, max(1, int(weather.repeat)))
        weather.delay = min(LONGEST_STALL, max(0.0, float(weather.delay)))
        weather.stall = min(LONGEST_STALL, max(0.0, float(weather.stall)))
        weather.times = max(0, int(weather.times))
        weather.retry_after = max(0, int(weather.retry_after))
        weather.forgetful, weather.shuffled = bool(weather.forgetful), bool(weather.shuffled)
        weather.code, weather.fail_code = str(weather.code), str(weather.fail_code)
    except (ValueError, TypeError) as problem:
        raise Mistake(f"That weather is not known: {problem}.") from None
    return weather


type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
type Refusal = Callable[[Rude, Weather], web.StreamResponse]


async def in_weather(
    weather: Weather, request: web.Request, handle: Handler, refuse: Refusal
) -> web.StreamResponse:
    """Answer by `handle`, as today's weather lets it. `refuse` words a refusal as the gateway would."""
    treatment = weather.next_treatment()
    if weather.delay:
        await asyncio.sleep(weather.delay)
    if treatment in {Rude.ERROR, Rude.LIMIT, Rude.CODE}:
        return refuse(treatment, weather)
    if treatment is Rude.DRIP:
        return await _drip(weather, request)
    if treatment is Rude.MOVED:
        return web.Response(status=307, headers={"Location": f"{request.scheme}://{request.host}/elsewhere"})
    if treatment is Rude.UNTRUE:
        refusal = refuse(Rude.ERROR, weather)
        refusal.set_status(200)
        return refusal
    answer = await handle(request) if treatment.takes else web.Response(status=504)
    if treatment in {Rude.STALL, Rude.TAKEN_STALL}:
        await asyncio.sleep(weather.stall)
    if treatment in {Rude.RESET, Rude.TAKEN_RESET}:
        tear_down(request.transport)
    if treatment is Rude.TAKEN_502:
        return web.Response(
            status=502, text="<html><body>502 Bad Gateway</body></html>", content_type="text/html"
        )
    return answer


async def _drip(weather: Weather, request: web.Request) -> web.StreamResponse:
    """Always a little more to come, for as long as a stall lasts."""
    answer = web.StreamResponse(headers={"Content-Type": "application/json"})
    await answer.prepare(request)
    for _ in range(int(weather.stall)):
        await answer.write(b" ")
        await asyncio.sleep(1)
    return answer


def tear_down(transport: asyncio.BaseTransport | None) -> None:
    """End the connection with a TCP reset rather than a goodbye."""
    if transport is None:
        return
    connection = transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()
