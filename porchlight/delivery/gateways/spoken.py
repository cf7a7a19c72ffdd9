"""A call while somebody is on the line: what they just did, and what they hear next. Gateways translate both."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Step(enum.StrEnum):
    """Where in a call we are: each is asked of us once the one before is over."""

    BEGIN = "begin"  # somebody, or something, took the call
    HEAR = "hear"  # they pressed 1: the message itself
    SAID = "said"  # a key was pressed after the message
    CALLS = "calls"  # a key was pressed in the menu about the calls themselves
    RECORDED = "recorded"  # they spoke


class Way(enum.StrEnum):
    """How keys make an answer."""

    NONE = ""  # nothing is asked
    ONE = "one"  # one key is one answer
    MANY = "many"  # each key is one of several answers; # ends
    NUMBER = "number"  # all keys together are a number; # ends
    ALOUD = "aloud"  # one key, and then they say it


# Keys that are never an answer; behind a star where an answer may hold any key.
AGAIN, CALLS, SPEAK = "9", "8", "0"
END, STAR = "#", "*"


@dataclass(frozen=True, slots=True)
class Turn:
    """What the home just did. `count` grows with each turn of a call, `round` with each time it is said anew."""

    call: str  # the gateway's id of the call
    step: Step
    reference: str = ""
    keys: str = ""
    count: int = 0
    round: int = 0
    way: Way = Way.NONE
    answers: str = ""  # the keys that were answers
    by_machine: bool = False
    rang_us: bool = False  # they ring the school's number

    @property
    def begins_aloud(self) -> bool:
        """Whether they pressed the key behind which they say their answer."""
        return self.step is Step.SAID and self.way is Way.ALOUD and self.keys == self.answers

    @property
    def is_answer(self) -> bool:
        """Whether the keys answer what was asked."""
        if self.step is not Step.SAID or not self.keys:
            return False
        if self.way is Way.ONE:
            return len(self.keys) == 1 and self.keys in self.answers
        if self.way is Way.MANY:
            return set(self.keys) <= set(self.answers)
        return self.way is Way.NUMBER and self.keys.isdigit() and len(self.keys) <= 9


@dataclass(frozen=True, slots=True)
class Piece:
    """A few words. `sound` is the address of a recording or of a voice of ours; else the gateway's own voice reads."""

    text: str
    language: str  # BCP-47
    sound: str = ""
    voice: str = ""  # the gateway's name of one of its voices


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys are waited for. What is pressed is `step`; who presses none is asked once more, or the call ends."""

    step: Step
    way: Way = Way.NONE
    answers: str = ""
    round: int = 0

    @property
    def one_key(self) -> bool:
        """Whether one key is all that is waited for, and none of ours among the answers."""
        return self.way in (Way.NONE, Way.ONE, Way.ALOUD) and not set(self.answers) & {AGAIN, CALLS, SPEAK}


@dataclass(frozen=True, slots=True)
class Script:
    """What the home hears now, and what is waited for then."""

    pieces: tuple[Piece, ...] = ()
    keys: Keys | None = None
    records: bool = False
    aloud: bool = False  # what is recorded goes with the key that was pressed: the answer to what was asked
    otherwise: Step | None = None  # where the call goes on when no key was pressed; None: it ends
    round: int = 0  # of that step
    after: tuple[Piece, ...] = ()  # said before the call ends without a key
    refuses: bool = False  # a call to us is not taken: it costs them nothing
