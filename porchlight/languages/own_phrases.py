"""A school takes a phrase over as a parent said it better, or goes back to ours.

Nothing of what a phrase must hold may be lost by it: its places, the words a home can answer with, the letters that fit
on a button. What WhatsApp has approved stays as it is there.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porchlight.activity.record import record
from porchlight.languages import phrases
from porchlight.languages.models import OwnPhrase, ParentReader
from porchlight.languages.ways_named import keeps_ways
from porchlight.schools.actors import Actor
from porchlight.schools.models import School

APPROVED = "template_"  # WhatsApp has these word for word
ON_A_BUTTON = 20  # letters


class CannotTakeOver(Exception):
    """`why`: in words for who pressed it."""

    def __init__(self, why: Promise) -> None:
        super().__init__(str(why))
        self.why = why


@transaction.atomic
def take_over(
    *,
    school: School,
    language: str,
    phrase: str,
    text: str,
    said_by: ParentReader | None,
    by: Actor,
    now: datetime,
) -> OwnPhrase:
    """From now on homes of this school that read `language` get it so. Twice is once. Raises CannotTakeOver."""
    why = what_is_wrong(language, phrase, text)
    if why is not None:
        raise CannotTakeOver(why)
    locked = School.objects.select_for_update().get(pk=school.pk)
    before = OwnPhrase.objects.in_school(school).standing().filter(language=language, phrase=phrase)
    if (same := before.filter(text=text).first()) is not None:
        return same
    stood = phrases.standing(phrase, language, locked)
    before.update(withdrawn_at=now, withdrawn_by=by.post_id if by.is_staff else None)
    row = OwnPhrase.objects.create(
        school=school, language=language, phrase=phrase, text=text, stood=stood, said_by=said_by,
        taken_by_id=by.post_id if by.is_staff else None, taken_at=now,
    )  # fmt: skip
    record("own_phrase.taken_over", about=row, by=by, phrase=phrase, language=language)
    _keep_with(school)
    return row


@transaction.atomic
def withdraw(row: OwnPhrase, *, school: School, by: Actor, now: datetime) -> None:
    """Homes get ours again. Twice is once."""
    School.objects.select_for_update().get(pk=school.pk)
    gone = OwnPhrase.objects.filter(pk=row.pk).standing()
    if gone.update(withdrawn_at=now, withdrawn_by=by.post_id if by.is_staff else None):
        record("own_phrase.withdrawn", about=row, by=by, phrase=row.phrase, language=row.language)
        _keep_with(school)


def what_is_wrong(language: str, phrase: str, text: str) -> Promise | None:
    """Why this cannot be said to homes in place of ours, in words; None where it can."""
    book = phrases.books().get(language)
    if book is None or phrase not in book.phrases:
        return _("Porchlight does not say this in that language any more.")
    if phrase.startswith(APPROVED):
        return _("WhatsApp has approved these words as they stand, so they cannot be changed here.")
    ours = book.phrases[phrase]
    if not text.strip() or phrases.places_in(text) != phrases.places_in(ours):
        return _(
            "What stands in brackets is filled in for each home: the same brackets have to stand in the new words."
        )
    both = [(ours, text), (phrases.always(ours), phrases.always(text))]
    if not all(keeps_ways(before, after, language) for before, after in both):
        return _("A word or number that homes can answer with is different there. It has to stay.")
    if len(ours) <= ON_A_BUTTON < len(text):
        return _("These words stand on a button: no more than 20 letters fit.")
    return None


def _keep_with(school: School) -> None:
    """What is said lies with the school's own row, which everything that speaks has at hand."""
    kept: dict[str, dict[str, str]] = {}
    for row in OwnPhrase.objects.in_school(school).standing():
        kept.setdefault(row.language, {})[row.phrase] = row.text
    school.own_phrases = kept
    school.save(update_fields=["own_phrases"])
