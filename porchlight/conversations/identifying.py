"""What in a question might tell who asked it: pointed out, so that a person takes it out or says that it tells nobody.

Names are found where the school knows them, in the script it knows them in. Nothing here decides that words are safe:
it only makes sure that somebody has looked.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porchlight.toolbox import scripts
from porchlight.toolbox.folding import digits, fold

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
NUMBER = re.compile(r"\+?\d[\d\s().:/-]*\d|\d")
ADDRESS = re.compile(r"\S+@\S+\.\S+|\bhttps?://\S+|\bwww\.\S+", re.IGNORECASE)
OPENING = "¿¡“\"'‘(«"
SENTENCE = re.compile(r"[.!?:۔؟\n]\s*$")
TITLES = frozenset(
    {
        "mr", "mrs", "ms", "miss", "dr", "sir", "madam", "sahib", "sahiba", "mother", "father", "mum",
        "mom", "dad", "aunt", "uncle", "parent", "guardian", "family", "home", "the", "of", "and", "señor",
        "señora", "don", "doña", "madre", "padre", "mamá", "papá",
    }
)  # fmt: skip
CAPITAL_ANYWAY = frozenset(
    {
        "i", "i'm", "i'd", "i'll", "i've", "monday", "tuesday", "wednesday", "thursday", "friday",
        "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august",
        "september", "october", "november", "december", "english", "urdu", "spanish", "ramadan", "eid",
        "christmas", "easter", "diwali", "pe", "ict", "ok",
    }
)  # fmt: skip
# Words about a family: who the child is to them, a health need, a faith, a trouble. Folded, in the languages we ship.
OF_A_FAMILY = {
    fold(words)
    for words in (
        "my son", "my daughter", "my boy", "my girl", "my twins", "my child", "my kid", "our son", "our daughter",
        "my husband", "my wife", "twins", "wheelchair", "allergy", "allergic", "asthma", "diabetes", "diabetic",
        "autism", "autistic", "adhd", "epilepsy", "hearing aid", "glasses", "hijab", "turban", "foster", "adopted",
        "divorced", "separated", "court", "social worker", "prison", "hospital", "new here", "moved here",
        "mera beta", "meri beti", "mere bachay", "mera bacha", "meri bachi", "shohar", "biwi", "bimar", "dama",
        "میرا بیٹا", "میری بیٹی", "میرے بچے", "میرا بچہ", "میری بچی", "شوہر", "بیوی", "بیمار", "دمہ", "شوگر", "ہسپتال",
        "mi hijo", "mi hija", "mis hijos", "mi niño", "mi niña", "mi marido", "mi esposo", "mi esposa", "gemelos",
        "mellizos", "silla de ruedas", "alergia", "asma", "autismo", "divorciada", "divorciado", "juzgado",
    )
}  # fmt: skip


class Sort(enum.StrEnum):
    """Why something was pointed out. What names the asker has to go; the others may be said to tell nobody."""

    ASKER = "asker"
    NAME = "name"
    PERHAPS_NAME = "perhaps_name"
    NUMBER = "number"
    ADDRESS = "address"
    FAMILY = "family"
    SCRIPT = "script"
    WORD_FOR_WORD = "word_for_word"

    @property
    def words(self) -> str | Promise:
        """What a colleague reads beside it."""
        return _WORDS[self]


_WORDS: dict[Sort, Promise] = {
    Sort.ASKER: _("the family that asked"),
    Sort.NAME: _("somebody’s name at this school"),
    Sort.PERHAPS_NAME: _("perhaps a name"),
    Sort.NUMBER: _("a number"),
    Sort.ADDRESS: _("an address"),
    Sort.FAMILY: _("tells something about a family"),
    Sort.SCRIPT: _("names in this script cannot be found by us; please read it once more"),
    Sort.WORD_FOR_WORD: _("the family’s own words, word for word; somebody may know who writes so"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """Something that might tell who asked, as it stands in the text."""

    words: str
    sort: Sort

    @property
    def must_go(self) -> bool:
        """Whether nobody can wave it through."""
        return self.sort is Sort.ASKER


def pointed_out(
    question: str, answer: str, *, original: str, asker: Iterable[str], others: Iterable[str]
) -> list[Found]:
    """Everything to look at, each once; of the answer names and addresses alone, since its numbers are the school's.

    `asker` and `others` are names as the school writes them.
    """
    theirs = parts_of(asker, shortest=2)
    known = parts_of(others) - theirs
    found = [*_of(question, theirs, known), *_more(question, theirs | known, original)]
    found += [one for one in _of(answer, theirs, known) if one.sort is not Sort.NUMBER]
    return list(dict.fromkeys(found))


def parts_of(names: Iterable[str], *, shortest: int = 3) -> set[str]:
    """Each part of each name, folded; titles and short words are no names."""
    parts = (fold(_bare(word)) for name in names for word in WORD.findall(name))
    return {part for part in parts if len(part) >= shortest and part not in TITLES}


def _bare(word: str) -> str:
    """Without what English hangs on a name."""
    return word.removesuffix("'s").removesuffix("’s")


def _of(text: str, theirs: Collection[str], known: Collection[str]) -> Iterator[Found]:
    for address in ADDRESS.findall(text):
        yield Found(address, Sort.ADDRESS)
    for word in WORD.findall(text):
        plain = fold(_bare(word))
        if plain in theirs and (len(plain) > 2 or word[:1].isupper()):  # "Li", and no "an" in other words
            yield Found(word, Sort.ASKER)
        elif plain in known:
            yield Found(word, Sort.NAME)
    for number in NUMBER.findall(digits(text)):
        yield Found(number.strip(), Sort.NUMBER)


def _more(question: str, names: Collection[str], original: str) -> Iterator[Found]:
    folded = f" {fold(question)} "
    for words in sorted(OF_A_FAMILY):
        if f" {words} " in folded:
            yield Found(words, Sort.FAMILY)
    for place in WORD.finditer(question):
        word, before = _bare(place[0]), question[: place.start()].rstrip(OPENING)
        starts = not before.strip() or SENTENCE.search(before) is not None
        is_capital = word[:1].isupper() and not starts
        if is_capital and fold(word) not in names and word.lower() not in CAPITAL_ANYWAY:
            yield Found(word, Sort.PERHAPS_NAME)
    if scripts.script(scripts.as_written("en", question)) != "Latn":
        yield Found("", Sort.SCRIPT)
    if fold(question) == fold(original):
        yield Found("", Sort.WORD_FOR_WORD)
