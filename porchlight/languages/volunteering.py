"""A parent offers to read translations, or is asked; the office agrees; either ends it at any time."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext, override

from porchlight.activity.record import record
from porchlight.families.models import Guardian
from porchlight.languages.models import EndedHow, ParentReader
from porchlight.languages.pairs import plain
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox import scripts

MOST = 200  # in a list to choose from


@transaction.atomic
def offer(
    *,
    guardian: Guardian,
    language: str,
    notices: bool,
    words: bool,
    named: bool,
    by: Actor,
    now: datetime,
    phrases: bool = False,
) -> ParentReader:
    """A parent says that they would like to; also the answer of one whom the office asked. Twice is once."""
    if by.post_id != guardian.pk:
        raise PermissionDenied("Who reads says so themselves.")
    row, is_new = ParentReader.objects.get_or_create(
        school_id=guardian.school_id, guardian=guardian, language=plain(language), ended_at=None,
        defaults={"asked_at": now},
    )  # fmt: skip
    row.takes_notices, row.takes_words, row.is_named = notices, words, named
    row.takes_phrases = phrases
    row.willing_at = row.willing_at or now
    row.save()
    record("parent_reader.offered" if is_new else "parent_reader.willing", about=row, by=by)
    return row


def could_read(school: School, actor: Actor) -> list[Guardian]:
    """Adults who speak another language than the school's and read the school's as well, whom nobody asked yet."""
    here = scripts.base(school.language)
    rows = Guardian.objects.visible_to(actor).filter(reads__startswith=here).exclude(speaks__startswith=here)
    asked = ParentReader.objects.visible_to(actor).standing().values("guardian")
    found = rows.exclude(pk__in=asked).exclude(speaks="").order_by("name", "pk")[:MOST]
    return [one for one in found if scripts.base(one.reads) == here != scripts.base(one.speaks)]


@transaction.atomic
def invite(*, guardian: Guardian, language: str, by: Actor, now: datetime) -> ParentReader:
    """The office asks a parent. It is the office's yes as well; theirs is their own."""
    row, _is_new = ParentReader.objects.get_or_create(
        school_id=guardian.school_id,
        guardian=guardian,
        language=plain(language),
        ended_at=None,
        defaults={"asked_at": now, "asked_by_id": by.post_id},
    )
    return agree(row, by=by, now=now)


@transaction.atomic
def agree(row: ParentReader, *, by: Actor, now: datetime) -> ParentReader:
    """The office trusts them with it."""
    if not by.is_one_of(*ParentReader.KEPT_BY):
        raise PermissionDenied("The office agrees to that.")
    if row.agreed_at is None:
        row.agreed_at, row.agreed_by_id = now, by.post_id
        row.save(update_fields=["agreed_at", "agreed_by"])
        record("parent_reader.agreed", about=row, by=by)
    return row


@transaction.atomic
def end(row: ParentReader, *, how: EndedHow, by: Actor, now: datetime) -> None:
    """No longer, from this moment. What they read stays read."""
    if row.ended_at is None:
        row.ended_at, row.ended_how = now, how
        row.save(update_fields=["ended_at", "ended_how"])
        record("parent_reader.ended", about=row, by=by, how=how.value)


def credit(row: ParentReader, school: School) -> str:
    """As homes and colleagues are told who read something over: by name only where they said so."""
    if row.is_named:
        return row.guardian.name  # never as they are addressed: that often names a child
    with override(school.language):
        # Translators: "read over by a parent"
        return gettext("a parent")
