"""What a person counts as one letter: extended grapheme clusters (Unicode Annex 29, rules GB3 to GB13).

Rule GB9c (joined consonants of Indic scripts as one) is left out on purpose: it came in 2023, and the phones
and gateways we are measured against count without it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

ZWNJ, ZWJ = "\u200c", "\u200d"
# Marks with width of their own that still belong to the letter before (Other_Grapheme_Extend).
ALSO_EXTEND = frozenset(
    map(chr, (0x9BE, 0x9D7, 0xB3E, 0xB57, 0xBBE, 0xBD7, 0xCC2, 0xCD5, 0xCD6, 0xD3E, 0xD57, 0xDCF, 0xDDF))
) | {"\u302e", "\u302f", "\uff9e", "\uff9f", ZWNJ}
# Spacing marks that stand alone, and two vowels that do not although their category says letter.
STAND_ALONE = frozenset(
    map(chr, (0x102B, 0x102C, 0x1038, *range(0x1062, 0x1065), *range(0x1067, 0x106E), 0x1083))
) | frozenset("\u1087\u1088\u1089\u108a\u108b\u108c\u108f\u109a\u109b\u109c\u1a61\u1a63\u1a64\uaa7b\uaa7d")
ALSO_SPACING = frozenset("\u0e33\u0eb3")
PREPEND = frozenset(
    map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0xD4E, 0x110BD, 0x110CD))
)
# Extended_Pictographic of Unicode's emoji data, first-last.
PICTURE = re.compile(
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9-\u21aa\u231a-\u231b\u2328\u2388\u23cf"
    "\u23e9-\u23f3\u23f8-\u23fa\u24c2\u25aa-\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2605\u2607-\u2612"
    "\u2614-\u2685\u2690-\u2705\u2708-\u2712\u2714\u2716\u271d\u2721\u2728\u2733-\u2734\u2744\u2747"
    "\u274c\u274e\u2753-\u2755\u2757\u2763-\u2767\u2795-\u2797\u27a1\u27b0\u27bf\u2934-\u2935"
    "\u2b05-\u2b07\u2b1b-\u2b1c\u2b50\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5"
    "\U0001f200-\U0001f3fa\U0001f400-\U0001faff]"
)


def graphemes(text: str) -> Iterator[str]:
    """The text letter by letter, as a person sees letters."""
    start, flags, after_picture = 0, 0, False
    for place in range(1, len(text)):
        before, letter = text[place - 1], text[place]
        flags = flags + 1 if _is_flag(before) else 0
        after_picture = is_picture(before) or (after_picture and (before == ZWJ or _extends(before)))
        joined = _stays(before, letter) or (before == ZWJ and after_picture and is_picture(letter))
        if not joined and not (_is_flag(letter) and flags % 2):
            yield text[start:place]
            start = place
    if text:
        yield text[start:]


def is_picture(letter: str) -> bool:
    """Emoji and the symbols that can become one."""
    return bool(PICTURE.match(letter))


def _stays(before: str, letter: str) -> bool:
    """Rules that need only two neighbours."""
    if before == "\r" and letter == "\n":
        return True
    if _breaks(before) or _breaks(letter):
        return False
    if letter == ZWJ or _extends(letter) or _is_spacing(letter) or before in PREPEND:
        return True
    return _hangul(before, letter)


def _breaks(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category in {"Cc", "Zl", "Zp"} or (
        category in {"Cf", "Cs"}
        and letter not in PREPEND
        and letter not in (ZWNJ, ZWJ)
        and not _extends(letter)
    )


def _extends(letter: str) -> bool:
    code = ord(letter)
    return (
        unicodedata.category(letter) in {"Mn", "Me"}
        or letter in ALSO_EXTEND
        or 0x1F3FB <= code <= 0x1F3FF
        or 0xE0020 <= code <= 0xE007F
    )


def _is_spacing(letter: str) -> bool:
    return (unicodedata.category(letter) == "Mc" and letter not in STAND_ALONE) or letter in ALSO_SPACING


def _is_flag(letter: str) -> bool:
    return 0x1F1E6 <= ord(letter) <= 0x1F1FF


def _hangul(before: str, letter: str) -> bool:
    """A Korean syllable written in parts stays whole: L with L, V or a syllable; V with V or T; T with T."""
    left, right = ord(before), ord(letter)
    leads = 0x1100 <= left <= 0x115F or 0xA960 <= left <= 0xA97C
    syllable = 0xAC00 <= left <= 0xD7A3
    vowel_right, tail_right = 0x1160 <= right <= 0x11A7, 0x11A8 <= right <= 0x11FF
    if leads:
        return 0x1100 <= right <= 0x11A7 or 0xA960 <= right <= 0xA97C or 0xAC00 <= right <= 0xD7A3
    open_syllable = syllable and (left - 0xAC00) % 28 == 0
    if open_syllable or 0x1160 <= left <= 0x11A7:
        return vowel_right or tail_right
    return (syllable or 0x11A8 <= left <= 0x11FF) and tail_right
