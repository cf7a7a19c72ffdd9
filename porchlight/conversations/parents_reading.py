"""What a parent reads over for the school: announcements in which nobody is named, and the school's own words.

Never a thread, a worry, a consent or words about a child. What they say better goes into the memory under their name,
or as “a parent”; a number, a name or an address that is not the original's is not taken.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from porchlight.activity.record import record
from porchlight.conversations.checking import said_in, settle_as, standing
from porchlight.conversations.models import Check, ParentVerdict, Verdict
from porchlight.languages.checks import NAMES, NUMBERS, doubts
from porchlight.languages.glossary import write_term
from porchlight.languages.masking import EVERYDAY, FIXED, WORD, Names, names_of
from porchlight.languages.models import ParentReader, Term
from porchlight.languages.volunteering import credit
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox.folding import fold

# What a telephone makes a link of without https:// before it, and a name to write to.
ADDRESS = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?:/\S*[^\s.,;:!?)\]}»”\"'])?|@\w{2,}")
UNSEEN = frozenset(
    "\u00ad\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"
)  # turn words round, or hide in them
LOOKED_THROUGH = 40  # of those that wait, for one without a name


class Changed(Exception):
    """A number, a name or an address went missing, or a new one stands there."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to read: the original and the translation as it stands. `key` says which, for the form."""

    key: str
    original: str
    source: str
    text: str
    target: str
    reader: ParentReader
    check: Check | None = None
    term: Term | None = None


def pieces_for(school: School, actor: Actor, now: datetime, *, most: int = 1) -> list[Piece]:
    """What waits for this parent, announcements first; nothing where nobody agreed to it."""
    readers = {
        row.language: row
        for row in ParentReader.objects.visible_to(actor).holding().select_related("guardian")
    }
    found = _checks(school, actor, readers, now, most) if readers else []
    return [*found, *_terms(actor, readers, most - len(found))] if len(found) < most else found


def _checks(
    school: School, actor: Actor, readers: dict[str, ParentReader], now: datetime, most: int
) -> list[Piece]:
    names, found = names_of(school), list[Piece]()
    read = ParentVerdict.objects.visible_to(actor).filter(check_of__isnull=False)
    rows = Check.objects.visible_to(actor).waiting().exclude(pk__in=read.values("check_of"))
    for row in rows.select_related("notice", "school")[:LOOKED_THROUGH]:
        said, version = said_in(row), standing(row, now)
        if version is None or names_somebody(said.text, names) or names_somebody(version.text, names):
            continue
        found.append(
            Piece(row.key, said.text, said.language, version.text, row.target, readers[row.language], row)
        )
        if len(found) >= most:
            break
    return found


def _terms(actor: Actor, readers: dict[str, ParentReader], most: int) -> list[Piece]:
    read = ParentVerdict.objects.visible_to(actor).filter(term__isnull=False)
    rows = Term.objects.visible_to(actor).exclude(pk__in=read.values("term")).order_by("words", "pk")
    return [
        Piece(row.key, row.words, row.source, row.translation, row.target, readers[row.target], term=row)
        for row in rows[:most]
    ]


def names_somebody(text: str, names: Names) -> bool:
    """Whether any word of it is a name on the school's lists; words of every day that are names too do not count."""
    return any(names.names(found[0]) and fold(found[0]) not in EVERYDAY for found in WORD.finditer(text))


@transaction.atomic
def say(
    *, school: School, key: str, verdict: Verdict, text: str = "", by: Actor, now: datetime
) -> ParentVerdict:
    """The parent's word on one piece. Raises PermissionDenied for what is not theirs to read, Changed."""
    piece = next((one for one in pieces_for(school, by, now, most=LOOKED_THROUGH) if one.key == key), None)
    if piece is None:
        raise PermissionDenied("This is not yours to read.")
    better = text.strip() if verdict is Verdict.BETTER else ""
    if verdict is Verdict.BETTER and better in {"", piece.text}:
        verdict = Verdict.GOOD
    if verdict is Verdict.BETTER:
        _look(piece, better, school)
    row = ParentVerdict.objects.create(
        school=school, reader=piece.reader, check_of=piece.check, term=piece.term, verdict=verdict, at=now,
        before=piece.text if verdict is Verdict.BETTER else "",
    )  # fmt: skip
    record("translation.read_by_parent", about=piece.reader, by=by, verdict=verdict.value)
    if verdict is Verdict.CANNOT:
        return row
    if piece.check is not None:
        name = credit(piece.reader, school)
        settle_as(piece.check, text=better or piece.text, name=name, staff=None, now=now, by=by)
    elif piece.term is not None and better:
        write_term(
            school=school, source=piece.source, target=piece.target, words=piece.original, translation=better,
            by=by, now=now,
        )  # fmt: skip
    return row


def _look(piece: Piece, better: str, school: School) -> None:
    """Nobody moves a date, puts a telephone number in, or names a child, by mending a translation."""
    fixed = [_fixed(text) for text in (piece.original, better)]
    wrong = {NUMBERS, NAMES} & set(doubts(piece.original, better, piece.target))
    hides = UNSEEN & set(better) - set(piece.text)
    if wrong or hides or fixed[0] != fixed[1] or names_somebody(better, names_of(school)):
        raise Changed


def _fixed(text: str) -> list[str]:
    """What no translation changes: places, addresses, numbers to ring."""
    plain = unicodedata.normalize("NFKC", text)
    return sorted([*FIXED.findall(text), *(one.lower() for one in ADDRESS.findall(plain))])
