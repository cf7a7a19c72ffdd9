"""What the gateways post back to the school: signed, in turn, tried again when it fails, and bounded.

Retries follow each real gateway, its hours pressed into seconds (`Settings.retry_waits`): Meta, Postmark,
Mailgun and the Android app try again after anything but success; Twilio once, after a failed connection,
unless the callback URL says otherwise (`#rc=3&rp=all`, its connection overrides).
"""

from __future__ import annotations

import asyncio
import heapq
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, pairwise
from urllib.parse import parse_qs

import aiohttp
from yarl import URL

KEPT = 200  # finished webhooks remembered for the control API


@dataclass(frozen=True, slots=True)
class Posting:
    """One request as it goes over the wire."""

    body: bytes
    headers: Mapping[str, str]


@dataclass(slots=True)
class Webhook:
    """One thing a gateway has to say. `build` runs at each try, so that a signed time is always fresh."""

    gateway: str
    kind: str  # for people: message, sent, delivered, …
    url: str
    build: Callable[[], Posting]
    pause: float = 0.0  # seconds to wait before the first try
    then: Webhook | None = None  # posted once this one is through or given up
    answered: Callable[[bytes], None] | None = None  # told the body of a yes: some gateways read one
    copies: int = 1
    tries: int = 0


def in_turn(hooks: Sequence[Webhook]) -> Webhook | None:
    """Chain webhooks so that each waits for the one before it."""
    for first, second in pairwise(hooks):
        first.then = second
    return hooks[0] if hooks else None


@dataclass(frozen=True, slots=True)
class Done:
    """How a webhook ended. `answer` is the HTTP status, or 0 when nobody answered."""

    gateway: str
    kind: str
    url: str
    answer: int
    tries: int
    body: bytes

    def as_json(self) -> dict[str, object]:
        return {"gateway": self.gateway, "kind": self.kind, "url": self.url, "answer": self.answer,
                "tries": self.tries, "body": self.body.decode(errors="replace")}  # fmt: skip


@dataclass(slots=True)
class Postman:
    """Posts webhooks from a few workers. Beyond `limit` waiting ones, new ones are counted and let go."""

    retry_waits: Sequence[float] = (0.2, 0.5, 1.0, 2.0, 4.0)
    timeout: float = 10.0
    workers: int = 8
    limit: int = 50_000
    keep_bodies: bool = True
    counts: Counter[str] = field(default_factory=Counter)
    done: deque[Done] = field(default_factory=lambda: deque(maxlen=KEPT))
    _due: list[tuple[float, int, Webhook]] = field(default_factory=list)
    _number: count[int] = field(default_factory=count)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    held: int = 0  # said by a gateway that still waits for more before it posts
    _http: aiohttp.ClientSession | None = None
    _busy: int = 0
    _forgotten: int = 0

    async def start(self) -> None:
        self._http = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=self.timeout),
            connector=aiohttp.TCPConnector(limit=self.workers),
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        self._tasks = [asyncio.create_task(self._work()) for _ in range(self.workers)]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._http:
            await self._http.close()

    @property
    def waiting(self) -> int:
        """Webhooks not yet through: due, later, or on the wire right now."""
        return len(self._due) + self._busy + self.held

    def forget(self) -> None:
        """Drop what waits, what would follow what is on the wire, and the memory of what went."""
        self._forgotten += 1
        self._due.clear()
        self.done.clear()
        self.counts.clear()

    def post(self, hook: Webhook | None) -> None:
        """Have `hook` (and what hangs on it) posted in its turn. One without an address is only counted."""
        while hook and not hook.url:
            self.counts["no address"] += 1
            hook = hook.then
        if hook is None:
            return
        if len(self._due) >= self.limit:
            self.counts["let go"] += 1
            return
        self._put(hook, hook.pause)

    def _put(self, hook: Webhook, wait: float) -> None:
        heapq.heappush(self._due, (asyncio.get_running_loop().time() + wait, next(self._number), hook))
        self._news.set()

    async def _next(self) -> Webhook:
        loop = asyncio.get_running_loop()
        while True:
            wait = self._due[0][0] - loop.time() if self._due else None
            if wait is not None and wait <= 0:
                return heapq.heappop(self._due)[2]
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), wait)
            except TimeoutError:
                continue

    async def _work(self) -> None:
        while True:
            hook = await self._next()
            self._busy += 1
            try:
                await self._try(hook)
            finally:
                self._busy -= 1

    async def _try(self, hook: Webhook) -> None:
        posting, before = hook.build(), self._forgotten
        answer, said = await self._send(hook.url, posting)
        if before != self._forgotten:
            return
        hook.tries += 1
        self.counts["tries"] += 1
        waits = waits_for(hook, answer, self.retry_waits)
        if not 200 <= answer < 300 and hook.tries <= len(waits):
            self._put(hook, waits[hook.tries - 1])
            return
        if hook.answered and 200 <= answer < 300:
            hook.answered(said)
        self._finish(hook, answer, posting)

    def _finish(self, hook: Webhook, answer: int, posting: Posting) -> None:
        self.counts["taken" if 200 <= answer < 300 else "given up"] += 1
        if self.keep_bodies:
            self.done.append(Done(hook.gateway, hook.kind, hook.url, answer, hook.tries, posting.body))
        if hook.copies > 1:
            hook.copies -= 1
            hook.tries = 0
            self._put(hook, 0)
        elif hook.then:
            self.post(hook.then)

    async def _send(self, url: str, posting: Posting) -> tuple[int, bytes]:
        if self._http is None:
            raise RuntimeError("The postman has not started.")
        target = URL(url).with_fragment(None)
        try:
            async with self._http.post(
                target, data=posting.body, headers=posting.headers, allow_redirects=False
            ) as answer:
                said = await answer.content.read(65_536)
                return answer.status, said
        except (aiohttp.ClientError, TimeoutError, OSError):
            return 0, b""


def waits_for(hook: Webhook, answer: int, waits: Sequence[float]) -> Sequence[float]:
    """The pauses before each further try, given how the last one ended."""
    if not hook.gateway.startswith("twilio"):
        return () if hook.gateway == "mail" and answer in {403, 406} else waits
    wishes = parse_qs(URL(hook.url).fragment)
    policy = ",".join(wishes.get("rp", ["ct"])).split(",")
    tries = int(wishes["rc"][0]) if wishes.get("rc", ["x"])[0].isdigit() else 1
    kind = {0: "ct", 4: "4xx", 5: "5xx"}.get(answer // 100, "")
    return waits[: min(tries, 5)] if kind in policy or "all" in policy else ()
