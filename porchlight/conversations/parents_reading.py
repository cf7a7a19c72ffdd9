"""What a parent reads over for the school: announcements in which nobody is named, the school's own words and
saved texts, and what Porchlight itself says in a language in which that is still a draft.

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
from porchlight.conversations.models import Check, ParentVerdict, TemplateVersion, Verdict
from porchlight.conversations.templating import read_version
from porchlight.languages import phrases
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
    version: TemplateVersion | None = None
    phrase: str = ""


def pieces_for(school: School, actor: Actor, now: datetime, *, most: int = 1) -> list[Piece]:
    """What waits for this parent, announcements first; nothing where nobody agreed to it."""
    readers = {
        row.language: row
        for row in ParentReader.objects.visible_to(actor).holding().select_related("guardian")
    }
    if not readers:
        return []
    found = _checks(school, actor, readers, now, most)
    for more in (_versions, _terms, _phrases):
        if len(found) < most:
            found += more(school, actor, readers, most - len(found))
    return found


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


def _terms(school: School, actor: Actor, readers: dict[str, ParentReader], most: int) -> list[Piece]:
    read = ParentVerdict.objects.visible_to(actor).filter(term__isnull=False)
    rows = Term.objects.visible_to(actor).exclude(pk__in=read.values("term")).order_by("words", "pk")
    return [
        Piece(row.key, row.words, row.source, row.translation, row.target, readers[row.target], term=row)
        for row in rows[:most]
    ]


def _versions(school: School, actor: Actor, readers: dict[str, ParentReader], most: int) -> list[Piece]:
    """Saved texts that nobody has read over since they, or what they are a translation of, were written."""
    names, found = names_of(school), list[Piece]()
    rows = TemplateVersion.objects.visible_to(actor).filter(checked_at=None).exclude(language=school.language)
    own = TemplateVersion.objects.in_school(school).filter(language=school.language)
    originals = {row.template_id: row for row in own.filter(template__in=rows.values("template"))}
    read = ParentVerdict.objects.visible_to(actor).filter(version__isnull=False)
    last = dict(read.order_by("at").values_list("version_id", "at"))
    for row in rows.select_related("template").order_by("template__name", "pk"):
        said = originals.get(row.template_id)
        if said is None or names_somebody(said.text, names) or names_somebody(row.text, names):
            continue
        if row.pk in last and last[row.pk] >= max(row.updated_at, said.updated_at):
            continue
        key, reader = f"text-{row.template.key}", readers[row.language]
        found.append(Piece(key, said.text, said.language, row.text, row.language, reader, version=row))
    return found[:most]


def _phrases(school: School, actor: Actor, readers: dict[str, ParentReader], most: int) -> list[Piece]:
    """What Porchlight says by itself, in books that nobody who grew up with the language has read over."""
    books, found = phrases.books(), list[Piece]()
    read = set(ParentVerdict.objects.visible_to(actor).values_list("reader", "phrase"))
    original = books.get(school.language, books[phrases.LAST_RESORT])
    for tag, reader in readers.items():
        book = books.get(tag)
        if not reader.takes_phrases or book is None or book.checked_by or tag == original.language:
            continue
        for name in book.phrases:
            if name in original.phrases and (reader.pk, name) not in read:
                said, text = original.phrases[name], phrases.standing(name, tag, school)
                found.append(
                    Piece(f"phrase-{tag}-{name}", said, original.language, text, tag, reader, phrase=name)
                )
    return found[:most]


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
        verdict, better = Verdict.GOOD, ""
    if verdict is Verdict.BETTER:
        _look(piece, better, school)
    row = ParentVerdict.objects.create(
        school=school, reader=piece.reader, check_of=piece.check, term=piece.term, version=piece.version,
        phrase=piece.phrase, verdict=verdict, at=now, before=piece.text if better else "",
        after=better if piece.phrase else "",
    )  # fmt: skip
    record("translation.read_by_parent", about=piece.reader, by=by, verdict=verdict.value)
    if verdict is Verdict.CANNOT:
        return row
    if piece.check is not None:
        name = credit(piece.reader, school)
        settle_as(piece.check, text=better or piece.text, name=name, staff=None, now=now, by=by)
    elif piece.version is not None:
        read_version(
            piece.version, text=better or piece.text, name=credit(piece.reader, school), by=by, now=now
        )
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
    if (
        wrong
        or hides
        or fixed[0] != fixed[1]
        or phrases.places_in(piece.text) != phrases.places_in(better)
        or names_somebody(better, names_of(school))
    ):
        raise Changed


def _fixed(text: str) -> list[str]:
    """What no translation changes: places, addresses, numbers to ring."""
    plain = unicodedata.normalize("NFKC", text)
    return sorted([*FIXED.findall(text), *(one.lower() for one in ADDRESS.findall(plain))])
