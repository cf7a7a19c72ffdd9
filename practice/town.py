"""The town itself: who has an account, who has a phone, what the weather is, and what was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from practice.accounts import KINDS, Account, account_from
from practice.clock import Clock
from practice.enclosures import Cupboard
from practice.errors import Mistake
from practice.identity_realms import Realms
from practice.phones import Phones
from practice.weather import Weather, weather_from
from practice.webhooks import Postman, Webhook, in_turn

ACCOUNTS_KEPT = 2_000
WITH_WEATHER = (*KINDS, "push")  # the browsers' push service is no school's account
REFERENCES_KEPT = 500_000  # sendings whose reference is remembered, to count what came twice


@dataclass(frozen=True, slots=True)
class Settings:
    """How the town is run. `smtp_port` of None: no mail server. A port of 0: any free one."""

    host: str = "127.0.0.1"
    port: int = 8025
    smtp_port: int | None = 8026
    clock_file: Path | None = None
    zone: str = "Europe/London"
    bench: bool = False  # nothing kept but counts; every number is somebody's
    bench_statuses: tuple[str, ...] = ("delivered",)  # in bench mode: what is reported back; () for nothing
    status_pause: float = 0.05  # seconds between taken, sent and delivered
    retry_waits: Sequence[float] = (0.2, 0.5, 1.0, 2.0, 4.0)
    webhook_timeout: float = 10.0
    webhook_workers: int = 8


class Town:
    """State and rules shared by the gateways, the page and the control API. One event loop owns it."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.clock = Clock(self.settings.clock_file, self.settings.zone)
        self.accounts: dict[str, Account] = {}
        self._by_key: dict[tuple[str, str], Account] = {}
        self.phones = Phones()
        self.enclosures = Cupboard()
        self.identity = Realms()
        self.url = f"http://{self.settings.host}:{self.settings.port}"  # its own, once it is up
        self.weather: dict[str, Weather] = {kind: Weather() for kind in WITH_WEATHER}
        self.counts: Counter[str] = Counter()
        self.forgetting: list[Callable[[], None]] = []  # what gateways do when the town is reset
        self.references: Counter[tuple[str, str]] = Counter()  # by whose account, and ours
        self.postman = Postman(
            retry_waits=self.settings.retry_waits,
            timeout=self.settings.webhook_timeout,
            workers=self.settings.webhook_workers,
            keep_bodies=not self.settings.bench,
        )

    def register_account(self, values: Mapping[str, Any]) -> Account:
        """Add an account, or replace the one with the same name."""
        account = account_from(values)
        if account.name not in self.accounts and len(self.accounts) >= ACCOUNTS_KEPT:
            raise Mistake(f"The town has room for {ACCOUNTS_KEPT} accounts.")
        self.accounts[account.name] = account
        self._by_key = {(a.gateway, key): a for a in self.accounts.values() for key in a.keys}
        return account

    def account[T: Account](self, kind: type[T], key: str) -> T | None:
        """The account of this kind that a request names by `key`."""
        found = self._by_key.get((kind.gateway, key))
        return found if isinstance(found, kind) else None

    def named[T: Account](self, name: str, kind: type[T]) -> T:
        account = self.accounts.get(name)
        if not isinstance(account, kind):
            raise Mistake(f"No {kind.gateway} account is called {name!r}.")
        return account

    def accounts_for(self, channel: str) -> list[Account]:
        return [a for a in self.accounts.values() if a.channel == channel]

    def set_weather(self, gateway: str, values: Mapping[str, Any]) -> Weather:
        if gateway not in self.weather:
            raise Mistake(f"Weather is had by {', '.join(sorted(self.weather))}, not by {gateway!r}.")
        self.weather[gateway] = weather_from(values)
        return self.weather[gateway]

    def took(self, account: Account, reference: str) -> None:
        """Count a sending that was taken, and remember its reference so that a second one shows."""
        self.counts[f"{account.gateway} taken"] += 1
        self.counts[f"account {account.name} taken"] += 1
        self.remember(account.name, reference)

    def remember(self, name: str, reference: str) -> None:
        seen = name, reference
        if reference and (seen in self.references or len(self.references) < REFERENCES_KEPT):
            self.references[seen] += 1

    def report(self, gateway: str, hooks: list[Webhook]) -> None:
        """Post statuses in their order, or as the weather has it."""
        weather = self.weather[gateway]
        if weather.forgetful:
            self.counts[f"{gateway} forgotten"] += len(hooks)
            return
        if weather.shuffled:
            hooks.reverse()
        for hook in hooks:
            hook.pause = self.settings.status_pause
            hook.copies = weather.repeat
        self.postman.post(in_turn(hooks))

    def announce(self, *hooks: Webhook) -> None:
        """Post something a family did, first things first."""
        for hook in hooks:
            hook.copies = self.weather[hook.gateway].repeat
        self.postman.post(in_turn(hooks))

    def now(self) -> datetime:
        return self.clock.now()

    def reset(self, *, everything: bool = False) -> None:
        """Forget what was said, counts and weather; with `everything`, the phones and accounts too."""
        self.counts.clear()
        self.references.clear()
        self.postman.forget()
        for forget in self.forgetting:
            forget()
        self.weather.update({kind: Weather() for kind in WITH_WEATHER})
        self.phones.quieten()
        self.enclosures.forget()
        self.identity.forget(everything=everything)
        if everything:
            self.phones = Phones()
            self.accounts.clear()
            self._by_key.clear()

    def tally(self) -> dict[str, Any]:
        """Counts for tests and benches."""
        return {
            "taken": {k.removesuffix(" taken"): v for k, v in self.counts.items() if k.endswith(" taken")},
            "refused": {
                k.removesuffix(" refused"): v for k, v in self.counts.items() if k.endswith(" refused")
            },
            "references": len(self.references),
            "repeated_references": sum(1 for n in self.references.values() if n > 1),
            "copies": self._copies(),
            "webhooks": dict(self.postman.counts),
            "webhooks_waiting": self.postman.waiting,
            "phones": len(self.phones),
            "accounts": len(self.accounts),
        }

    def _copies(self) -> dict[str, dict[str, int]]:
        """By account: how many different references came, how many of them more than once, more than twice."""
        found: dict[str, dict[str, int]] = {}
        for (name, _), times in self.references.items():
            one = found.setdefault(name, {"different": 0, "twice": 0, "thrice": 0})
            one["different"] += 1
            one["twice"] += times > 1
            one["thrice"] += times > 2
        return found
