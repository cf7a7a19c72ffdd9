"""The words the rules of the ladder speak in: causes, rungs, tries, ways, steps. No rows.

Rungs stand over channels by data: a call is whatever rings a telephone, a letter whatever goes out as `paper`, whether
a person carries it or a gateway does.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from porchlight.delivery.quiet import next_awake

# A telephone rings there, by a person or by a machine: rung, hours, and what silence never does.
CALLS, LETTERS = frozenset({"voice", "call"}), frozenset({"paper"})
BY_PEOPLE = frozenset({"voice"})  # the calls that somebody at school makes: a day has only so many
NUDGES = frozenset({"push"})  # say that words wait, and carry none
UNOPENED = timedelta(hours=3)  # so long they wait to be opened; then the words go another way


class Cause(enum.StrEnum):
    """Why it climbs. Ordinary words climb only over what failed, and stop when they arrived."""

    ORDINARY = "ordinary"
    DATED = "dated"  # an answer is wanted by a date
    URGENT = "urgent"


class RungKind(enum.StrEnum):
    """What a school puts in its own order."""

    NUMBER = "number"  # another number or mailbox of theirs, on a channel that was tried
    ADULT = "adult"  # another adult with the right, in words of their own
    CHANNEL = "channel"
    CALL = "call"
    PAPER = "paper"
    ERRAND = "errand"  # of a named person at school


class Fate(enum.StrEnum):
    """How far one try came."""

    WAITING = "waiting"
    SENT = "sent"
    ARRIVED = "arrived"
    FAILED = "failed"
    STOP = "stop"  # they asked for no more messages


class Does(enum.StrEnum):
    """What is to be done."""

    REST = "rest"
    WAIT = "wait"
    TRY = "try"
    TELL = "tell"  # another adult
    ERRAND = "errand"


class Why(enum.StrEnum):
    """For what reason; each has its sentence in `explaining.py`."""

    OVER = "over"
    ANSWERED = "answered"
    ARRIVED = "arrived"
    HOME_HAS_IT = "home_has_it"
    SAID_STOP = "said_stop"
    ON_A_LIST = "on_a_list"
    ON_ITS_WAY = "on_its_way"
    FAILED = "failed"
    NO_SIGN = "no_sign"
    NO_WAY_LEFT = "no_way_left"


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung, and how long the one before it has to bring a sign first. What failed is not waited for."""

    kind: RungKind
    wait: timedelta


@dataclass(frozen=True, slots=True)
class Rungs:
    """A school's ladder."""

    urgent: tuple[Rung, ...]
    dated: tuple[Rung, ...]
    person_within: (
        timedelta  # urgent words without a sign are on somebody's list after so long, whatever else
    )
    most_messages: int  # to one adult in a day, climbing; a call by a machine is one
    most_calls: int  # that the ladder asks of the school's people in a day

    def of(self, cause: Cause) -> tuple[Rung, ...]:
        """Those for this cause, in the school's order."""
        return self.urgent if cause is Cause.URGENT else self.dated


@dataclass(frozen=True, slots=True)
class Hours:
    """When a home may be written to and rung: its own clock, quiet from the first to the second time."""

    zone: ZoneInfo
    quiet_from: time
    quiet_until: time
    ring_from: time | None = None
    ring_until: time | None = None

    def to_write(self, moment: datetime) -> datetime:
        """From this moment on, the first that is outside quiet hours."""
        return next_awake(moment, self.zone, self.quiet_from, self.quiet_until)

    def to_ring(self, moment: datetime) -> datetime:
        """The first in the hours they gave, else outside quiet hours."""
        if self.ring_from is None or self.ring_until is None:
            return self.to_write(moment)
        return next_awake(moment, self.zone, self.ring_until, self.ring_from)

    def tomorrow(self, moment: datetime) -> datetime:
        """The next midnight on their clock."""
        day = moment.astimezone(self.zone).date() + timedelta(days=1)
        return datetime.combine(day, time(), self.zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Tried:
    """One way that was gone. `sure`: the family itself used that address not long ago."""

    channel: str
    address: int | None
    at: datetime
    fate: Fate
    sure: bool = False
    by_person: bool = False

    @property
    def stands(self) -> bool:
        """It may still bring a sign."""
        return self.fate in (Fate.WAITING, Fate.SENT, Fate.ARRIVED)


@dataclass(frozen=True, slots=True)
class Way:
    """A way that planning found open, not gone yet. `barred`: STOP was said there."""

    channel: str
    address: int | None
    barred: bool = False
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class Other:
    """Another adult of the same children. `may`: has the right to all of them today."""

    guardian: int
    same_home: bool = False
    told: bool = False
    reached: bool = False
    may: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """All there is to know of one adult's parcel."""

    cause: Cause
    began: datetime
    hours: Hours
    tried: Sequence[Tried] = ()  # oldest first
    ways: Sequence[Way] = ()  # in the family's order
    others: Sequence[Other] = ()
    letter: bool = False  # words to this adult alone: nobody else is ever given them
    over: bool = False  # taken back, past its time, or the adult may not hear of the child any more
    heard: bool = False  # the home said or did something since
    asks: bool = False
    on_a_list: bool = False  # an errand of a named person stands
    answer_by: datetime | None = None
    messages_today: int = 0
    calls_today: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next. `way` is a place in the case's ways, `other` a guardian's id, `at` when to look again."""

    does: Does
    why: Why
    at: datetime | None = None
    way: int | None = None
    other: int | None = None
    rung: RungKind | None = None


def rungs_after(*waits: tuple[RungKind, timedelta]) -> tuple[Rung, ...]:
    """Rungs in this order, each with its wait."""
    return tuple(Rung(kind, wait) for kind, wait in waits)


_HOUR = timedelta(hours=1)
# A ladder that works before anybody has looked at it.
DEFAULT = Rungs(
    urgent=rungs_after(
        (RungKind.NUMBER, _HOUR),
        (RungKind.ADULT, _HOUR),
        (RungKind.CHANNEL, _HOUR),
        (RungKind.CALL, 2 * _HOUR),
        (RungKind.PAPER, 4 * _HOUR),
        (RungKind.ERRAND, 4 * _HOUR),
    ),
    dated=rungs_after(
        (RungKind.NUMBER, 24 * _HOUR),
        (RungKind.ADULT, 24 * _HOUR),
        (RungKind.CHANNEL, 24 * _HOUR),
        (RungKind.CALL, 48 * _HOUR),
        (RungKind.PAPER, 24 * _HOUR),
    ),
    person_within=timedelta(hours=48),
    most_messages=3,
    most_calls=60,
)
