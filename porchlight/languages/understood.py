"""What a family's short reply means, in the languages and scripts people really type.

Only whole messages are understood, never a word inside one: "stop" is a request, "stop bullying him" is a
conversation. Whatever is not understood is None, and a person reads it.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from porchlight.languages.word_lists import Kind, Reading, WordLists, word_lists
from porchlight.toolbox import scripts
from porchlight.toolbox.folding import digits, fold

__all__ = ["Confidence", "Kind", "Understood", "understand"]

LONGEST = 160  # letters; whoever writes more is telling something
MOST_DIGITS = 4
THUMBS = frozenset("👍👌✅✔☑🙏")  # alone: heard and well
THUMB_DOWN = frozenset("👎❌🚫✖❎")  # beside a word: not what the word alone says
SKIN = re.compile("[\U0001f3fb-\U0001f3ff\ufe0e\ufe0f\u200d]")
ASKS = re.compile(r"[?؟⁇⁈⁉‽]")
NOT_A_CHOICE = re.compile(r"[%‰°+=<>*/×÷€£$¥₨₹]|[-−–—]\s?\d|\d[.,:]\d")
STRETCHED = re.compile(r"([^\W\d])\1{2,}")


class Confidence(enum.StrEnum):
    """How sure: the very word, or a sentence or polite form around it."""

    EXACT = "exact"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Understood:
    """The meaning of one message. `language` is a hint, "" where several languages share the word.

    `may_mean_more`: the rules of the trade give the word this meaning ("cancel", "end"), yet people say it of other
    things as well.
    """

    kind: Kind
    number: int | None = None
    language: str = ""
    confidence: Confidence = Confidence.EXACT
    may_mean_more: bool = False


def understand(text: str, reads: str | Sequence[str] = ()) -> Understood | None:
    """What the whole message says, or None when a person must read it. Never raises.

    `reads` are the languages the home reads, best first: they settle words that mean different things.
    HELP is answered automatically, yet must also be shown to people: it may be meant.
    """
    if len(text) > LONGEST:
        return None
    message = fold(text.replace("🔟", "10"))
    if not message:
        return _picture(text)
    wishes = [scripts.normal(tag) for tag in ([reads] if isinstance(reads, str) else reads)]
    for confidence, form in _forms(message, word_lists()):
        found = _number(form, text, confidence) or _look_up(form, confidence, wishes)
        if found:
            return found if _stands(found, text) else None
    return None


def _picture(text: str) -> Understood | None:
    """A message without words: a thumb up is an acknowledgement, any other picture is for people."""
    shown = set(SKIN.sub("", text)) - set(" \n")
    return Understood(Kind.OK) if shown and shown <= THUMBS else None


def _stands(found: Understood, text: str) -> bool:
    """Signs beside the words that turn them around."""
    if ASKS.search(text) and found.kind not in {Kind.CALL, Kind.HELP, Kind.HELLO}:
        return False
    return found.kind not in {Kind.YES, Kind.OK, Kind.NUMBER} or THUMB_DOWN.isdisjoint(text)


def _forms(message: str, lists: WordLists) -> Iterable[tuple[Confidence, str]]:
    """The message as written, then without what people put around and into their answer."""
    yield Confidence.EXACT, message
    plain = [message, STRETCHED.sub(r"\1\1", message), STRETCHED.sub(r"\1", message)]
    for form in dict.fromkeys(plain):
        if form != message:
            yield Confidence.PHRASE, form
        words = form.split()
        for core in _without_polite(words, lists.polite):
            yield Confidence.PHRASE, " ".join(core)
        if len(words) <= 5 and len(set(words)) == 1 and not words[0].isdigit():
            yield Confidence.PHRASE, words[0]


def _without_polite(words: list[str], polite: set[tuple[str, ...]]) -> Iterable[list[str]]:
    """The words with polite ones taken from both ends, longest rest first; something always remains."""
    starts = _peeled(words, polite)
    ends = [len(words) - gone for gone in _peeled(words[::-1], {phrase[::-1] for phrase in polite})]
    cores = {(start, end) for start in starts for end in ends if start < end} - {(0, len(words))}
    for start, end in sorted(cores, key=lambda core: core[0] - core[1]):
        yield words[start:end]


def _peeled(words: list[str], polite: set[tuple[str, ...]]) -> list[int]:
    """How many words can go from the beginning, step by step: 0 and each place reached."""
    reached = [0]
    for start in reached:
        for length in range(1, 5):
            if tuple(words[start : start + length]) in polite and start + length not in reached:
                reached.append(start + length)
    return reached


def _number(form: str, text: str, confidence: Confidence) -> Understood | None:
    """A digit alone, or behind "option" and the like. Percentages, money, dates and times are no choices."""
    words = form.split()
    if not words[-1].isascii() or not words[-1].isdigit() or len(words[-1]) > MOST_DIGITS:
        return None
    before = tuple(words[:-1])
    if before and before not in word_lists().before_number:
        return None
    if NOT_A_CHOICE.search(digits(unicodedata.normalize("NFKC", SKIN.sub("", text)))):
        return None
    return Understood(Kind.NUMBER, int(words[-1]), "", Confidence.PHRASE if before else confidence)


def _look_up(form: str, confidence: Confidence, wishes: list[str]) -> Understood | None:
    lists = word_lists()
    bases = {scripts.base(tag) for tag in wishes}
    if bases & {scripts.base(tag) for tag in lists.unclear.get(form, ())}:
        return None
    readings = [
        meaning
        for meaning in lists.meanings.get(form, ())
        if (not meaning.readers_only or scripts.base(meaning.language) in bases)
        and (not meaning.alone or confidence is Confidence.EXACT)
    ]
    theirs = [meaning for meaning in readings if scripts.base(meaning.language) in bases]
    readings = theirs or readings
    if len({(meaning.kind, meaning.number) for meaning in readings}) != 1:
        return None
    first = readings[0]
    if all(meaning.sentence for meaning in readings):
        confidence = Confidence.PHRASE
    may_mean_more = any(meaning.alone for meaning in readings)
    return Understood(first.kind, first.number, _hint(readings, wishes), confidence, may_mean_more)


def _hint(readings: list[Reading], wishes: list[str]) -> str:
    """The language of the word: the reader's own if it is one of them, else the only one, else not said."""
    tags = list(dict.fromkeys(meaning.language for meaning in readings))
    for wish in wishes:
        for same_script in (True, False):
            for tag in tags:
                if scripts.base(tag) == scripts.base(wish) and (
                    scripts.same_reading(tag, wish) or not same_script
                ):
                    return tag
    return tags[0] if len(tags) == 1 else ""
