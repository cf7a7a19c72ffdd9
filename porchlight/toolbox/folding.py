"""Text made comparable: one form for case, width, marks, digits and the several Arabic spellings of a letter.

For matching words only; what people wrote is never replaced by its folded form.
"""

from __future__ import annotations

import re
import unicodedata

# One letter each for what keyboards of Arabic, Urdu, Persian, Pashto and Sindhi write differently.
ARABIC = str.maketrans(
    {
        **dict.fromkeys("يىېۍێئ", "ی"),
        **dict.fromkeys("كڪګ", "ک"),
        **dict.fromkeys("هھۀةۃۂە", "ہ"),
        **dict.fromkeys("أإٱآ", "ا"),
        "ؤ": "و",
        "ں": "ن",
        "ڼ": "ن",
        "ـ": "",  # the stretching line
        "ء": "",
    }
)
# Marks written over or under a letter that people leave out as often as they write them: accents, Arabic
# vowel signs, Hebrew points. The vowel signs of Indic scripts are letters and stay.
MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06ed\u20e3]"
)
APOSTROPHES = re.compile("['’‘ʼʻ`´]")
KEPT = {"L", "M", "N"}  # letters, marks that are part of letters, numbers
LATIN_EXTRA = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"})


def fold(text: str) -> str:
    """The words of a text with one space between: `"  ¡Sí, Señora! 👍 ۱۲"` gives `"si senora 12"`."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = MARKS.sub("", unicodedata.normalize("NFKD", APOSTROPHES.sub("", text)))
    text = unicodedata.normalize("NFC", text).casefold().translate(ARABIC).translate(LATIN_EXTRA)
    return " ".join("".join(map(_plain, text)).split())


def digits(text: str) -> str:
    """The same text with the digits of every script written 0 to 9."""
    return "".join(_digit(letter) for letter in text)


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text."""
    return tuple(fold(text).split())


def same(one: str, other: str) -> bool:
    """Do two texts say the same words?"""
    return fold(one) == fold(other)


def _digit(letter: str) -> str:
    if letter.isascii():
        return letter
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)


def _plain(letter: str) -> str:
    """Letters and digits stay, invisible marks vanish, everything else parts words."""
    category = unicodedata.category(letter)
    if category[0] in KEPT:
        return _digit(letter) if category != "Mn" or not 0xFE00 <= ord(letter) <= 0xFE0F else ""
    return "" if category == "Cf" else " "
