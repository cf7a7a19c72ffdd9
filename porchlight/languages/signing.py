"""How a home signs in words: "I sign: Imran Yousaf", and how it takes that back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from porchlight.languages.names import is_name
from porchlight.toolbox.folding import fold
from porchlight.toolbox.folding import words as words_of

LONGEST_NAME = 120
MOST_WORDS = 6  # of a name
# Before the name. Folded; the longest that fits is taken.
SIGNS = (
    "i sign", "i hereby sign", "i sign this", "sign", "signed", "signed by", "signature",
    "firmo", "yo firmo", "firmado", "firmado por", "firma",
    "دستخط", "میں دستخط کرتا ہوں", "میں دستخط کرتی ہوں", "دستخط کرتا ہوں", "دستخط کرتی ہوں",
    "dastakhat", "dastkhat", "dastakht", "main dastakhat karta hoon", "main dastakhat karti hoon",
    "mein dastakhat karta hoon", "mein dastakhat karti hoon",
    "لاسلیک", "زه لاسلیک کوم", "لاسلیک کوم", "زه دستخط کوم", "دستخط کوم", "لاسلیک شوی",
    "saya tandatangan", "tandatangan", "ditandatangani",
    "أوقع", "أنا أوقع", "توقيع", "التوقيع",
    "签字", "我签字", "签名", "我签名",
    "கையொப்பம்", "என் கையொப்பம்", "கையொப்பமிடுகிறேன்", "நான் கையொப்பமிடுகிறேன்", "கையெழுத்து", "என் கையெழுத்து",
    "ka waitohu ahau", "ka waitohu au", "waitohu", "taku waitohu",
)  # fmt: skip
TAKES_BACK = (
    "withdraw", "i withdraw", "withdraw my signature", "i take it back", "take it back",
    "retirar", "retiro", "retiro mi firma", "retirar mi firma",
    "واپس", "واپس لیں", "دستخط واپس", "میں دستخط واپس لیتا ہوں", "میں دستخط واپس لیتی ہوں",
    "wapas", "wapis", "dastakhat wapas", "dastakhat wapis", "wapas lein",
    "بېرته", "بېرته اخلم", "بېرته یې اخلم", "لاسلیک بېرته", "دستخط بېرته", "دستخط بېرته اخلم",
    "tarik balik", "saya tarik balik", "tarik balik tandatangan",
    "سحب", "سحب التوقيع", "أسحب التوقيع", "أسحب توقيعي",
    "撤回", "撤回签字", "我撤回签字", "撤回签名",
    "திரும்பப் பெறு", "திரும்ப பெறு", "திரும்பப் பெறுகிறேன்", "கையொப்பத்தைத் திரும்பப் பெறு", "கையொப்பம் வாபஸ்", "வாபஸ்",
    "tangohia", "tangohia taku waitohu",
)  # fmt: skip
HAN = "字名"  # what a word for signing ends with where words are written together
NAME = re.compile(r"[^\W\d_]")


def name_signed(text: str, known: Iterable[str] = ()) -> str:
    """The name somebody signs with, as they wrote it; empty where these words sign nothing.

    A name alone signs where it is one of `known`, the names this home goes by.
    """
    said = " ".join(unicodedata.normalize("NFC", text).split())
    if len(said) > LONGEST_NAME + 40:
        return ""
    for begins in sorted(_signs(), key=len, reverse=True):
        rest = _behind(said, begins)
        if rest is not None:
            return rest if is_a_name(rest) else ""
    parts = [part for one in known for part in one.split() if len(part) > 2]
    theirs = is_a_name(said) and all(any(is_name(word, part) for part in parts) for word in words_of(said))
    return said if theirs else ""


def takes_back(text: str) -> bool:
    """Whether the whole message takes a signature back."""
    return fold(text) in {fold(one) for one in TAKES_BACK}


def is_a_name(said: str) -> bool:
    """A few words with letters in them."""
    count = len(said.split())
    return 0 < count <= MOST_WORDS and len(said) <= LONGEST_NAME and len(NAME.findall(said)) > 1


@cache
def _signs() -> frozenset[str]:
    return frozenset(fold(one) for one in SIGNS)


def _behind(said: str, begins: str) -> str | None:
    """What stands behind these folded words; None where the message does not begin with them."""
    if begins[-1] in HAN and said.startswith(begins):  # nothing parts the words there
        return said[len(begins) :].strip(" .-–:：，。")
    tokens = said.replace(":", " ").replace("،", " ").replace(",", " ").split()
    count = len(begins.split())
    if fold(" ".join(tokens[:count])) != begins:
        return None
    return " ".join(tokens[count:]).strip(" .-–:۔")
