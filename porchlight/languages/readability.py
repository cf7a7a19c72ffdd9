"""Plain words, measured simply and honestly: long sentences anywhere, long words in English.

A measure, not a judgement: it cannot see whether a text is kind or true. Limits are named so that a page can say
them. Sentences are counted in words; in scripts written without spaces, in letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from porchlight.toolbox import scripts
from porchlight.toolbox.graphemes import graphemes

LONG_SENTENCE = 20  # words: the limit plain-English guides for public services give
LONG_SENTENCE_UNSPACED = 45  # letters, about as much to read
LONG_WORD = 11  # letters, English alone
MANY_LONG_WORDS = 10  # per cent of the words
UNSPACED = frozenset({"Hans", "Hant", "Hani", "Jpan", "Thai", "Khmr", "Laoo", "Mymr"})

SENTENCE_END = re.compile(r"(?<=[.!?…؟۔।。！？።])[\s\"'”’)\]]+|(?<=[。！？।۔])|\n+")
# A full stop that ends no sentence. Each becomes one sign that is neither letter nor stop.
SHORT_FORMS = re.compile(
    r"\b(Mr|Mrs|Ms|Dr|St|Prof|No|approx|e\.g|i\.e|a\.m|p\.m|vs)\.(?=\s+\S)", re.IGNORECASE
)
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Readability:
    """What was found. `long_sentences` and `long_words` are the ones to look at, in order."""

    sentences: int
    words: int
    longest: int  # words, or letters where `in_letters`
    in_letters: bool
    long_sentences: tuple[str, ...]
    long_words: tuple[str, ...]

    @property
    def is_plain(self) -> bool:
        """No long sentence, and few long words."""
        return not self.long_sentences and len(self.long_words) * 100 <= MANY_LONG_WORDS * max(self.words, 10)


def measure(text: str, language: str) -> Readability:
    """Measure a text in this language (BCP-47)."""
    in_letters = scripts.script(language) in UNSPACED
    sentences = _sentences(text)
    sizes = [_letters(sentence) if in_letters else len(_words(sentence)) for sentence in sentences]
    limit = LONG_SENTENCE_UNSPACED if in_letters else LONG_SENTENCE
    return Readability(
        sentences=len(sentences),
        words=sum(len(_words(sentence)) for sentence in sentences),
        longest=max(sizes, default=0),
        in_letters=in_letters,
        long_sentences=tuple(one for one, size in zip(sentences, sizes, strict=True) if size > limit),
        long_words=tuple(_long_words(sentences)) if scripts.base(language) == "en" else (),
    )


def _sentences(text: str) -> list[str]:
    """Parts between sentence ends; lines of a list count as sentences."""
    guarded = SHORT_FORMS.sub(lambda short: short[1].replace(".", "\u2024") + "\u2024", text)
    parts = (part.replace("\u2024", ".").strip() for part in SENTENCE_END.split(guarded))
    return [part for part in parts if WORD.search(part)]


def _words(sentence: str) -> list[str]:
    return WORD.findall(sentence)


def _letters(sentence: str) -> int:
    return sum(1 for letter in graphemes(sentence) if letter[0].isalnum())


def _long_words(sentences: list[str]) -> list[str]:
    """Each once. A capital inside a sentence is a name, and names are not ours to shorten."""
    found: dict[str, None] = {}
    for sentence in sentences:
        for place, word in enumerate(_words(sentence)):
            is_name = place > 0 and word[0].isupper()
            if not is_name and max(len(part) for part in re.split("['’-]", word)) >= LONG_WORD:
                found.setdefault(word.lower())
    return list(found)
