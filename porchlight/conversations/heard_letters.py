"""A home's words in the school's language. Roman Urdu is read back into Urdu first: that is what engines know.

It only puts a translation under what the home wrote; nothing is decided by it, and the home's language stays theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from porchlight.conversations.models import Message
from porchlight.conversations.translations import pair_heard
from porchlight.languages.letters.from_latin import read_back
from porchlight.languages.letters.romanising import speaks
from porchlight.languages.memory import Pair, Recalled, recall
from porchlight.languages.provenance import Provenance, Version
from porchlight.toolbox import scripts


@dataclass(frozen=True, slots=True)
class Heard:
    """What is translated of a home's message. `by_letters`: our reading of its Latin letters."""

    pair: Pair
    text: str
    by_letters: bool = False


def heard_of(message: Message) -> Heard:
    """The words as an engine is given them: as they were written, where it reads those letters or we cannot."""
    own = Heard(pair_heard(message.thread, message.language), message.text)
    base = speaks(message.language)
    if not base or own.pair.account is not None:
        return own
    back = read_back(message.text, base)
    return Heard(pair_heard(message.thread, base), back.text, True) if back.is_enough else own


def recall_heard(message: Message, now: datetime) -> Recalled:
    """What there is of it in the school's language: first what people made of the words as they were written."""
    found = recall(pair_heard(message.thread, message.language), message.text, now=now)
    heard = heard_of(message)
    if found.version is not None or not heard.by_letters:
        return found
    if scripts.same_reading(heard.pair.source, message.school.language):
        return Recalled(Version(heard.text, heard.pair.source, Provenance.LETTERS))
    found = recall(heard.pair, heard.text, now=now)
    if found.version is None or not found.version.is_unchecked_machine:
        return found
    return replace(found, version=replace(found.version, provenance=Provenance.ENGINE_LETTERS))
