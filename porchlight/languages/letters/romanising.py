"""A text in Urdu or Pashto letters, in Latin ones as people text them: what an old keypad phone shows, GSM-7 alone.

Words in other letters stay as they are; what no text message can show (emoji, signs of direction) is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from porchlight.languages.letters.lexicon import FILES, Lexicon, lexicon, plain
from porchlight.languages.letters.spelling import spelled
from porchlight.languages.names import is_name
from porchlight.toolbox import scripts
from porchlight.toolbox.folding import digits, fold
from porchlight.toolbox.sms_segments import BASIC, EXTENDED, LOOKALIKES

WORD = re.compile("[\u0620-\u065f\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u200c\u0750-\u077f]+")
LINK = re.compile(r"https?://\S+|\{\w+\}")
SIGNS = str.maketrans({**LOOKALIKES, "۔": ".", "،": ",", "؟": "?", "؛": ";", "٪": "%", "٫": ".", "٬": ","})
SHOWN = BASIC | EXTENDED
SENTENCE = re.compile(r"(^|[.?!]\s+|\n\s*)(\"?)([a-z])")


@dataclass(frozen=True, slots=True)
class Romanised:
    """The text in Latin letters, and which of its words only their letters could spell."""

    text: str
    guessed: tuple[str, ...] = ()
    words: int = 0

    @property
    def is_shaky(self) -> bool:
        """So many guesses that somebody should look: one word in five, and more than two."""
        return len(self.guessed) > 2 and len(self.guessed) * 5 > self.words


def speaks(tag: str) -> str:
    """The language whose letters we know how to turn (`ur`, `ps`), of a tag in Latin letters; else empty."""
    base = scripts.base(tag)
    return base if base in FILES and scripts.script(tag) == "Latn" else ""


def romanised(
    text: str, language: str, *, own: Mapping[str, str] | None = None, names: Sequence[str] = ()
) -> Romanised:
    """`own`: the school's spellings by plain word; `names`: of those the words are about, in Latin letters.

    `language` is `ur` or `ps`.
    """
    made = _Making(lexicon(language), language, own or {}, names)
    parts, last = list[str](), 0
    for link in LINK.finditer(text):
        parts += [made.stretch(text[last : link.start()]), link[0]]
        last = link.end()
    parts.append(made.stretch(text[last:]))
    written = SENTENCE.sub(lambda found: f"{found[1]}{found[2]}{found[3].upper()}", "".join(parts))
    return Romanised(written, tuple(dict.fromkeys(made.guessed)), made.words)


@dataclass(slots=True)
class _Making:
    known: Lexicon
    language: str
    own: Mapping[str, str]
    names: Sequence[str]
    words: int = 0
    guessed: list[str] = field(default_factory=list)

    def stretch(self, text: str) -> str:
        """Words and what stands between them, without links and places to fill in."""
        found = list(WORD.finditer(unicodedata.normalize("NFC", text)))
        text = unicodedata.normalize("NFC", text)
        written, last, place = "", 0, 0
        while place < len(found):
            many, latin = self._at(text, found, place)
            written += _signs(text[last : found[place].start()]) + latin
            last = found[place + many - 1].end()
            place += many
        return written + _signs(text[last:])

    def _ends(self, text: str, found: re.Match[str]) -> str:
        """`کیا` at the end of what is said is a deed, `kiya`; elsewhere it asks, `kya`."""
        behind = text[found.end() : found.end() + 2].strip()[:1]
        done = plain(found[0], self.language) == "کیا" and (not behind or behind in "۔.،,!")
        return "kiya" if done and text[: found.start()].strip() else ""

    def _at(self, text: str, found: list[re.Match[str]], place: int) -> tuple[int, str]:
        """How many words are taken together here, and their spelling."""
        for many in range(self.known.longest, 1, -1):
            group = found[place : place + many]
            gaps = pairwise(group)
            if len(group) == many and all(text[a.end() : b.start()] == " " for a, b in gaps):
                words = tuple(self._unmarked(one[0]) for one in group)
                if words in self.known.phrases:
                    self.words += many
                    return many, self.known.phrases[words]
        self.words += 1
        return 1, self._ends(text, found[place]) or self.word(found[place][0])

    def word(self, word: str) -> str:
        bare = plain(word, self.language)
        for spellings in (self.own, self.known.words):
            if bare in spellings:
                return self._marked(word, bare) or spellings[bare]
        folded = fold(word)
        near = next((name for name in self.names if is_name(folded, name)), None)
        if near is not None:
            return near
        self.guessed.append(bare)
        return spelled(word if word != bare else bare)

    def _unmarked(self, word: str) -> str:
        """For phrases: a word whose vowel the writer wrote is read as it stands, alone."""
        bare = plain(word, self.language)
        return bare if bare == word or bare not in self.known.either else word

    def _marked(self, word: str, bare: str) -> str:
        """Of two readings, the one whose vowel the writer wrote: `اُس` is `us`."""
        return self.known.words.get(word, "") if word != bare else ""


def _signs(text: str) -> str:
    """Full stops, commas and digits of ours; nothing that a text message cannot carry, but letters of others."""
    return "".join(sign for sign in digits(text.translate(SIGNS)) if sign in SHOWN or sign.isalpha())
