"""Words that wait for their translation: a reply leaves when it is there, a home's words are shown with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from porchlight.conversations.by_adult import recipients_of
from porchlight.conversations.checking import ask_to_check, holds_back, must_be_checked
from porchlight.conversations.doorstep import HELLO
from porchlight.conversations.heard_letters import heard_of, recall_heard
from porchlight.conversations.listeners import on_said
from porchlight.conversations.models import Author, Awaiting, CheckReason, Message, Rendering
from porchlight.conversations.tell import REPLY_HOLD, carry_on
from porchlight.conversations.translations import translations
from porchlight.conversations.utterance import Utterance
from porchlight.conversations.wording import Words
from porchlight.languages.memory import ask
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.actors import system
from porchlight.schools.live.versions import Topic, changed
from porchlight.schools.models import School
from porchlight.schools.tiers import Tier
from porchlight.toolbox import scripts

PATIENCE = timedelta(minutes=2)  # then a reply goes as it was written, marked so
FOR_READERS = timedelta(days=1)  # how long a home's words may be looked for in the school's language


@on_said
def hear_in_school_language(message: Message) -> None:
    """A home wrote in another language: staff are to read it in theirs as well. Nothing is decided by it."""
    school = message.school
    if not message.is_from_home or not message.text or message.tier > Tier.L1 or message.kind == HELLO:
        return
    if scripts.same_reading(message.language, school.language):
        return
    now = message.said_at
    if render_heard(message, now):
        return
    heard = heard_of(message)
    if ask(heard.pair, heard.text, tier=Tier(message.tier), now=now):
        Awaiting.objects.create(school_id=message.school_id, message=message, since=now)


def render_heard(message: Message, now: datetime) -> bool:
    """Put the translation beside a home's words, if it is there. Whether nothing more is to be waited for."""
    found = recall_heard(message, now)
    if found.version is not None:
        _render(message, found.version)
        changed(message.school_id, Topic.TALK)
    return found.version is not None or bool(found.doubts)


def finish(*, school: School, now: datetime) -> None:
    """A job of the rounds: whatever is translated by now goes on its way."""
    rows = Awaiting.objects.in_school(school).select_related(
        "message__thread__guardian",
        "message__thread__student",
        "message__thread__school",
        "message__staff",
        "message__rendering",
    )
    ours: dict[str, list[Awaiting]] = defaultdict(list)
    for row in rows.order_by("since", "pk"):
        if row.message.is_from_home:
            if render_heard(row.message, now) or now > row.since + FOR_READERS:
                row.delete()
        else:
            ours[row.message.together or row.message.key].append(row)
    for copies in ours.values():
        _finish_ours(school, copies, now)


@transaction.atomic
def _finish_ours(school: School, rows: Sequence[Awaiting], now: datetime) -> None:
    """One utterance to those who share a thread: all of it goes, or none of it yet."""
    standing = [row.message for row in rows if row.message.undone_at is None]
    first = standing[0] if standing else None
    if first is not None:
        recipients = recipients_of(standing)
        words = Words(first.text, first.language, _read_over(first))
        tier = Tier(first.tier)
        found = translations(school, words, recipients, tier=tier, now=now)
        if found.waiting and now < rows[0].since + PATIENCE:
            return
        if must_be_checked(kind=first.kind, tier=tier):
            for tag in found.by_machine:
                ask_to_check(message=first, target=tag, reason=CheckReason.MATTERS, now=now)
            if holds_back(message=first):
                return
        words = found.added_to(words)
        for message in standing:
            version = words.for_reader(message.thread.guardian.reading)
            if not version.is_original:
                _render(message, words.versions[version.language])
        by = first.staff.actor() if first.author == Author.STAFF and first.staff else system(school.pk)
        utterance = Utterance(
            words=words, kind=first.kind, tier=tier, sound=first.sound, enclosed=first.enclosed
        )
        carry_on(
            school=school, messages=standing, recipients=recipients, utterance=utterance, by=by, now=now,
            hold=max(timedelta(), (rows[0].not_before or first.said_at + REPLY_HOLD) - now),
        )  # fmt: skip
    Awaiting.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _read_over(message: Message) -> dict[str, Version]:
    """The version that somebody made or read over while the message waited."""
    row: Rendering | None = getattr(message, "rendering", None)
    if row is None:
        return {}
    made = Version(row.text, row.language, Provenance(row.provenance), row.by, row.checked_by)
    return {row.language: made}


def _render(message: Message, version: Version) -> None:
    Rendering.objects.update_or_create(
        message=message,
        defaults={
            "school_id": message.school_id,
            "text": version.text,
            "language": version.language,
            "provenance": version.provenance.value,
            "by": version.by,
            "checked_by": version.checked_by,
        },
    )
