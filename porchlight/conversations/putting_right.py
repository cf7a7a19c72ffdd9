"""Homes that had a wrong translation are told the right one: in their own thread, on the way the wrong one came."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from porchlight.activity.record import record
from porchlight.conversations.by_adult import recipients_of
from porchlight.conversations.checking import texts_of
from porchlight.conversations.models import Check, Message
from porchlight.conversations.tell import tell
from porchlight.conversations.utterance import Utterance
from porchlight.conversations.wording import Words
from porchlight.languages import phrases
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.actors import Actor

KIND = "put_right"


def with_wrong_words(check: Check) -> QuerySet[Message]:
    """Messages of ours that left in the words that were wrong."""
    rows = Message.objects.in_school(check.school_id).standing()
    rows = rows.filter(notice=check.notice) if check.notice_id else rows.filter(checks=check)
    ours = rows.exclude(author__in=("guardian", "student")).filter(
        rendering__language=check.target, awaiting=None
    )
    return ours.select_related("thread__guardian", "thread__student")


def may_tell(check: Check) -> int:
    """How many adults could be told; 0 where nothing was wrong, or they were told already."""
    if not check.mended or check.told_at is not None:
        return 0
    return with_wrong_words(check).values("thread__guardian").distinct().count()


@transaction.atomic
def tell_right_words(check: Check, *, by: Actor, now: datetime) -> int:
    """Tell them. Done twice, it is done once. Returns how many adults."""
    check = Check.objects.select_for_update().get(pk=check.pk)
    messages = list(with_wrong_words(check)) if may_tell(check) else []
    if not messages:
        return 0
    original, right = texts_of(check, now)
    said = check.notice if check.notice is not None else messages[0]
    own = phrases.saying("put_right", said.language, of=check.school, text=original)
    theirs = phrases.saying("put_right", check.target, of=check.school, text=right)
    versions = {check.target: Version(theirs.text, check.target, Provenance.PERSON, by.name, by.name)}
    recipients = recipients_of(messages)
    tell(
        school=check.school,
        recipients=recipients,
        utterance=Utterance(words=Words(own.text, own.language, versions), kind=KIND),
        by=by,
        now=now,
    )
    check.told_at = now
    check.save(update_fields=["told_at"])
    record("translation.put_right", about=check, by=by, people=len(recipients))
    return len(recipients)
