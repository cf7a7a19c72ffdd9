"""A notice in the languages of its homes: what it waits for, and what is kept beside it once it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from porchlight.conversations.audience import Resolved
from porchlight.conversations.checking import ask_to_check, holds_back, must_be_checked
from porchlight.conversations.models import Ask, CheckReason, Notice, NoticeVersion
from porchlight.conversations.translations import Translated, label_choices, translations
from porchlight.conversations.wording import Words
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.tiers import Tier

PATIENCE = timedelta(minutes=2)  # then homes without a version get the original, marked so
URGENT_PATIENCE = timedelta(seconds=20)


def words_of(notice: Notice) -> Words:
    """The notice's text with the versions there are of it."""
    versions = {
        row.language: Version(row.text, row.language, Provenance(row.provenance), row.by, row.checked_by)
        for row in notice.versions.all()
    }
    return Words(notice.text, notice.language, versions)


def keep_versions(notice: Notice, versions: Mapping[str, Version]) -> None:
    """Beside the notice, with who stands for each; one that is there already stays."""
    NoticeVersion.objects.bulk_create(
        [
            NoticeVersion(
                school_id=notice.school_id,
                notice=notice,
                language=tag,
                text=version.text,
                provenance=version.provenance.value,
                by=version.by,
                checked_by=version.checked_by,
            )
            for tag, version in versions.items()
        ],
        ignore_conflicts=True,
    )


def waits_for_translation(notice: Notice, resolved: Resolved, *, now: datetime) -> bool:
    """Whether it stays here a moment longer: an engine is at it, or somebody has to read what it made.

    What is urgent waits for no person: its reason stands in the record, and its words say that a machine made them.
    """
    found = _found(notice, resolved, now)
    since = max(notice.released_at or now, notice.goes_at)
    if found.waiting and now < since + (URGENT_PATIENCE if notice.is_urgent else PATIENCE):
        return True
    if not must_be_checked(kind=notice.kind, tier=Tier(notice.tier)) or notice.is_urgent:
        return False
    for tag in found.by_machine:
        ask_to_check(notice=notice, target=tag, reason=CheckReason.MATTERS, now=now)
    return holds_back(notice=notice)


def keep_translations(notice: Notice, resolved: Resolved, *, now: datetime) -> None:
    """What is there now is what goes out, and what every page shows from now on."""
    found = _found(notice, resolved, now)
    keep_versions(notice, found.versions)
    question = Ask.objects.filter(notice=notice).first()
    if question is not None and label_choices(question, found.labels, notice.language):
        question.save(update_fields=["options"])
    for tag in found.wrong:
        ask_to_check(notice=notice, target=tag, reason=CheckReason.NOT_RIGHT, now=now)
    for tag in found.doubted:
        ask_to_check(notice=notice, target=tag, reason=CheckReason.OWN_WORD, now=now)
    for tag in found.guessed:
        ask_to_check(notice=notice, target=tag, reason=CheckReason.LETTERS, now=now)


def _found(notice: Notice, resolved: Resolved, now: datetime) -> Translated:
    return translations(
        notice.school,
        words_of(notice),
        resolved.recipients,
        tier=Tier(notice.tier),
        now=now,
        question=Ask.objects.filter(notice=notice).first(),
    )
