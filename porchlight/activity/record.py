"""The one way to write the record."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from porchlight.activity.chain import digest_of
from porchlight.activity.models import Entry, EntryText
from porchlight.schools.actors import Actor
from porchlight.toolbox import school_time
from porchlight.toolbox.keys import secret_key


def record(verb: str, *, about: models.Model, by: Actor, words: str = "", **facts: object) -> Entry:
    """Write down that `by` did `verb` to `about`. `facts` are ids, counts and codes, never personal text."""
    if by.grant_id is not None:
        facts["grant"] = by.grant_id
    salt = secret_key() if words else ""
    entry = Entry.objects.create(
        school_id=by.school_id,
        verb=verb,
        actor_kind=by.kind.value,
        actor_id=by.post_id,
        about_type=about._meta.label_lower,
        about_id=about.pk,
        facts=facts,
        digest=digest_of(words, salt) if words else "",
    )
    if words:
        EntryText.objects.create(school_id=by.school_id, entry=entry, text=words, salt=salt)
    return entry


def record_once(verb: str, *, about: models.Model, by: Actor, within: timedelta) -> None:
    """The same, for what a browser asks for in many parts: unless it was written down a moment ago."""
    known = Entry.objects.in_school(by.school_id).about(about)
    known = known.filter(verb=verb, actor_kind=by.kind.value, actor_id=by.post_id)
    if not known.filter(at__gt=school_time.now() - within).exists():
        record(verb, about=about, by=by)
