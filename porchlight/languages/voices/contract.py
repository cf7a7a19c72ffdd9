"""What the house asks of a company's voice: words in, sound out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol

from porchlight.languages.engines.contract import Access, Meaning, SettingField

A_VOICE = re.compile(r"[A-Za-z]{2,3}-[A-Za-z0-9]{2,4}(-[A-Za-z0-9_]+)+")  # ur-PK-UzmaNeural
RATE = 16_000  # samples a second that we ask for


class CannotSpeak(Exception):
    """No sound came. `code` is the company's own word for it, as far as it has one; never any of our text."""

    def __init__(self, meaning: Meaning, code: str) -> None:
        super().__init__(f"{meaning.advice}: {code}")
        self.meaning, self.code = meaning, code


@dataclass(frozen=True, slots=True)
class Request:
    """One POST."""

    url: str
    headers: Mapping[str, str]
    body: bytes


class CloudVoice(Protocol):
    """One company. It only writes requests and reads answers; `wire.py` carries them."""

    name: ClassVar[str]
    label: ClassVar[str]
    fields: ClassVar[tuple[SettingField, ...]]
    most: ClassVar[int]  # bytes of words in one request

    def request(self, text: str, voice: str, access: Access) -> Request:
        """The request that has these words read out by this voice, as WAV. Raises KeyError: the secret is not there."""
        ...

    def read(self, body: bytes) -> bytes:
        """The sound of a good answer, as WAV. Raises ValueError for anything that does not look like one."""
        ...

    def refusal(self, status: int, body: bytes) -> tuple[str, Meaning]:
        """Its own code of a refusal, and what that means."""
        ...


def locale_of(voice: str) -> str:
    """`ur-PK` of `ur-PK-UzmaNeural`."""
    return "-".join(voice.split("-")[:2])


def is_wav(sound: bytes) -> bool:
    """By its first bytes."""
    return sound[:4] == b"RIFF" and sound[8:12] == b"WAVE"
