"""Who the town's identity providers know, and how each behaves today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from practice.errors import Mistake
from practice.identity_tokens import RudeIdentity

REALMS_KEPT = 20


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account there. `sub` never changes; the rest may."""

    sub: str
    name: str
    email: str = ""


@dataclass(slots=True)
class Code:
    """What a code stands for, until it is taken."""

    person: Person
    callback: str
    nonce: str
    challenge: str
    made_at: float


@dataclass(slots=True)
class Realm:
    """One provider: a program it knows, and the people it can vouch for."""

    name: str
    client_id: str = "porchlight"
    client_secret: str = "practice-secret"
    callbacks: tuple[str, ...] = ()  # empty: any on this machine
    people: tuple[Person, ...] = ()
    rude: RudeIdentity = RudeIdentity.NO
    until: int = 3600
    codes: dict[str, Code] = field(default_factory=dict)
    asked: list[Mapping[str, str]] = field(default_factory=list)  # what came to its page, for tests
    handed_out: int = 0

    def takes(self, callback: str) -> bool:
        """Whether it sends people back there."""
        return callback in self.callbacks if self.callbacks else callback.startswith("http://127.0.0.1:")


class Realms:
    """Every provider of the town, by name."""

    def __init__(self) -> None:
        self._known: dict[str, Realm] = {}

    def known(self, name: str) -> Realm | None:
        """The provider of this name, if somebody set it up."""
        return self._known.get(name)

    def change(self, name: str, values: Mapping[str, Any]) -> Realm:
        """Set up a provider, or change one. Raises Mistake."""
        if name not in self._known and len(self._known) >= REALMS_KEPT:
            raise Mistake(f"The town has room for {REALMS_KEPT} identity providers.")
        if unknown := sorted(set(values) - set(MADE_OF)):
            raise Mistake(f"An identity provider has no {', '.join(unknown)}; it has {', '.join(MADE_OF)}.")
        realm = self._known.get(name) or Realm(name)
        try:
            for key, value in values.items():
                setattr(realm, key, MADE_OF[key](value))
        except (TypeError, ValueError) as problem:
            raise Mistake(f"That provider cannot be made: {problem}.") from None
        self._known[name] = realm
        return realm

    def forget(self, *, everything: bool) -> None:
        """Good manners again and no codes; with `everything`, nobody is known any more."""
        for realm in self._known.values():
            realm.rude = RudeIdentity.NO
            realm.codes.clear()
            realm.asked.clear()
        if everything:
            self._known.clear()


MADE_OF: Mapping[str, Callable[[Any], Any]] = {
    "client_id": str,
    "client_secret": str,
    "callbacks": lambda given: tuple(str(one) for one in given),
    "people": lambda given: tuple(Person(**one) for one in given),
    "rude": RudeIdentity,
    "until": int,
}
