"""Roman Urdu or Roman Pashto read back into the language's own letters, so that an engine that knows those can read it.

People spell as they hear: words are found by a key that forgives what thumbs do. What is not found stays in Latin
letters, as English words and names do; where too little is found nothing is offered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from porchlight.languages.letters.lexicon import lexicon, plain
from porchlight.toolbox.folding import fold

WORD = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*")
GREETING = re.compile(r"\ba?s+a?la?a?m[\s-]*[ou]?[\s-]*[ao]?l[ae]i?k[uo]m\b", re.IGNORECASE)
JOINED = re.compile(r"(.{2,})(ga|gi|ge|ko|ne|ka|ki|ke|se)")
ENOUGH = 0.6  # of the words; else these are not this language's, or nobody can tell
SIGNS = {"ur": str.maketrans({"?": "؟", ",": "،", ";": "؛"}), "ps": str.maketrans({"?": "؟", ",": "،"})}
_SAME = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"[vw]"), "w"),
    (re.compile(r"q"), "k"),
    (re.compile(r"(?<=i)y(?=a)"), ""),
    (re.compile(r"ee|ie|y(?=[^aeiou]|$)"), "i"),
    (re.compile(r"oo|ou"), "u"),
    (re.compile(r"e(?=[^aeiou]*[^aeioun][aeiou])"), "i"),
    (re.compile(r"o(?=[^aeiou]*[^aeioun][aeiou])"), "u"),
    (re.compile(r"([a-z])\1+"), r"\1"),
    (re.compile(r"(ai|ay|ey|ei|e)(?=n?$)"), "e"),
    (re.compile(r"(?<=[aeiou])h$"), ""),
    (re.compile(r"(?<=[aeiou])n$"), "~"),
    (re.compile(r"[ou]~$"), "o~"),
)


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The text in its own letters; `share` of its words, 0 to 1, were known."""

    text: str
    share: float

    @property
    def is_enough(self) -> bool:
        """Whether it is worth an engine's while."""
        return self.share >= ENOUGH


def key(word: str) -> str:
    """What spellings of one word have in common: `nahi`, `nahin`, `nahee`; `baray`, `bare`; `mein`, `main`."""
    made = fold(word).replace(" ", "")
    for pattern, one in _SAME:
        made = pattern.sub(one, made)
    return made


def read_back(text: str, language: str) -> ReadBack:
    """`Kal school nahi aaye ga` → `کل سکول نہیں آئے گا`. `language` is `ur` or `ps`."""
    text = GREETING.sub("assalam-o-alaikum", text) if language == "ur" else text
    found = list(WORD.finditer(text))
    written, last, known, place = "", 0, 0, 0
    while place < len(found):
        many, script = _at(text, found, place, language)
        known += many if script else 0
        start, end = found[place].start(), found[place + many - 1].end()
        written += text[last:start].translate(SIGNS[language]) + (script or text[start:end])
        last = end
        place += many
    written += re.sub(r"\.(?=\s|$)", "۔", text[last:].translate(SIGNS[language]))
    written = re.sub(r"(?<=[\u0600-\u06ff])\.(?=\s|$)", "۔", written)
    return ReadBack(written, known / len(found) if found else 0.0)


def _at(text: str, found: list[re.Match[str]], place: int, language: str) -> tuple[int, str]:
    """How many words here are one entry of the lexicon, and that entry; empty where there is none."""
    exact, forgiving = _index(language)
    for many in (3, 2, 1):
        group = found[place : place + many]
        if len(group) < many:
            continue
        said = " ".join(text[group[0].start() : group[-1].end()].lower().split())
        script = exact.get(said) or (_one(said, forgiving) if many == 1 else None)
        if script:
            return many, script
    return 1, ""


def _one(said: str, forgiving: dict[str, str]) -> str | None:
    """A word alone, or two that thumbs write as one: `aayega`, `usko`."""
    found = forgiving.get(key(said)) or forgiving.get(key(said).rstrip("~"))
    joined = JOINED.fullmatch(said) if found is None else None
    stem = forgiving.get(key(joined[1])) if joined else None
    return f"{stem} {forgiving[key(joined[2])]}" if stem and joined else found


@cache
def _index(language: str) -> tuple[dict[str, str], dict[str, str]]:
    """Entries by their spelling, and by its key; of two that share one, whole words stand before forms of stems."""
    known = lexicon(language)
    exact: dict[str, str] = {}
    for words, latin in known.phrases.items():
        exact.setdefault(latin, " ".join(words))
    order = sorted(known.words, key=lambda word: (word not in known.either, word not in known.whole))
    for word in order:
        exact.setdefault(known.words[word], plain(word, language))
    forgiving: dict[str, str] = {}
    for latin, word in exact.items():
        if " " not in latin:
            forgiving.setdefault(key(latin), word)
    return exact, forgiving
