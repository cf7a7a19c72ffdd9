"""Which fonts a language is printed in, and what to install where they are missing. No font is ever fetched."""

from __future__ import annotations

from dataclasses import dataclass

from porchlight.toolbox.scripts import base, direction, script
from porchlight.welcome.letters.setting import families

CORE, CJK = "fonts-noto-core", "fonts-noto-cjk"  # Debian's packages
PLAIN = (
    "Noto Sans",
    "DejaVu Sans",
    "Libertinus Serif",
)  # the last one comes with typst: Latin, Greek, Cyrillic
NASTALIQ = {"ur", "ks"}  # languages whose readers expect letters that hang
SANS = {
    "Armn": "Armenian", "Beng": "Bengali", "Deva": "Devanagari", "Ethi": "Ethiopic", "Geor": "Georgian",
    "Gujr": "Gujarati", "Guru": "Gurmukhi", "Hebr": "Hebrew", "Khmr": "Khmer", "Knda": "Kannada", "Laoo": "Lao",
    "Mlym": "Malayalam", "Mymr": "Myanmar", "Sinh": "Sinhala", "Syrc": "Syriac", "Taml": "Tamil", "Telu": "Telugu",
    "Thaa": "Thaana", "Thai": "Thai",
}  # fmt: skip
EAST = {"Hans": "SC", "Hant": "TC", "Jpan": "JP", "Kore": "KR"}
LATIN = {"Latn", "Cyrl", "Grek"}


@dataclass(frozen=True, slots=True)
class Style:
    """How letters of one kind are set. `leading` and `spacing` are of the letters' height."""

    name: str
    wanted: tuple[str, ...]  # any one of these will do
    package: str
    leading: float = 0.65
    spacing: float = 0.8
    size: float = 1.0

    @property
    def is_here(self) -> bool:
        """Whether this machine has a font of the kind."""
        return not families().isdisjoint(self.wanted)

    def told(self) -> dict[str, object]:
        """As the template has it."""
        fonts = [name for name in dict.fromkeys((*self.wanted, *PLAIN)) if name in families()]
        return {"fonts": fonts, "leading": self.leading, "spacing": self.spacing, "size": self.size}


LATIN_STYLE = Style("plain", PLAIN, CORE)


def style_of(tag: str) -> Style:
    """The style of a language; Latin letters for what we know no better of."""
    letters = script(tag)
    if letters in ("Arab", "Aran"):
        if base(tag) in NASTALIQ:
            hanging = ("Noto Nastaliq Urdu", "Noto Naskh Arabic")
            return Style("nastaliq", hanging, CORE, leading=1.3, spacing=1.6, size=1.05)
        return Style("naskh", ("Noto Naskh Arabic", "Noto Sans Arabic"), CORE, 0.95, 1.1, 1.1)
    if letters in EAST:
        return Style(letters, (f"Noto Sans CJK {EAST[letters]}",), CJK, 0.8, 1.0)
    if letters in SANS:
        return Style(letters, (f"Noto Sans {SANS[letters]}",), CORE, 0.8, 1.0)
    return LATIN_STYLE


def said(tag: str, text: str) -> dict[str, object]:
    """One text as the template has it."""
    return {"style": style_of(tag).name, "lang": base(tag), "rtl": direction(tag) == "rtl", "text": text}
