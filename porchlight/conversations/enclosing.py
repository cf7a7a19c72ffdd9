"""What a colleague puts beside their words: kept when it was chosen, or said in the form why not."""

from __future__ import annotations

from typing import BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from porchlight.files.cleaning import NotKept, Reason
from porchlight.files.enclosing import keep_enclosed
from porchlight.files.models import StoredFile
from porchlight.files.scanning import ScannerAway
from porchlight.schools.models import School

WHY: dict[Reason, Promise] = {
    Reason.KIND: gettext_lazy("Choose a photo (JPEG, PNG or WebP) or a letter as PDF. Nothing was sent."),
    Reason.DAMAGED: gettext_lazy("This file cannot be opened. Choose another. Nothing was sent."),
    Reason.TOO_LARGE: gettext_lazy(
        "This is too large: a photo may have 20 MB, a letter 5 MB. Nothing was sent."
    ),
    Reason.INFECTED: gettext_lazy("The virus scanner knows this file as harmful. Nothing was sent."),
}


def enclosed_from(form: forms.Form, school: School) -> StoredFile | None:
    """The photo or letter of a form, kept; what is wrong with it stands in the form."""
    chosen: UploadedFile | None = form.cleaned_data.get("photo")
    if chosen is None or chosen.file is None:
        return None
    try:
        return keep_enclosed(school=school, content=cast("BinaryIO", chosen.file), size=chosen.size or 0)
    except NotKept as refused:
        form.add_error("photo", str(WHY[refused.reason]))
    except ScannerAway:
        form.add_error("photo", scanner_words())
    return None


def scanner_words() -> str:
    """Nothing goes out that the school's own scanner could not look at."""
    return _("The virus scanner does not answer just now, so nothing was sent. Try again in a minute.")


def along_words(file: StoredFile) -> str:
    """What goes along, and how much data it costs a family."""
    size = max(1, round(file.size / 1000))
    if file.seen_type == "application/pdf":
        return _("A letter goes along (PDF, %(size)s KB).") % {"size": size}
    return _("A photo goes along (%(size)s KB).") % {"size": size}
