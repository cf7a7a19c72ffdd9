"""Sentences as engines want them when parts may not be translated: as markup, the untouchable parts in a tag."""

from __future__ import annotations

import html
import re

from porchlight.languages.engines.contract import FIRST_MASK, MASKS, MOST_MASKS, mask

_MASK = re.compile(MASKS)
_TAGGED = re.compile(r"<(?P<tag>span|x)\b[^>]*>\s*N\s?(?P<number>\d{1,4})\s*</(?P=tag)>")
_OTHER_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def marked(sentence: str, opening: str, closing: str) -> str:
    """The sentence as markup; each mask as `N3` inside these tags, so that a grammar sees a name there."""
    parts = _MASK.split(sentence)
    found = [f"{opening}N{ord(sign) - FIRST_MASK}{closing}" for sign in _MASK.findall(sentence)]
    written = [html.escape(part, quote=False) for part in parts]
    return "".join(f"{part}{tag}" for part, tag in zip(written, [*found, ""], strict=True))


def unmarked(answer: str) -> str:
    """What came back, as a sentence of ours again. Any other tag that the engine put in is dropped."""
    masked = _TAGGED.sub(_masked, answer)
    return html.unescape(_OTHER_TAG.sub("", masked)).replace("\u200b", "").strip()


def _masked(found: re.Match[str]) -> str:
    number = int(found["number"])
    return mask(number) if number < MOST_MASKS else found[0]
