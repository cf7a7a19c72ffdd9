"""What the house asks of every translation engine, in our own few words.

An engine is given sentences in which every name, number of a telephone and web address is one sign of MASKS, and must
give each of these signs back. How it is kept from touching them on the wire is the adapter's business.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol, runtime_checkable

FIRST_MASK, MOST_MASKS = 0xE000, 1000  # of Unicode's private use: no keyboard writes them
MASKS = f"[{chr(FIRST_MASK)}-{chr(FIRST_MASK + MOST_MASKS - 1)}]"


def mask(number: int) -> str:
    """The sign that stands for the so-manieth thing that must not be translated, counted from 0."""
    return chr(FIRST_MASK + number)


class Advice(enum.StrEnum):
    """What to do when an engine did not translate."""

    AGAIN = "again"  # it is busy or away: in a moment
    LATER = "later"  # what was bought for today or this month is used up
    STAFF_MUST_ACT = "staff_must_act"  # key, address or contract: nothing goes there until somebody mends it
    NOT_THIS = "not_this"  # it does not do these languages, or these words: a person does
    OUR_FAULT = "our_fault"  # we asked wrongly


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one of an engine's refusals means: what to do, and the sentence staff read. English, for translators."""

    advice: Advice
    words: str


class SaidNo(Exception):
    """A company did not do it. `code` is its own word for why, as far as it has one; never any of our words."""

    def __init__(self, meaning: Meaning, code: str, *, retry_after: float | None = None) -> None:
        super().__init__(f"{meaning.advice}: {code}")
        self.meaning, self.code, self.retry_after = meaning, code, retry_after


class CannotTranslate(SaidNo):
    """No translation came."""


@dataclass(frozen=True, slots=True)
class SettingField:
    """One line of an engine's settings form. `leads`: says where the secrets go. `longest`: in letters."""

    name: str
    label: str
    help: str
    secret: bool = False
    required: bool = True
    default: str = ""
    leads: bool = False
    longest: int = 400


@dataclass(frozen=True, slots=True)
class Access:
    """A school's account with an engine, as an adapter needs it."""

    settings: Mapping[str, str]
    secrets: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """One POST of JSON, or of a form's fields."""

    url: str
    headers: Mapping[str, str]
    body: object
    is_form: bool = False


class Engine(Protocol):
    """One engine. It only writes requests and reads answers; `wire.py` carries them."""

    name: ClassVar[str]
    label: ClassVar[str]
    fields: ClassVar[tuple[SettingField, ...]]
    most: ClassVar[int]  # sentences in one request

    def code(self, tag: str, *, is_target: bool) -> str:
        """What it calls a language of ours (BCP-47); empty where it has no word for it, as for Roman Urdu."""
        ...

    def request(self, sentences: Sequence[str], source: str, target: str, access: Access) -> Request:
        """The request for these sentences. `source` and `target` are the engine's own codes."""
        ...

    def read(self, answer: object) -> list[str]:
        """The sentences of a good answer, in order. Raises ValueError for anything that does not look like one."""
        ...

    def refusal(self, status: int, answer: object) -> tuple[str, Meaning]:
        """Its own code of a refusal, and what that means. `answer` is None where no JSON came."""
        ...


BEARER = "access_token"  # under which a token stands among the secrets of an access


@runtime_checkable
class SignsIn(Protocol):
    """An engine that first wants a token, good for a while, for what the school's account proves."""

    def sign_in(self, access: Access) -> Request:
        """The request for a token. Raises KeyError where the account lacks something, ValueError where it is none."""
        ...

    def token(self, answer: object) -> tuple[str, int]:
        """The token and for how many seconds. Raises ValueError."""
        ...
