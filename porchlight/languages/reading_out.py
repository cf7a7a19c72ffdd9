"""Who reads words out: the voice that the school chose for a language, else the one of this machine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from porchlight.languages import speech
from porchlight.languages.engines.contract import Advice
from porchlight.languages.models import VoiceAccount
from porchlight.languages.pairs import plain
from porchlight.languages.voices.contract import CannotSpeak
from porchlight.languages.voices.wire import read_out
from porchlight.toolbox import school_time, scripts
from porchlight.toolbox.sealed import WrongSeal

SOURCE = "aloud:"  # of a file that a machine read out


@dataclass(frozen=True, slots=True)
class Voice:
    """One that knows the language. Without an account it is this machine's."""

    name: str
    language: str  # of the words, BCP-47
    account: VoiceAccount | None = None

    def source(self, text: str) -> str:
        """Names the sound of these words in this voice: read on a page or in a call, it is one file."""
        return SOURCE + hashlib.sha256(f"{self.name}\0{text}".encode()).hexdigest()[:50]

    def sound(self, text: str) -> bytes:
        """The words as WAV. Raises speech.NoVoice, also where a company's voice does not answer."""
        if self.account is None:
            return speech.spoken(text, self.language)
        try:
            return read_out(self.account.adapter, text, self.name, self.account.access)
        except WrongSeal:
            raise speech.NoVoice(self.language) from None
        except CannotSpeak as problem:
            if problem.meaning.advice is Advice.STAFF_MUST_ACT:
                self.account.hold(problem.code, problem.meaning.words, now=school_time.now())
            raise speech.NoVoice(self.language) from None


@dataclass(frozen=True, slots=True)
class Voices:
    """All of one school's."""

    accounts: Sequence[VoiceAccount]

    @classmethod
    def of(cls, school_id: int) -> Voices:
        """In one query."""
        return cls(list(VoiceAccount.objects.in_school(school_id).open().filter(held_at=None)))

    def for_words(self, language: str, tier: int) -> Iterator[Voice]:
        """Those that may read words of this tier, the one that the school chose first."""
        tags = dict.fromkeys((plain(language), scripts.normal(language)))
        for account in self.accounts:
            name = next((account.voices[tag] for tag in tags if tag in account.voices), "")
            if name and account.takes(tier):
                yield Voice(name, language, account)
        if own := speech.voice_for(language):
            yield Voice(own, language)

    def of_companies(self, language: str, tier: int) -> Iterator[Voice]:
        """The same without this machine's own."""
        return (voice for voice in self.for_words(language, tier) if voice.account is not None)

    def read(self, language: str, tier: int) -> bool:
        """Whether anything but a person reads it."""
        return next(self.for_words(language, tier), None) is not None
