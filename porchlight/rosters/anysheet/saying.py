"""What the rows of a sheet say once they are read: children, the adults beside them, and what was odd."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from porchlight.families.models import Relation
from porchlight.rosters.anysheet.column_words import BY_RELATION
from porchlight.toolbox.folding import fold

RELATION_OF = {"father": "father", "mother": "mother"}  # a column's adult → what they are to the child


@dataclass(slots=True)
class Child:
    """One child of a row."""

    name: str
    school_class: str = ""
    number: str = ""
    key: str = ""  # known by, from sheet to sheet


@dataclass(slots=True)
class Adult:
    """One adult of a row. Words the families sheet reads by itself are kept as they stand."""

    slot: str  # father, mother, adult, or the relation a number was labelled with
    name: str = ""
    relation: str = ""
    phones: list[str] = field(default_factory=list)  # E.164
    whatsapps: list[str] = field(default_factory=list)  # E.164
    email: str = ""
    called: str = ""
    agreed: str = ""
    restriction: str = ""
    evidence: str = ""
    restricted_until: str = ""
    key: str = ""
    home: str = ""  # the same for adults whom somebody said to live together

    @property
    def shown(self) -> str:
        """The name; else what they are to the child, in the reader's language."""
        return self.name or relation_words(self.relation)

    @property
    def is_there(self) -> bool:
        """Whether anything is said of them; a restriction alone speaks of nobody."""
        return bool(self.name or self.numbers or self.email or self.called)

    @property
    def numbers(self) -> list[str]:
        """Each number once."""
        return list(dict.fromkeys([*self.phones, *self.whatsapps]))


@dataclass(slots=True)
class Line:
    """One row: who is in it. `row` counts from 1, as the spreadsheet shows it."""

    tab: str
    row: int
    children: list[Child] = field(default_factory=list)
    adults: list[Adult] = field(default_factory=list)
    label: str = ""  # of the home
    language: str = ""
    reads: str = ""
    teacher: str = ""
    teacher_email: str = ""

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return f"{self.tab} {self.row}".strip()


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something about a cell that was refused, or read otherwise than it is written."""

    code: str
    place: str
    row: int
    heading: str
    written: str
    read: str = ""  # how it was taken; "": it was not
    child: str = ""  # beside whom it stands
    key: str = ""  # to answer by
    why: str = ""


def relation_words(relation: str) -> str:
    """A relation as a column or a cell names it."""
    meant = BY_RELATION.get(fold(relation), "")
    return str(Relation(meant).label) if meant else relation


def mark(*words: str) -> str:
    """A short name for a question, the same for the same sheet again, that repeats nobody's details."""
    return hashlib.sha256("\n".join(map(fold, words)).encode()).hexdigest()[:16]
