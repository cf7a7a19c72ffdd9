"""The one way to write the record."""

from __future__ import annotations

from django.db import models

from porchlight.activity.models import Entry, EntryText
from porchlight.schools.actors import Actor


def record(verb: str, *, about: models.Model, by: Actor, words: str = "", **facts: object) -> Entry:
    """Write down that `by` did `verb` to `about`. `facts` are ids, counts and codes, never personal text."""
    entry = Entry.objects.create(
        school_id=by.school_id,
        verb=verb,
        actor_kind=by.kind.value,
        actor_id=by.post_id,
        about_type=about._meta.label_lower,
        about_id=about.pk,
        facts=facts,
    )
    if words:
        EntryText.objects.create(school_id=by.school_id, entry=entry, text=words)
    return entry
