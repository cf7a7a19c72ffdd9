"""A word that no lexicon has, spelled by its letters alone. Short vowels are not written: where they are is a guess."""

from __future__ import annotations

from typing import NamedTuple

CONSONANTS = {
    "ب": "b", "پ": "p", "ت": "t", "ٹ": "t", "ث": "s", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh", "د": "d", "ڈ": "d",
    "ذ": "z", "ر": "r", "ڑ": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "z", "ط": "t", "ظ": "z",
    "غ": "gh", "ف": "f", "ق": "q", "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ں": "n", "ہ": "h",
    # Pashto's own
    "ټ": "t", "ډ": "d", "ړ": "r", "ڼ": "n", "ښ": "kh", "ږ": "g", "څ": "ts", "ځ": "z", "ګ": "g", "ه": "h",
}  # fmt: skip
VOWELS = {"آ": "aa", "ۍ": "ai", "ې": "e", "ۀ": "a", "ء": "", "ع": "a"}
SHORT = {"\u064e": "a", "\u0650": "i", "\u064f": "u"}
DOUBLED = "\u0651"
BREATHED = "ھ"
# Two consonants that may end a word without a vowel between them.
TOGETHER = {
    "st", "sht", "kht", "ft", "rd", "nd", "ng", "nt", "rt", "lk", "lt", "mp", "nk", "rs", "rf", "nj", "nch", "rz", "rm",
    "rk", "rg", "ns", "lf", "kl", "zm", "sm", "hr", "rsh", "ks", "bz", "sk",
}  # fmt: skip


class Sound(NamedTuple):
    """A vowel or a consonant, in Latin letters."""

    latin: str
    is_vowel: bool


def spelled(word: str) -> str:
    """The word by its letters: `دفتر` → `daftar`. Letters it does not know are left out."""
    return _joined(_sounds(word))


def _sounds(word: str) -> list[Sound]:
    found: list[Sound] = []
    for place, letter in enumerate(word):
        behind = word[place + 1] if place + 1 < len(word) else ""
        before = found[-1] if found else None
        if letter in SHORT:
            found.append(Sound(SHORT[letter], True))
        elif letter == DOUBLED and before is not None and not before.is_vowel:
            found.append(before)
        elif letter == BREATHED and before is not None:
            found[-1] = Sound(before.latin + "h", before.is_vowel)
        elif letter in "اویےہعهئ":
            found += _two_faced(letter, before, behind)
        elif letter in CONSONANTS:
            found.append(Sound(CONSONANTS[letter], False))
        elif VOWELS.get(letter):
            found.append(Sound(VOWELS[letter], True))
    return found


def _two_faced(letter: str, before: Sound | None, behind: str) -> list[Sound]:
    """Letters that are a vowel here and a consonant there."""
    opens = behind in set("اآویےې") and bool(behind)
    behind_vowel = before is not None and before.is_vowel
    if letter == "ا":
        return [Sound("a", True)] if not (before is None and behind in set("یوے") and behind) else []
    if letter == "ع":
        if before is None:
            return [] if opens else [Sound("a", True)]
        return [] if behind_vowel or opens else [Sound("a", True)]
    if letter == "ے":
        return [Sound("e", True)]
    if letter == "ئ":  # a seat between two vowels; before a consonant it is one itself
        return [] if behind in set("ویےؤ") and behind else [Sound("i", True)]
    if letter in "ہه":
        return (
            [Sound("a", True)]
            if not behind and before is not None and not behind_vowel
            else [Sound("h", False)]
        )
    if letter == "و":
        return (
            [Sound("w", False)]
            if before is None or opens or (behind_vowel and behind)
            else [Sound("o", True)]
        )
    if before is None:
        return [Sound("y", False)] if opens else [Sound("i", True)]
    if opens:
        return [Sound("i", True), Sound("y", False)] if not behind_vowel else [Sound("y", False)]
    if letter == "ی" and behind == "ں":
        return [Sound("ei", True)]
    return [Sound("i" if not behind or behind_vowel else "ee", True)]


def _joined(sounds: list[Sound]) -> str:
    """The sounds with the short vowels that Urdu does not write, where they are likeliest."""
    written, run = "", list[str]()
    seen_vowel = False
    for sound in [*sounds, None]:
        if sound is not None and not sound.is_vowel:
            run.append(sound.latin)
            continue
        written += _run(run, opens=not seen_vowel, closes=sound is None)
        run = []
        if sound is not None:
            written += sound.latin
            seen_vowel = True
    return written.replace("aaa", "aa").replace("iee", "ie")


def _run(run: list[str], *, opens: bool, closes: bool) -> str:
    """Consonants between two vowels, or at an end of the word: never more than two side by side."""
    if not run:
        return ""
    if opens and (len(run) > 1 or closes):
        return run[0] + "a" + _run(run[1:], opens=False, closes=closes)
    if closes:
        if len(run) == 2:
            return "".join(run) if "".join(run) in TOGETHER or run[0] == run[1] else run[0] + "a" + run[1]
        if len(run) > 2:
            return run[0] + run[1] + "a" + _run(run[2:], opens=False, closes=True)
        return run[0]
    if len(run) > 2:
        return run[0] + run[1] + "a" + _run(run[2:], opens=False, closes=False)
    return "".join(run)
