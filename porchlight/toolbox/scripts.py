"""Languages by their BCP-47 tags: one form, script, direction, names, and which version suits a reader."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal

from porchlight.toolbox.folding import fold
from porchlight.toolbox.language_names import ALSO_CALLED, LANGUAGES

UNKNOWN = "und"  # BCP-47's own word for "not said"
RIGHT_TO_LEFT = frozenset({"Arab", "Aran", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Samr", "Mand"})
TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?(?:-.*)?", re.I)

# Older and longer codes of languages in our table: ISO 639-2/3 and retired ISO 639-1.
ALIASES = {
    "alb": "sq", "amh": "am", "ara": "ar", "arb": "ar", "arm": "hy", "aze": "az", "azj": "az", "ben": "bn",
    "bos": "bs", "bul": "bg", "bur": "my", "ces": "cs", "chi": "zh", "cmn": "zh", "cym": "cy", "cze": "cs",
    "deu": "de", "dut": "nl", "ell": "el", "eng": "en", "fas": "fa", "fra": "fr", "fre": "fr", "gaz": "om",
    "geo": "ka", "ger": "de", "gle": "ga", "gre": "el", "guj": "gu", "hat": "ht", "hau": "ha", "heb": "he",
    "hin": "hi", "hmn": "mww-Latn", "hnj": "hnj-Latn", "hrv": "hr", "hun": "hu", "hye": "hy", "ibo": "ig",
    "in": "id", "ind": "id", "ita": "it", "iw": "he", "jpn": "ja", "kan": "kn", "kas": "ks", "kat": "ka",
    "kaz": "kk", "khm": "km", "kin": "rw", "kor": "ko", "ku": "kmr", "kur": "kmr", "lao": "lo", "lav": "lv",
    "lin": "ln", "lit": "lt", "lug": "lg", "mal": "ml", "mao": "mi", "mar": "mr", "may": "ms", "mo": "ro",
    "mri": "mi", "msa": "ms",
    "mww": "mww-Latn", "mya": "my", "nep": "ne", "nld": "nl", "npi": "ne", "orm": "om", "pan": "pa",
    "pbt": "ps", "pbu": "ps", "per": "fa", "pes": "fa", "pnb": "pa-Arab", "pol": "pl", "por": "pt",
    "pst": "ps", "pus": "ps", "ron": "ro", "rum": "ro", "rus": "ru", "sin": "si", "slk": "sk", "slo": "sk",
    "sna": "sn", "snd": "sd", "som": "so", "spa": "es", "sqi": "sq", "srp": "sr", "swa": "sw", "swh": "sw",
    "tam": "ta", "tel": "te", "tgk": "tg", "tgl": "fil", "tha": "th", "tir": "ti", "tl": "fil", "tur": "tr",
    "uig": "ug", "ukr": "uk", "urd": "ur", "uzb": "uz", "vie": "vi", "wel": "cy", "xho": "xh", "yor": "yo",
    "zho": "zh", "zul": "zu",
}  # fmt: skip

# Languages outside our table that are not written in Latin letters and run from right to left: a school's
# own text may come in any of them.
OTHER_SCRIPTS = {
    **dict.fromkeys(("azb", "bqi", "brh", "glk", "khw", "lrc", "mzn", "rhg", "trw"), "Arab"),
    **dict.fromkeys(("aii", "arc", "syr"), "Syrc"),
    "dv": "Thaa",
    "nqo": "Nkoo",
    "yi": "Hebr",
}

# How Unicode's names of letters begin, for each script of our languages.
SCRIPTS = {
    "ARABIC": "Arab", "ARMENIAN": "Armn", "BENGALI": "Beng", "CYRILLIC": "Cyrl", "DEVANAGARI": "Deva",
    "ETHIOPIC": "Ethi", "GEORGIAN": "Geor", "GREEK": "Grek", "GUJARATI": "Gujr", "GURMUKHI": "Guru",
    "HEBREW": "Hebr", "KANNADA": "Knda", "KHMER": "Khmr", "LAO": "Laoo", "LATIN": "Latn", "MALAYALAM": "Mlym",
    "MYANMAR": "Mymr", "SINHALA": "Sinh", "SYRIAC": "Syrc", "TAMIL": "Taml", "TELUGU": "Telu", "THAANA": "Thaa",
    "THAI": "Thai",
}  # fmt: skip

# Regions that decide the script where the language alone does not; the script then replaces the region.
SCRIPT_BY_REGION = {
    **dict.fromkeys(("zh-TW", "zh-HK", "zh-MO"), "Hant"),
    **dict.fromkeys(("zh-CN", "zh-SG", "zh-MY"), "Hans"),
    "pa-PK": "Arab",
    "sd-IN": "Deva",
    "ks-IN": "Arab",
}


@cache
def normal(tag: str) -> str:
    """One spelling for each language: `ur_LATN`, `urd-Latn` → `ur-Latn`; `zh-TW` → `zh-Hant`; else `und`.

    A script that goes without saying is dropped (`ur-Arab` → `ur`), a region is kept (`pt-BR`).
    """
    parts = TAG.fullmatch(tag.strip().replace("_", "-"))
    if not parts:
        return UNKNOWN
    language, script, region = (part or "" for part in parts.groups())
    language, _, implied = ALIASES.get(language.lower(), language.lower()).partition("-")
    script, region = script.title() or implied, region.upper()
    if not script and f"{language}-{region}" in SCRIPT_BY_REGION:
        script, region = SCRIPT_BY_REGION[f"{language}-{region}"], ""
    if language == "zh" and not script:
        script = "Hans"
    if language in LANGUAGES and LANGUAGES[language].script == script:
        script = ""
    return "-".join(part for part in (language, script, region) if part)


def base(tag: str) -> str:
    """The language alone: `ur-Latn` → `ur`."""
    return normal(tag).partition("-")[0]


def script(tag: str) -> str:
    """ISO 15924 code of the script; Latin for languages we do not know."""
    tag = normal(tag)
    for part in tag.split("-")[1:]:
        if len(part) == 4:
            return part
    row = LANGUAGES.get(tag) or LANGUAGES.get(base(tag))
    return row.script if row else OTHER_SCRIPTS.get(base(tag), "Latn")


def direction(tag: str) -> Literal["ltr", "rtl"]:
    """For `dir=`: decided by the script, never by the language."""
    return "rtl" if script(tag) in RIGHT_TO_LEFT else "ltr"


def as_written(tag: str, text: str) -> str:
    """The tag of words by somebody who reads `tag`: in the script that most of their letters are really of.

    An Urdu reader's Roman letters are `ur-Latn`; letters that say nothing of the language are `und-Arab`.
    """
    counted = Counter(filter(None, map(_script_of, text)))
    found = counted.most_common(1)[0][0] if counted else script(tag)
    if found == script(tag):
        return tag
    other = normal(f"{base(tag)}-{found}")
    return other if other in LANGUAGES else f"{UNKNOWN}-{found}"


@cache
def _script_of(letter: str) -> str:
    """ISO 15924 code by the letter's name; empty for what belongs to no script, or to one we have no language in."""
    return SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], "") if letter.isalpha() else ""


def left_to_right(text: str) -> str:
    """A number or an address among plain words of any direction: it keeps its own (U+2066 … U+2069)."""
    return f"\u2066{text}\u2069"


def on_one_line(parts: Iterable[str], tags: Iterable[str]) -> str:
    """The parts one after the other. Where these languages run in different directions, each part keeps its own.

    Unicode's isolates (U+2068 … U+2069) keep the question mark of one with its question, whatever stands beside it.
    """
    if len({direction(tag) for tag in tags}) > 1:
        parts = (f"\u2068{part}\u2069" for part in parts)
    return " ".join(parts)


def comma(tag: str) -> str:
    """What stands between the parts of a list, with its space: Arabic letters have a comma of their own."""
    return "، " if script(tag) == "Arab" else ", "


def known(tag: str) -> bool:
    """Is this one of the languages in our table, whatever its region?"""
    return _row_key(normal(tag)) in LANGUAGES


def autonym(tag: str) -> str:
    """The language's name in itself; its tag where we have none."""
    row = LANGUAGES.get(_row_key(normal(tag)))
    return row.autonym if row else normal(tag)


def english_name(tag: str) -> str:
    """The language's name in English; its tag where we have none."""
    row = LANGUAGES.get(_row_key(normal(tag)))
    return row.english if row else normal(tag)


def name_in(tag: str, language: str) -> str:
    """The language's name for a reader of `language` ("ur-Latn" for a Spanish desk: "urdu (latín)")."""
    from babel import Locale, UnknownLocaleError

    tag = normal(tag)
    if base(language) == "en":
        return english_name(tag)
    try:
        words = Locale.parse(base(language))
    except (UnknownLocaleError, ValueError):
        return english_name(tag)
    if script(language) != script(base(language)):
        return english_name(tag)  # Roman Urdu: the names at hand are in the other script
    name = words.languages.get(tag.replace("-", "_")) or words.languages.get(base(tag))
    if not name:
        return english_name(tag)
    if _row_key(tag) == base(tag) or tag.replace("-", "_") in words.languages:
        return name
    return f"{name} ({words.scripts.get(script(tag), script(tag))})"


def tag_of(written: str) -> str | None:
    """What an office wrote in a language column ("Urdu", "Farsi", "اردو", "ur-Latn", "Polish"), as a tag."""
    if normal(written) != UNKNOWN and known(written):
        return normal(written)
    return _by_name().get(fold(written))


def matches(reads: str | Sequence[str], versions: Iterable[str]) -> str | None:
    """The version, as named in `versions`, that a reader of `reads` (best first) should get; None: none.

    Same language in the same script, first with the same region, then without one, then any. A version in
    another script is never taken: who reads Roman Urdu may not read Nastaliq, and the other way round.
    """
    offered = list(versions)
    for wish in [reads] if isinstance(reads, str) else reads:
        fitting = [tag for tag in offered if same_reading(tag, wish)]
        if fitting:
            return min(
                fitting, key=lambda tag: (normal(tag) != normal(wish), normal(tag) != _row_key(normal(tag)))
            )
    return None


def same_reading(one: str, other: str) -> bool:
    """Can a reader of one read the other? Same language and same script."""
    return base(one) == base(other) != UNKNOWN and script(one) == script(other)


def _row_key(tag: str) -> str:
    """The tag without its region."""
    return "-".join(part for place, part in enumerate(tag.split("-")) if place == 0 or len(part) == 4)


@cache
def _by_name() -> dict[str, str]:
    names = {fold(row.english): tag for tag, row in LANGUAGES.items()}
    names |= {fold(row.autonym): tag for tag, row in LANGUAGES.items()}
    return names | {fold(name): tag for name, tag in ALSO_CALLED.items()}
