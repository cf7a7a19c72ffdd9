"""Names stay at school: before a sentence goes to an engine, whatever names somebody is a sign in it.

Masked are the families', children's and colleagues' names as the school's lists have them, in their own spelling; of
the people a message is between also as thumbs spell them in either script; telephone numbers, mailboxes and web
addresses; the places a text is filled in at (`{child}`); and the glossary's words that stay as they are.

A name that is an everyday word as well (Will, May, Rose) is masked beside another name or a title, and not alone:
"on 5 May" tells nobody anything.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from porchlight.families.models import Guardian, Student
from porchlight.languages.engines.contract import MASKS, MOST_MASKS, mask
from porchlight.languages.names import is_name
from porchlight.schools.models import School, StaffMember
from porchlight.toolbox.folding import fold

MASK = re.compile(MASKS)
FIXED = re.compile(
    r"\{\w+\}"
    r"|https?://\S+[^\s.,;:!?)\]}»”\"']"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?:\+|\b0)\d[\d ()/-]{5,}\d"
)
WORD = re.compile(r"[^\s\d_.,;:!?()\[\]{}<>…\"“”'’‘`/«»،؛؟۔।。！？&*+=|~^%$#@\ue000-\uf8ff-]+")
_TITLES = (
    "mr mrs ms miss sir madam mam dr prof teacher mother father mum dad aunt uncle grandmother grandfather family of "
    "the and a an de la el al bin bint ibn sra sr señora senora senor"
)
_EVERYDAY = (
    "will may mark rose grace hope faith joy june april august summer autumn bill art chase drew frank gene guy jack "
    "jasmine ivy lily daisy iris ruby pearl amber rich rob pat sue dean earl king prince young long short green brown "
    "white black gray grey wood woods stone field hill day night bishop cook baker carter mason page price rice "
    "sky star sunny winter early best fair good wise strong little sharp swift wild north west east south "
    "march monday friday sunday so an can do he she we you in on at to is as be by my no or up us it this that"
)
TITLES, EVERYDAY = frozenset(_TITLES.split()), frozenset(_EVERYDAY.split())
BESIDE = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir"})


@dataclass(frozen=True, slots=True)
class Names:
    """Words that name somebody: `known` folded, of the whole school; `near` of those the words are between."""

    known: Collection[str] = frozenset()
    near: Sequence[str] = ()
    kept: Sequence[str] = ()  # glossary words that stay as they are

    def names(self, word: str) -> bool:
        """Whether this word, as it stands there, is somebody's name. In scripts with capitals a name has one."""
        if word.islower():
            return False
        folded = fold(word)
        return folded in self.known or any(is_name(folded, name) for name in self.near)


@dataclass(slots=True)
class Masked:
    """A sentence without names, and what each of its masks stands for."""

    text: str
    parts: list[str] = field(default_factory=list)

    def filled(self, translated: str) -> str:
        """The names in their places again."""
        return MASK.sub(lambda found: self.parts[ord(found[0]) - ord(mask(0))], translated)


def names_of(school: School, near: Iterable[str] = (), kept: Iterable[str] = ()) -> Names:
    """Every name of the school's lists; `near` as a message's own people write them."""
    rows = [
        *Student.objects.in_school(school).values_list("name", "called"),
        *Guardian.objects.in_school(school).values_list("name", "addressed_as"),
        *((name, "") for name in StaffMember.objects.in_school(school).values_list("name", flat=True)),
    ]
    words = {fold(word) for row in rows for name in row for word in WORD.findall(name)}
    known = {word for word in words if len(word) > 1} - TITLES
    parts = {
        word for name in near for word in WORD.findall(name) if fold(word) not in TITLES and len(word) > 1
    }
    return Names(frozenset(known), tuple(sorted(parts)), tuple(kept))


def masked(sentence: str, names: Names) -> Masked:
    """The sentence with a mask for each thing that is not for an engine, numbered as they come."""
    made = Masked("")
    text, last = MASK.sub("", sentence), 0
    for start, end in _spans(text, names)[:MOST_MASKS]:
        made.text += text[last:start] + mask(len(made.parts))
        made.parts.append(text[start:end])
        last = end
    made.text += text[last:]
    return made


def came_back(sent: str, answer: str) -> bool:
    """Whether every mask is there again, each as often as before: nobody was lost or doubled."""
    return sorted(MASK.findall(sent)) == sorted(MASK.findall(answer))


def _spans(text: str, names: Names) -> list[tuple[int, int]]:
    """Where something is masked, in order and apart."""
    fixed = [found.span() for found in FIXED.finditer(text)]
    for words in sorted(names.kept, key=len, reverse=True):
        pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
        fixed += [found.span() for found in re.finditer(pattern, text, re.IGNORECASE)]
    spans: list[tuple[int, int]] = []
    for start, end in sorted(fixed, key=lambda span: (span[0], -span[1])):
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    people = [span for span in _people(text, names) if all(span[1] <= a or span[0] >= b for a, b in spans)]
    return sorted([*spans, *people])


def _people(text: str, names: Names) -> list[tuple[int, int]]:
    """Names; several that stand side by side are one."""
    found = [(word.span(), names.names(word[0]), fold(word[0])) for word in WORD.finditer(text)]
    spans: list[tuple[int, int]] = []
    for place, (span, is_somebody, word) in enumerate(found):
        if not is_somebody or (word in EVERYDAY and not _stands_by_a_name(found, place, text)):
            continue
        if spans and text[spans[-1][1] : span[0]] == " ":
            spans[-1] = (spans[-1][0], span[1])
        else:
            spans.append(span)
    return spans


def _stands_by_a_name(found: Sequence[tuple[tuple[int, int], bool, str]], place: int, text: str) -> bool:
    """A title before it, or a name that is no everyday word on either side."""
    (start, end), _is_somebody, _word = found[place]
    for other in (place - 1, place + 1):
        if not 0 <= other < len(found):
            continue
        span, is_somebody, word = found[other]
        between = text[span[1] : start] if other < place else text[end : span[0]]
        if between.strip(" .'’-"):
            continue
        if (is_somebody and word not in EVERYDAY) or (other < place and word in BESIDE):
            return True
    return False
