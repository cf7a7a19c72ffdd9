"""What the house asks of every company that holds video meetings, in our own few words.

A company learns when a meeting is and what it is called, which is the school's name: never whose child it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Protocol

from porchlight.languages.engines.contract import Access, Advice, Meaning, SaidNo, SettingField

ROOMS = "rooms"  # among every account's secrets: a word of our own, from which names nobody guesses are made
STAYS_OPEN = timedelta(minutes=60)  # after its end

__all__ = ["ROOMS", "STAYS_OPEN", "Access", "Advice", "Meaning", "SettingField"]


class NoRoom(SaidNo):
    """It made no room, or did not do what was asked of one."""


class RoomGone(NoRoom):
    """It no longer knows the room: another is made."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A meeting, as a company may know it."""

    key: str
    name: str  # the school's
    starts_at: datetime
    ends_at: datetime
    host_mail: str = ""  # where the first host signs in here; empty: none

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return max(1, int((self.ends_at - self.starts_at).total_seconds()) // 60)


@dataclass(frozen=True, slots=True)
class Comer:
    """Who goes in now: as they wish to be called there. A host lets the others in."""

    name: str
    key: str
    is_host: bool


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `json` or `form` or neither."""

    method: str
    url: str
    headers: Mapping[str, str]
    json: Any = None
    form: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `said` is the JSON of it, None where it is none."""

    status: int
    content: bytes
    said: object
    retry_after: float | None = None


type Carry = Callable[[Call], Answer]
type Place = Mapping[str, str]  # what is kept of a room, sealed


class Company(Protocol):
    """One company, or a server of the school's own. It writes calls and reads answers; `wire.py` carries them.

    Every method that is given `carry` raises NoRoom. `address` calls nobody: a page may wait for it.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    fields: ClassVar[tuple[SettingField, ...]]
    privacy: ClassVar[str]  # English, for translators: with whom a family's browser then talks
    cost: ClassVar[str]
    ahead: ClassVar[timedelta]  # how long before its start a room is made
    looks_again: ClassVar[bool]  # shortly before the start, by `renew`

    def check(self, access: Access, carry: Carry) -> None:
        """Whether it takes our key; nothing is made. May be wrong only about what costs something to find out."""
        ...

    def make(self, plan: Plan, access: Access, carry: Carry) -> Place:
        """A room for this meeting. Asked twice for the same one, the second counts."""
        ...

    def change(self, plan: Plan, place: Place, access: Access, carry: Carry) -> Place:
        """The meeting has moved. Raises RoomGone where it is not known any more."""
        ...

    def renew(self, plan: Plan, place: Place, access: Access, carry: Carry) -> Place:
        """What has to be fresh when people come. Raises RoomGone."""
        ...

    def end(self, plan: Plan, place: Place, access: Access, carry: Carry) -> None:
        """Nobody meets there any more; what is gone already is well."""
        ...

    def address(self, plan: Plan, place: Place, access: Access, comer: Comer) -> str:
        """Where this person's browser goes, at this moment and for them alone. Raises KeyError."""
        ...
