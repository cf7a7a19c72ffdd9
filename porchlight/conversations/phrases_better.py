"""Phrases of Porchlight's that parents said better: what waits for the office, what it took over, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max, Q

from porchlight.conversations.models import ParentVerdict
from porchlight.delivery.models import Delivery
from porchlight.families.models import Guardian
from porchlight.languages import phrases
from porchlight.languages.models import OwnPhrase
from porchlight.languages.own_phrases import take_over
from porchlight.languages.volunteering import credit
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox import scripts

MOST = 60  # on one page


@dataclass(frozen=True, slots=True)
class Better:
    """One phrase as a parent would say it. `original`: in the school's language; `adults`: how many here read it."""

    verdict: ParentVerdict
    language: str
    original: str
    stands: str
    adults: int


@dataclass(frozen=True, slots=True)
class Taken:
    """One that homes get; `times`: messages that carried it since, `last`: when."""

    row: OwnPhrase
    said_by: str
    original: str
    adults: int
    times: int
    last: datetime | None


def offered(school: School, actor: Actor) -> list[Better]:
    """Said better and not said so to homes, the newest first; where two parents differ, both stand there."""
    rows = ParentVerdict.objects.visible_to(actor).exclude(phrase="").exclude(after="").order_by("-at")
    taken = OwnPhrase.objects.visible_to(actor).standing()
    known = set(taken.values_list("language", "phrase", "text"))
    reads, found = _adults(school, actor), list[Better]()
    for row in rows.select_related("reader__guardian")[: 2 * MOST]:
        tag, book = row.reader.language, phrases.books().get(row.reader.language)
        if book is None or row.phrase not in book.phrases or (tag, row.phrase, row.after) in known:
            continue
        stands = phrases.standing(row.phrase, tag, school)
        found.append(Better(row, tag, original_of(row.phrase, school), stands, reads.get(tag, 0)))
    return found[:MOST]


def taken_over(school: School, actor: Actor) -> list[Taken]:
    """What this school says in its own words, and how often it has. Of phrases that we no longer say, nothing."""
    standing = OwnPhrase.objects.visible_to(actor).standing().order_by("language", "-taken_at")
    standing = standing.filter(phrase__in=phrases.books()[phrases.LAST_RESORT].phrases)
    rows = list(standing.select_related("said_by__guardian", "taken_by")[:MOST])
    reads, said = _adults(school, actor), _said_since(rows, actor)
    return [
        Taken(
            row,
            credit(row.said_by, school) if row.said_by is not None else "",
            original_of(row.phrase, school),
            reads.get(row.language, 0),
            *said[row.pk],
        )
        for row in rows
    ]


@transaction.atomic
def take(verdict: ParentVerdict, *, school: School, by: Actor, now: datetime) -> OwnPhrase:
    """Homes get it so from now on. Raises CannotTakeOver."""
    return take_over(
        school=school, language=verdict.reader.language, phrase=verdict.phrase, text=verdict.after,
        said_by=verdict.reader, by=by, now=now,
    )  # fmt: skip


def original_of(phrase: str, school: School) -> str:
    """The phrase in the school's language, else English."""
    tag = phrases.book_for(school.language)
    return phrases.standing(
        phrase, tag if phrase in phrases.books()[tag].phrases else phrases.LAST_RESORT, school
    )


def _adults(school: School, actor: Actor) -> dict[str, int]:
    """By the book that answers them, how many adults of this school."""
    found: dict[str, int] = {}
    rows = Guardian.objects.visible_to(actor).in_school(school)
    for adult in rows.only("reads", "speaks", "script").iterator():
        tag = scripts.matches(adult.reading, phrases.books())
        if tag:
            found[tag] = found.get(tag, 0) + 1
    return found


def _said_since(rows: Sequence[OwnPhrase], actor: Actor) -> dict[int, tuple[int, datetime | None]]:
    """By row, the messages sent since that hold its longest part without a place, and the last: asked once for all."""
    if not rows:
        return {}
    asked: dict[str, Count | Max] = {}
    for row in rows:
        part = max((piece.strip() for piece in phrases.PLACES.split(row.text)), key=len)
        carried = Q(sent_at__gte=row.taken_at, body__text__icontains=part)
        asked |= {
            f"times_{row.pk}": Count("pk", filter=carried),
            f"last_{row.pk}": Max("sent_at", filter=carried),
        }
    sent = Delivery.objects.visible_to(actor).filter(sent_at__gte=min(row.taken_at for row in rows))
    found = sent.aggregate(**asked)
    return {row.pk: (found[f"times_{row.pk}"], found[f"last_{row.pk}"]) for row in rows}
