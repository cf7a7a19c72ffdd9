"""Words for homes that read Urdu or Pashto in Latin letters: what people or an engine made of them, else spelled by us.

First come words that people wrote in Latin letters; then what stands in the language's own letters, spelled anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from porchlight.conversations.wording import Words
from porchlight.languages.lettering import lettered
from porchlight.languages.letters.romanising import speaks
from porchlight.languages.masking import Names
from porchlight.languages.memory import Recalled, ask, pair_of, recall
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.models import School
from porchlight.schools.tiers import Tier
from porchlight.toolbox import scripts

LETTERS = "letters"  # a doubt: much of it is guessed


@dataclass(frozen=True, slots=True)
class Seeking:
    """What is looked for versions of. `asks`: what is missing is asked for of an engine, up to `tier`."""

    school: School
    words: Words
    names: Names
    now: datetime
    tier: Tier = Tier.L1
    asks: bool = False

    def found(self, text: str, tag: str) -> Recalled:
        """What there is of a text of these words in this language."""
        got = self._translated(text, tag)
        base = speaks(tag)
        if got.version is not None or not base:
            return got
        own = self.in_script(text, base)
        if own.version is None:
            return own if own.waiting or own.doubts else got
        made, is_shaky = lettered(self.school, own.version, names=self.names)
        return replace(own, version=made, doubts=(*own.doubts, LETTERS) if is_shaky else own.doubts)

    def in_script(self, text: str, base: str) -> Recalled:
        """The text in the language's own letters: as it was written, as somebody put it, or from the memory."""
        if scripts.same_reading(self.words.language, base):
            return Recalled(Version(text, base, Provenance.ORIGINAL))
        if text == self.words.text:
            made = self.words.for_reader(base)
            if not made.is_original:
                return Recalled(Version(made.text, made.language, made.provenance, made.by, made.checked_by))
        return self._translated(text, base)

    def _translated(self, text: str, tag: str) -> Recalled:
        pair = pair_of(self.school, self.words.language, tag, names=self.names)
        if self.asks:
            ask(pair, text, tier=self.tier, now=self.now)
        return recall(pair, text, now=self.now)
