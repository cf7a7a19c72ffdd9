"""Announcements from draft to outbox: preview, release, a second pair of eyes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from porchlight.activity.record import record
from porchlight.conversations.ask_codes import new_code
from porchlight.conversations.audience import Audience, AudienceKind, Resolved, resolve
from porchlight.conversations.checking import holds_back
from porchlight.conversations.models import AnswerFrom, Approval, Ask, Kind, Notice
from porchlight.conversations.notice_versions import (
    keep_translations,
    keep_versions,
    waits_for_translation,
    words_of,
)
from porchlight.conversations.tell import NOTICE_HOLD, URGENT_HOLD, plan_for, tell
from porchlight.conversations.translations import NOTHING, Translated, label_choices, translations
from porchlight.conversations.utterance import Utterance
from porchlight.conversations.wording import Words
from porchlight.delivery.planning import Planned
from porchlight.files.enclosing import enclosed_of
from porchlight.languages.provenance import Version
from porchlight.schools.actions import add_closure
from porchlight.schools.actors import Actor, Role, system
from porchlight.schools.live.versions import Topic, changed
from porchlight.schools.models import School
from porchlight.schools.tiers import Tier

HOMES_ONE_PERSON_MAY_REACH = 300


class NoticeRefused(ValueError):
    """The notice cannot go as it is; the message says why and what to do, in words for staff."""


@dataclass(frozen=True, slots=True)
class Question:
    """The ask a notice carries, as written in the compose form."""

    shape: str
    options: Sequence[Mapping[str, Any]] = ()  # [{"key": "1", "labels": {"en": "Friday"}}]
    closes_at: datetime | None = None
    answer_from: str = "household"


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything a notice says, before it is kept."""

    text: str
    language: str
    audience: Audience
    kind: str = Kind.INFORMATION
    subject: str = ""
    urgent_reason: str = ""
    goes_at: datetime | None = None
    tier: Tier = Tier.L1
    versions: Mapping[str, Version] = field(default_factory=dict)
    question: Question | None = None
    template_id: int | None = None
    enclosed: str = ""  # the key of a kept photo or letter
    closes_on: date | None = None  # no school that day; the whole school's goes into the calendar as well


@dataclass(frozen=True, slots=True)
class Preview:
    """Who would get what, how and when; nothing is written."""

    resolved: Resolved
    planned: tuple[Planned, ...]
    translated: Translated = NOTHING

    @property
    def reached(self) -> tuple[Planned, ...]:
        return tuple(one for one in self.planned if one.not_reached is None)

    @property
    def not_reached(self) -> tuple[Planned, ...]:
        return tuple(one for one in self.planned if one.not_reached is not None)

    @property
    def needs_second_person(self) -> bool:
        return self.resolved.homes > HOMES_ONE_PERSON_MAY_REACH


def preview(draft: Draft, *, school: School, by: Actor, now: datetime, asks: bool = False) -> Preview:
    """The exact texts, channels, languages, hours and costs the draft would have.

    `asks`: what nobody has translated yet is asked for, where the school trusts an engine; look again in a moment.
    """
    alone = for_guardians_alone(draft.tier, draft.question.answer_from if draft.question else "")
    today = school.local(now).date()
    resolved = resolve(draft.audience, actor=by, school=school, on=today, guardians_alone=alone)
    words = Words(draft.text, draft.language, draft.versions)
    asked = unsaved_ask(school, draft.question)
    found = translations(
        school, words, resolved.recipients, tier=draft.tier, now=now, asks=asks, question=asked
    )
    if asked is not None:
        label_choices(asked, found.labels, draft.language)
    utterance = Utterance(
        words=found.added_to(words),
        kind=draft.kind,
        subject=draft.subject,
        tier=draft.tier,
        urgent_reason=draft.urgent_reason,
        ask=asked,
        enclosed=enclosed_of(school, draft.enclosed),
    )
    planned = plan_for(school=school, recipients=resolved.recipients, utterance=utterance, by=by, now=now)
    return Preview(resolved, tuple(planned), found)


def unsaved_ask(school: School, question: Question | None) -> Ask | None:
    """The question as an Ask that is not yet kept."""
    if question is None:
        return None
    return Ask(
        school=school,
        shape=question.shape,
        options=list(question.options),
        closes_at=question.closes_at,
        answer_from=question.answer_from,
        code=new_code(school.pk),
    )


@transaction.atomic
def write(draft: Draft, *, school: School, by: Actor, now: datetime, press: str = "") -> Notice:
    """Keep a notice without sending it. The same `press` of a button, come twice, is the same notice."""
    if by.post_id is None or not by.is_staff:
        raise PermissionDenied("Only staff write notices.")
    kept = Notice.objects.in_school(school).filter(press=press).first() if press else None
    if kept is not None:
        return kept
    notice = Notice.objects.create(
        school=school,
        by_id=by.post_id,
        press=press,
        template_id=draft.template_id,
        kind=draft.kind,
        subject=draft.subject,
        text=draft.text,
        language=draft.language,
        tier=draft.tier,
        enclosed=enclosed_of(school, draft.enclosed),
        audience=draft.audience.as_json(),
        urgent_reason=draft.urgent_reason,
        goes_at=draft.goes_at or now,
        created_at=now,
        closes_on=draft.closes_on,
    )
    keep_versions(notice, draft.versions)
    ask = unsaved_ask(school, draft.question)
    if ask is not None:
        ask.notice = notice
        ask.save()
    return notice


@transaction.atomic
def release(notice: Notice, *, by: Actor, now: datetime) -> Notice:
    """Someone pressed "send". It goes now, at its hour, or waits for a second person; pressed again, nothing more.

    Raises NoticeRefused when nobody would get it.
    """
    if notice.released_at is not None:
        return notice
    resolved = _resolved(notice, by=by, now=now)
    if resolved.is_empty:
        raise NoticeRefused(
            _("Nobody would get this message. Choose a class or families that have an adult with us.")
        )
    notice.released_at = now
    notice.needs_approval = not notice.is_urgent and resolved.homes > HOMES_ONE_PERSON_MAY_REACH
    notice.save(update_fields=["released_at", "needs_approval"])
    record("notice.released", about=notice, by=by, homes=resolved.homes)
    if not notice.needs_approval and notice.goes_at <= now:
        send_if_translated(notice, by=by, now=now, resolved=resolved)
    return notice


@transaction.atomic
def approve(notice: Notice, *, by: Actor, now: datetime) -> Approval:
    """The second person says yes. Raises NoticeRefused for the author, PermissionDenied for others' posts."""
    if not by.is_one_of(Role.LEADER, Role.OFFICE) or by.post_id is None:
        raise PermissionDenied("The office or a leader looks at messages to many homes.")
    if by.post_id == notice.by_id:
        raise NoticeRefused(_("You wrote this message, so somebody else has to look at it."))
    approval = Approval.objects.create(school_id=notice.school_id, notice=notice, by_id=by.post_id, at=now)
    record("notice.approved", about=notice, by=by)
    if notice.goes_at <= now and notice.undone_at is None:
        send_if_translated(notice, by=notice.by.actor(), now=now)
    return approval


def send_if_translated(notice: Notice, *, by: Actor, now: datetime, resolved: Resolved | None = None) -> bool:
    """Send it when its translations are there, or will not come. Whether it was sent."""
    if not notice.is_urgent and holds_back(notice=notice):
        return False
    if waits_for_translation(notice, resolved or _resolved(notice, by=by, now=now), now=now):
        return False
    send(notice, by=by, now=now)
    return True


@transaction.atomic
def send(notice: Notice, *, by: Actor, now: datetime) -> Notice:
    """Put the notice into every home's thread and the outbox. The audience is the one of this day."""
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    if notice.sent_at is not None or notice.undone_at is not None:
        return notice
    school = notice.school
    resolved = _resolved(notice, by=by, now=now)
    keep_translations(notice, resolved, now=now)
    tell(
        school=school,
        recipients=resolved.recipients,
        utterance=utterance_of(notice),
        by=by,
        now=now,
        hold=hold_of(notice),
    )
    notice.sent_at = now
    notice.excluded = [
        {"reason": reason.value, "count": count} for reason, count in resolved.excluded.items()
    ]
    if notice.closes_on is not None and notice.audience["kind"] == AudienceKind.SCHOOL:
        day = notice.closes_on
        notice.closure = add_closure(
            school=school, name=notice.urgent_reason[:100], starts_on=day, ends_on=day, by=by
        )
    notice.save(update_fields=["sent_at", "excluded", "closure"])
    changed(school, Topic.NOTICES)
    record("notice.sent", about=notice, by=by, homes=resolved.homes, people=len(resolved.recipients))
    return notice


def _resolved(notice: Notice, *, by: Actor, now: datetime) -> Resolved:
    """For whom it is on this day."""
    ask = Ask.objects.filter(notice=notice).first()
    return resolve(
        Audience.from_json(notice.audience),
        actor=by,
        school=notice.school,
        on=notice.school.local(now).date(),
        guardians_alone=for_guardians_alone(notice.tier, ask.answer_from if ask else ""),
    )


def for_guardians_alone(tier: int, answer_from: str) -> bool:
    """Personal words, and what each guardian is asked, go to nobody who gets words on another adult's word."""
    return tier > Tier.L1 or answer_from == AnswerFrom.EACH_GUARDIAN


def utterance_of(notice: Notice) -> Utterance:
    """What it says, with everything that goes with it."""
    return Utterance(
        words=words_of(notice),
        kind=notice.kind,
        subject=notice.subject,
        tier=Tier(notice.tier),
        urgent_reason=notice.urgent_reason,
        notice=notice,
        ask=Ask.objects.filter(notice=notice).first(),
        enclosed=notice.enclosed,
    )


def send_due(*, school: School, now: datetime) -> int:
    """Send what was scheduled for by now; the sweeper calls this. Returns how many went."""
    due = Notice.objects.in_school(school).due(now=now).exclude(needs_approval=True, approval=None)
    count = 0
    for notice in due.select_related("by"):
        author = notice.by.actor() if notice.by.left_at is None else system(school.pk)
        count += send_if_translated(notice, by=author, now=now)
    return count


def hold_of(notice: Notice) -> timedelta:
    """How long it can be taken back. Half asleep at ten to six, anybody presses the wrong class."""
    return URGENT_HOLD if notice.is_urgent else NOTICE_HOLD
