"""How many texts a text is. GSM-7: 160, or 153 in each part; UCS-2: 70, or 67 UTF-16 units in each part.

GSM 03.38. What nobody may cut in two (a character of two septets, a surrogate pair, a letter with its marks)
moves to the next part whole, as the gateways do it. Count what is sent: after translation and merge fields.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from porchlight.toolbox.graphemes import graphemes

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€\f")  # two septets each

# Signs that look the same in print. Punctuation and spaces alone: a letter is never exchanged, because
# letters are names and other languages.
LOOKALIKES = {
    **dict.fromkeys("‘’‚‛′ʹʼ´`＇", "'"),
    **dict.fromkeys("“”„‟″«»＂", '"'),
    **dict.fromkeys("‐‑‒–—―−⁃", "-"),
    **dict.fromkeys("\u00a0\u202f\u205f\u3000\t", " "),
    **{chr(code): " " for code in range(0x2000, 0x200B)},
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f", ""),
    **dict.fromkeys("\u2028\u2029\u0085", "\n"),
    **dict.fromkeys("•◦‣·∙▪●", "-"),
    "…": "...", "⋯": "...", "‹": "<", "›": ">", "×": "x", "⁄": "/", "∕": "/", "№": "No.", "™": "(TM)",
    "½": "1/2", "¼": "1/4", "¾": "3/4", "！": "!", "？": "?", "，": ",", "．": ".", "：": ":", "；": ";",
    "（": "(", "）": ")", "℅": "c/o",
}  # fmt: skip


class Encoding(enum.StrEnum):
    """How a text travels; the cost follows."""

    GSM_7 = "GSM-7"
    UCS_2 = "UCS-2"


SINGLE = {Encoding.GSM_7: 160, Encoding.UCS_2: 70}
PART = {Encoding.GSM_7: 153, Encoding.UCS_2: 67}


@dataclass(frozen=True, slots=True)
class Segments:
    """What one text costs. `units` are septets or UTF-16 units; `room_left` what still fits."""

    encoding: Encoding
    segments: int
    characters: int
    units: int
    room_left: int


@dataclass(frozen=True, slots=True)
class Offer:
    """The same text in plainer signs. To be shown and chosen, never taken by itself."""

    text: str
    changes: tuple[tuple[str, str], ...]  # sign, its replacement; each once, in order of appearance
    before: Segments
    after: Segments


def count(text: str) -> Segments:
    """Encoding, parts and room of one text. Nothing to send is no part at all."""
    if all(letter in BASIC or letter in EXTENDED for letter in text):
        sizes = [2 if letter in EXTENDED else 1 for letter in text]
        return _measured(Encoding.GSM_7, sizes, len(text))
    letters = [piece for letter in graphemes(text) for piece in (letter if letter == "\r\n" else (letter,))]
    return _measured(Encoding.UCS_2, list(_whole(letters)), len(letters))


def widening(text: str) -> tuple[str, ...]:
    """The letters that make this text UCS-2, each once, in order: what to say when 160 became 70."""
    return tuple(dict.fromkeys(letter for letter in text if letter not in BASIC and letter not in EXTENDED))


def offer(text: str) -> Offer | None:
    """The same words in GSM-7 signs, when exchanging lookalikes alone brings it there. Otherwise None."""
    found = widening(text)
    if not found or any(letter not in LOOKALIKES for letter in found):
        return None
    plainer = "".join(letter if letter not in found else LOOKALIKES[letter] for letter in text)
    return Offer(
        plainer, tuple((letter, LOOKALIKES[letter]) for letter in found), count(text), count(plainer)
    )


def _units(letter: str) -> int:
    return len(letter.encode("utf-16-le", "surrogatepass")) // 2


def _whole(letters: Iterable[str]) -> Iterator[int]:
    """UTF-16 sizes that stay together; a letter longer than a part falls into its code points."""
    for letter in letters:
        size = _units(letter)
        if size <= PART[Encoding.UCS_2]:
            yield size
        else:
            yield from map(_units, letter)


def _measured(encoding: Encoding, sizes: list[int], characters: int) -> Segments:
    units = sum(sizes)
    if units <= SINGLE[encoding]:
        return Segments(encoding, 1 if units else 0, characters, units, SINGLE[encoding] - units)
    parts, room = 1, PART[encoding]
    for size in sizes:
        if size > room:
            parts, room = parts + 1, PART[encoding]
        room -= size
    return Segments(encoding, parts, characters, units, room)
