"""The school's own words: how each is said in a language, or that it stays as it is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from porchlight.activity.record import record
from porchlight.languages.checks import GLOSSARY, doubts
from porchlight.languages.models import Sentence, Term
from porchlight.languages.pairs import plain
from porchlight.schools.actors import Actor
from porchlight.schools.models import School


@transaction.atomic
def write_term(
    *, school: School, source: str, target: str, words: str, translation: str, by: Actor, now: datetime
) -> Term:
    """Keep or rewrite one. A machine's sentences that say the word otherwise are doubted from now on."""
    term, _is_new = Term.objects.update_or_create(
        school=school,
        source=plain(source),
        target=plain(target) if target else "",
        words=words.strip(),
        defaults={
            "translation": translation.strip(),
            "written_by_id": by.post_id if by.is_staff else None,
            "written_at": now,
        },
    )
    record("glossary.written", about=term, by=by, target=term.target)
    _doubt_anew(term)
    return term


@transaction.atomic
def take_out(term: Term, *, by: Actor) -> None:
    """The word is nobody's concern any more."""
    record("glossary.removed", about=term, by=by, target=term.target)
    term.delete()


def _doubt_anew(term: Term) -> None:
    """Sentences that a machine made before somebody wrote the word down."""
    rows = Sentence.objects.in_school(term.school_id).filter(source=term.source, made_at__isnull=False)
    if not term.translation:
        return
    for row in (
        rows.filter(target=term.target, checked_by=None, read_by_parent=False).exclude(engine="").iterator()
    ):
        if GLOSSARY not in row.doubts and GLOSSARY in doubts(row.text, row.translated, row.target, [term]):
            row.doubts = [*row.doubts, GLOSSARY]
            row.save(update_fields=["doubts"])
