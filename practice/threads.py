"""A town in a thread of its own, for tests and tools that are not asynchronous."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from time import monotonic, sleep
from typing import Any

from practice.accounts import Account
from practice.answers import answer
from practice.identity_realms import Realm
from practice.phones import Line, Phone
from practice.server import Running, serve
from practice.town import Settings, Town
from practice.weather import Weather

STARTING = 15.0  # seconds a town may take to come up


class ThreadedTown:
    """A town that runs in another thread. Every method is safe to call from here."""

    def __init__(self, running: Running, loop: asyncio.AbstractEventLoop) -> None:
        self._running, self._loop = running, loop
        self.url, self.port, self.smtp_port = running.url, running.port, running.smtp_port

    def call[T](self, function: Callable[[Town], T]) -> T:
        """Run `function(town)` where the town lives, and hand back what it returns."""

        async def inside() -> T:
            return function(self._running.town)

        return asyncio.run_coroutine_threadsafe(inside(), self._loop).result(STARTING)

    def register_account(self, **values: Any) -> Account:
        """For example gateway="whatsapp", name="maple", callback="http://127.0.0.1:8000/hooks/…"."""
        return self.call(lambda town: town.register_account(values))

    def register_phone(self, **values: Any) -> Phone:
        """For example id="yousaf", number="+447700900123", mailbox="yousaf@example.org"."""
        return self.call(lambda town: town.phones.register(values))

    def received(self, phone: str, channel: str = "") -> list[Line]:
        """What the school wrote to this phone, oldest first."""
        return self.call(
            lambda town: [
                line
                for line in town.phones.get(phone).lines
                if line.from_school and not line.from_network and channel in {"", line.channel}
            ]
        )

    def answer(self, phone: str, **values: Any) -> Line:
        """What practice.answers.answer takes: channel, text, choice, stop, ring, account, message."""
        return self.call(lambda town: answer(town, self._running.gateways, town.phones.get(phone), values))

    def on_call(self, phone: str, **values: Any) -> Mapping[str, Any]:
        """What the owner does with the newest call, as practice.calls.Calls.act takes it; how the call stands then."""

        async def inside() -> Mapping[str, Any]:
            call = await self._running.gateways.twilio_voice.calls.act(
                self._running.town.phones.get(phone), values
            )
            return call.as_json()

        return asyncio.run_coroutine_threadsafe(inside(), self._loop).result(STARTING)

    def subscribe(self, phone: str, key: str) -> Mapping[str, Any]:
        """The phone's browser says yes to a school with this public key; what its script would get."""
        return self.call(lambda town: self._running.gateways.push.subscribe(town.phones.get(phone), key))

    def unsubscribe(self, endpoint: str) -> None:
        """It is turned off in the browser."""
        self.call(lambda town: self._running.gateways.push.forget(endpoint))

    def read(self, phone: str) -> int:
        return self.call(lambda town: self._running.gateways.whatsapp.mark_read(town.phones.get(phone)))

    def set_weather(self, gateway: str, **values: Any) -> Weather:
        return self.call(lambda town: town.set_weather(gateway, values))

    def identity(self, realm: str, **values: Any) -> Realm:
        """Set up an identity provider: people, client_id, rude, …"""
        return self.call(lambda town: town.identity.change(realm, values))

    def counts(self) -> Mapping[str, Any]:
        return self.call(lambda town: town.tally())

    def webhooks(self) -> list[Mapping[str, Any]]:
        return self.call(lambda town: [done.as_json() for done in town.postman.done])

    def reset(self, *, everything: bool = False) -> None:
        self.call(lambda town: town.reset(everything=everything))

    def wait_until(self, true: Callable[[Town], Any], within: float = 10.0) -> Any:
        """What `true(town)` returns, once that is something. Raises TimeoutError."""
        end = monotonic() + within
        while monotonic() < end:
            if found := self.call(true):
                return found
            sleep(0.01)
        raise TimeoutError(f"The town did not come to that within {within:g} seconds.")

    def settle(self, within: float = 10.0) -> None:
        """Wait until every webhook is through."""
        self.wait_until(lambda town: not town.postman.waiting, within)


@contextmanager
def town_in_thread(
    settings: Settings | None = None, config: Mapping[str, Any] | None = None, **changes: Any
) -> Iterator[ThreadedTown]:
    """A town on free ports (unless `settings` say otherwise) for as long as the block lasts."""
    wanted = replace(settings or Settings(port=0, smtp_port=None), **changes)
    ready: list[ThreadedTown | BaseException] = []
    up, stop = threading.Event(), threading.Event()

    async def live() -> None:
        async with serve(wanted, config) as running:
            loop, over = asyncio.get_running_loop(), asyncio.Event()
            ready.extend([ThreadedTown(running, loop)])
            stopping.append(lambda: loop.call_soon_threadsafe(over.set))
            up.set()
            await over.wait()

    def run() -> None:
        try:
            asyncio.run(live())
        except BaseException as problem:  # handed to the thread that asked
            ready.append(problem)
        finally:
            up.set()

    stopping: list[Callable[[], object]] = []
    thread = threading.Thread(target=run, name="practice-town", daemon=True)
    thread.start()
    up.wait(STARTING)
    if not ready:
        raise TimeoutError("The town did not start.")
    if isinstance(ready[0], BaseException):
        raise ready[0]
    try:
        yield ready[0]
    finally:
        stop.set()
        stopping[0]()
        thread.join(STARTING)
        if len(ready) > 1 and isinstance(ready[1], BaseException):
            raise ready[1]
