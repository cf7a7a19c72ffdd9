"""What the school told a child's home that the child may read too: announcements, in the child's own language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from porchlight.conversations.models import Notice
from porchlight.conversations.notice_versions import words_of
from porchlight.conversations.provenance_words import provenance_words
from porchlight.conversations.wording import fill_about
from porchlight.conversations.writing import class_names
from porchlight.design.parts import Bubble, Saying, Tag
from porchlight.families.models import Student
from porchlight.schools.actors import Actor
from porchlight.toolbox import school_time


def told_home(student: Student, *, actor: Actor, language: str, since: datetime, most: int) -> list[Bubble]:
    """The latest announcements since a moment, newest first, in the version for a reading language."""
    rows = Notice.objects.visible_to(actor).filter(sent_at__gte=since)
    latest = rows.select_related("by", "school", "ask").prefetch_related("versions")
    classes = class_names(student.school, [student], school_time.now())
    return [
        _bubble(notice, student, language, classes) for notice in latest.order_by("-sent_at", "-pk")[:most]
    ]


def _bubble(notice: Notice, student: Student, language: str, classes: Mapping[int, str]) -> Bubble:
    version = words_of(notice).for_reader(language)
    said, original = (
        Saying(fill_about(text, [student], school=notice.school, class_names=classes), tag)
        for text, tag in ((version.text, version.language), (notice.text, notice.language))
    )
    return Bubble(
        author=notice.by.name,
        said=said,
        at=notice.sent_at or notice.goes_at,
        dated=True,
        original=None if version.is_original else original,
        provenance=""
        if version.is_original
        else provenance_words(version.provenance, version.by, version.checked_by),
        tags=[Tag(_("Your home was asked"), "info")] if hasattr(notice, "ask") else [],
        key=notice.key,
    )
