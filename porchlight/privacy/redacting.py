"""Other people's names, numbers and mailboxes in words that somebody gets a copy of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from porchlight.families.models import Guardian, Student
from porchlight.privacy.gathering import Subject
from porchlight.schools.models import School

BLANK = "█████"
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_WAY = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|\+?\d[\d ()/-]{5,}\d")

type Words = tuple[str, ...]


class Others:
    """Everybody else of the school's families, by the words of their names."""

    def __init__(self, names: Iterable[str], own: Iterable[str]) -> None:
        mine = {self._words(name) for name in own}
        self._by_first: dict[str, set[Words]] = defaultdict(set)
        for name in names:
            words = self._words(name)
            if words and words not in mine:
                self._by_first[words[0]].add(words)

    @classmethod
    def than(cls, *people: Subject, school: School) -> Others:
        """All but these."""
        names = [
            *(name for pair in Student.objects.in_school(school).values_list("name", "called") for name in pair),
            *(name for pair in Guardian.objects.in_school(school).values_list("name", "addressed_as") for name in pair),
        ]  # fmt: skip
        return cls(names, [name for person in people for name in person.names])

    def blanked(self, text: str) -> str:
        """The text without them. A number or mailbox goes whoever's it is."""
        text = _WAY.sub(BLANK, text)
        found = list(_WORD.finditer(text))
        words = [one.group().casefold() for one in found]
        out, at, place = [], 0, 0
        while place < len(words):
            length = self._length_at(words, place)
            if length:
                out += [text[at : found[place].start()], BLANK]
                at = found[place + length - 1].end()
            place += length or 1
        return "".join([*out, text[at:]])

    def _length_at(self, words: list[str], place: int) -> int:
        """How many words of the longest name begin here; 0: none."""
        here = self._by_first.get(words[place], ())
        return max((len(name) for name in here if tuple(words[place : place + len(name)]) == name), default=0)

    @staticmethod
    def _words(name: str) -> Words:
        return tuple(one.group().casefold() for one in _WORD.finditer(name))
