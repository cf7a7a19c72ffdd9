"""A person reads a translation beside its original: before it leaves where it matters, else when it is doubted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from porchlight.activity.record import record
from porchlight.conversations.in_letters import Seeking
from porchlight.conversations.models import (
    Check,
    CheckReason,
    Kind,
    Message,
    Notice,
    NoticeVersion,
    Rendering,
    Unchecked,
)
from porchlight.conversations.wording import Words
from porchlight.languages.lettering import learn
from porchlight.languages.letters.romanising import speaks
from porchlight.languages.masking import names_of
from porchlight.languages.memory import keep, pair_of
from porchlight.languages.models import KnownLanguage
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.actors import Actor, system
from porchlight.schools.live.versions import Topic, changed
from porchlight.schools.tiers import Tier
from porchlight.toolbox import scripts

# Kinds of words on which much hangs, whichever room says them.
MATTERS = frozenset({Kind.WORRY.value, Kind.SAFETY.value, Kind.CONSENT.value, "concern", "agreement"})


def must_be_checked(*, kind: str, tier: Tier) -> bool:
    """Whether a machine's words of this kind wait for a person before they leave."""
    return kind in MATTERS or tier >= Tier.L2


def holds_back(*, notice: Notice | None = None, message: Message | None = None) -> bool:
    """Whether somebody still has to read it, and nobody said that it may go unread."""
    about = {"notice": notice} if notice is not None else {"message": message}
    if Unchecked.objects.filter(**about).exists():
        return False
    return Check.objects.waiting().filter(reason=CheckReason.MATTERS, **about).exists()


@transaction.atomic
def ask_to_check(
    *,
    target: str,
    reason: CheckReason,
    now: datetime,
    notice: Notice | None = None,
    message: Message | None = None,
    by: Actor | None = None,
) -> Check:
    """Lay a translation before whoever reads the language: once while it waits, however many doubt it."""
    school_id = notice.school_id if notice is not None else message.school_id  # type: ignore[union-attr]  # one is given
    school = notice.school if notice is not None else message.school  # type: ignore[union-attr]  # one is given
    source = notice.language if notice is not None else message.language  # type: ignore[union-attr]  # one is given
    known = source if scripts.same_reading(target, school.language) else target
    check, is_new = Check.objects.get_or_create(
        school_id=school_id,
        notice=notice,
        message=message,
        target=target,
        done_at=None,
        defaults={
            "language": scripts.base(known),
            "reason": reason,
            "asked_by_id": by.post_id if by is not None and by.is_staff else None,
            "asked_at": now,
        },
    )
    if is_new:
        record("translation.doubted", about=check, by=by or system(school_id), reason=reason.value)
        changed(school_id, Topic.TALK)
    return check


@transaction.atomic
def doubt(message: Message, *, by: Actor, now: datetime) -> Check | None:
    """Either side says that a translated text reads wrongly. None where the words are no translation."""
    rendering = getattr(message, "rendering", None)
    if rendering is None:
        return None
    reason = CheckReason.DOUBT_OF_STAFF if by.is_staff else CheckReason.DOUBT_OF_HOME
    about = {"notice": message.notice} if message.notice_id else {"message": message}
    return ask_to_check(target=rendering.language, reason=reason, now=now, by=by, **about)


def may_check(check: Check, actor: Actor) -> bool:
    """Whether this colleague reads the language well enough, as the school has it."""
    known = KnownLanguage.objects.in_school(check.school_id).filter(language=check.language, checks=True)
    return actor.is_staff and known.filter(staff=actor.post_id).exists()


def said_in(check: Check) -> Notice | Message:
    """What the translation is of."""
    said = check.notice if check.notice is not None else check.message
    assert said is not None  # noqa: S101 - a constraint: one of the two
    return said


def standing(check: Check, now: datetime) -> Version | None:
    """The translation as it stands: what was sent, else what would be."""
    if check.notice is not None:
        row: NoticeVersion | Rendering | None = check.notice.versions.filter(language=check.target).first()
    else:
        row = Rendering.objects.filter(message=check.message, language=check.target).first()
    if row is not None:
        return Version(row.text, row.language, Provenance(row.provenance), row.by, row.checked_by)
    return _seeking(check, now).found(said_in(check).text, check.target).version


def _seeking(check: Check, now: datetime) -> Seeking:
    """Where versions of what is checked are looked for, in either letters."""
    said = said_in(check)
    rows = check.notice.versions.all() if check.notice is not None else ()
    versions = {
        row.language: Version(row.text, row.language, Provenance(row.provenance), row.by, row.checked_by)
        for row in rows
    }
    return Seeking(check.school, Words(said.text, said.language, versions), names_of(check.school), now)


def texts_of(check: Check, now: datetime) -> tuple[str, str]:
    """The original, and the translation as it stands; empty where there is none that could be sent."""
    version = standing(check, now)
    return said_in(check).text, version.text if version is not None else ""


@transaction.atomic
def settle(check: Check, *, text: str, by: Actor, now: datetime) -> Check:
    """It was read: right as it stands, or put right. Either way the memory has it, under the reader's name.

    Raises PermissionDenied for who does not read the language.
    """
    if by.post_id is None or not may_check(check, by):
        raise PermissionDenied("Who checks a translation reads its language.")
    check = Check.objects.select_for_update().get(pk=check.pk)
    if check.done_at is not None:
        return check
    settle_as(check, text=text, name=by.name, staff=by.post_id, now=now, by=by)
    return check


def settle_as(check: Check, *, text: str, name: str, staff: int | None, now: datetime, by: Actor) -> None:
    """The same, for whoever was found to read the language: a colleague, or a parent (`staff` is None)."""
    said, before = said_in(check), standing(check, now)
    text = text.strip() or (before.text if before is not None else "")
    check.mended = before is None or text.split() != before.text.split()
    check.done_at, check.done_by_id = now, staff
    check.save(update_fields=["mended", "done_at", "done_by"])
    pair = pair_of(check.school, said.language, check.target, names=names_of(check.school))
    keep(pair, said.text, text, by=staff, name=name, now=now, tier=Tier(said.tier))
    _learn_letters(check, text, by, now)
    made = (
        before
        if before is not None and not check.mended
        else Version(text, check.target, Provenance.PERSON, name)
    )
    _put_right(check, replace(made, checked_by=name))
    record("translation.checked", about=check, by=by, mended=check.mended)
    changed(check.school_id, Topic.TALK)
    changed(check.school_id, Topic.NOTICES)


def _learn_letters(check: Check, text: str, by: Actor, now: datetime) -> None:
    """What was put right in Latin letters is spelled so from now on, word by word."""
    base = speaks(check.target)
    if not base or not check.mended:
        return
    seeking = _seeking(check, now)
    own = seeking.in_script(said_in(check).text, base).version
    if own is not None:
        learn(
            school=check.school, target=check.target, text=own.text, corrected=text, names=seeking.names,
            by=by, now=now,
        )  # fmt: skip


def _put_right(check: Check, version: Version) -> None:
    """What pages show, and what has not left yet, is the words as they are now; what phones got, they got."""
    words = {
        "text": version.text,
        "provenance": version.provenance.value,
        "by": version.by,
        "checked_by": version.checked_by,
    }
    school, target = check.school, check.target
    if check.notice is None:
        words |= {"language": target}
        Rendering.objects.update_or_create(school=school, message=check.message, defaults=words)
        return
    NoticeVersion.objects.update_or_create(
        school=school, notice=check.notice, language=target, defaults=words
    )
    if not check.mended:
        shown = Rendering.objects.filter(message__notice=check.notice, language=check.target)
        shown.update(checked_by=version.checked_by)


@transaction.atomic
def send_unchecked(
    *, reason: str, by: Actor, now: datetime, notice: Notice | None = None, message: Message | None = None
) -> None:
    """Let words that matter leave in a machine's translation. The reason stands in the record, under a name."""
    if by.post_id is None or not by.is_staff:
        raise PermissionDenied("Staff decide that.")
    school_id = notice.school_id if notice is not None else message.school_id  # type: ignore[union-attr]  # one is given
    row, is_new = Unchecked.objects.get_or_create(
        school_id=school_id,
        notice=notice,
        message=message,
        defaults={"by_id": by.post_id, "reason": reason, "at": now},
    )
    if is_new:
        record("translation.unchecked", about=row, by=by, words=reason)
