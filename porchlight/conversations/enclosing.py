"""What a colleague puts beside their words: kept when it was chosen, or said in the form why not."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from porchlight.activity.record import record
from porchlight.conversations.models import FilmLimit
from porchlight.design.weights import weight
from porchlight.files.cleaning import NotKept, Reason
from porchlight.files.enclosing import keep_enclosed
from porchlight.files.filming import FilmRule, is_film
from porchlight.files.handing_out import FILM
from porchlight.files.models import StoredFile
from porchlight.files.scanning import ScannerAway
from porchlight.schools.actors import Actor
from porchlight.schools.models import School

WHY: dict[Reason, Promise] = {
    Reason.KIND: gettext_lazy("Choose a photo (JPEG, PNG or WebP) or a letter as PDF. Nothing was sent."),
    Reason.DAMAGED: gettext_lazy("This file cannot be opened. Choose another. Nothing was sent."),
    Reason.TOO_LARGE: gettext_lazy(
        "This is too large: a photo may have 20 MB, a letter 5 MB, a film 100 MB. Nothing was sent."
    ),
    Reason.INFECTED: gettext_lazy("The virus scanner knows this file as harmful. Nothing was sent."),
}


def film_rule(school: School) -> FilmRule:
    """What this school lets a film have."""
    row = FilmLimit.objects.in_school(school).first()
    return row.as_rule() if row is not None else FilmRule()


@transaction.atomic
def limit_films(school: School, *, seconds: int, kilobytes: int, by: Actor, now: datetime) -> FilmLimit:
    """From now on, for every colleague."""
    row, _is_new = FilmLimit.objects.update_or_create(
        school=school,
        defaults={"seconds": seconds, "kilobytes": kilobytes, "set_by_id": by.post_id, "set_at": now},
    )
    record("films.limited", about=row, by=by, seconds=seconds, kilobytes=kilobytes)
    return row


def enclosed_from(form: forms.Form, school: School) -> StoredFile | None:
    """The photo, film or letter of a form, kept; what is wrong with it stands in the form."""
    chosen: UploadedFile | None = form.cleaned_data.get("photo")
    if chosen is None or chosen.file is None:
        return None
    content, films = cast("BinaryIO", chosen.file), film_rule(school)
    try:
        return keep_enclosed(school=school, content=content, size=chosen.size or 0, films=films)
    except NotKept as refused:
        form.add_error("photo", _why(refused.reason, content, films))
    except ScannerAway:
        form.add_error("photo", scanner_words())
    return None


def _why(reason: Reason, content: BinaryIO, films: FilmRule) -> str:
    if reason is Reason.TOO_LONG:
        words = ngettext(
            "This film is longer than one second. Choose a shorter one. Nothing was sent.",
            "This film is longer than %(n)s seconds. Choose a shorter one. Nothing was sent.",
            films.seconds,
        )
        return words % {"n": films.seconds}
    if reason is Reason.KIND and not films.seconds and is_film(content):
        return _("Your school sends no films. Nothing was sent.")
    return str(WHY[reason])


def scanner_words() -> str:
    """Nothing goes out that the school's own scanner could not look at."""
    return _("The virus scanner does not answer just now, so nothing was sent. Try again in a minute.")


def along_words(file: StoredFile) -> str:
    """What goes along, and what it costs a family to see it."""
    names = {"weight": weight(file.size), "seconds": max(1, round(file.seconds or 0))}
    if file.seen_type == "application/pdf":
        return _("A letter goes along (PDF, %(weight)s).") % names
    if file.seen_type == FILM:
        return _("A film of %(seconds)s s goes along (%(weight)s).") % names
    return _("A photo goes along (%(weight)s).") % names
