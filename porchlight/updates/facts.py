"""What a class tells of itself: kept for its term, in versions, and made into words for whoever asks."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction

from porchlight.activity.record import record
from porchlight.conversations.audience import Audience, AudienceKind, resolve
from porchlight.conversations.saying import line, said_in_all
from porchlight.conversations.translations import translations
from porchlight.conversations.wording import Words
from porchlight.delivery.content import Recipient
from porchlight.files.models import StoredFile
from porchlight.files.speaking import keep_spoken
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, SchoolClass
from porchlight.schools.tiers import Tier
from porchlight.toolbox import scripts
from porchlight.toolbox.keys import random_key
from porchlight.updates.models import About, Fact, FactReading, FactVersion
from porchlight.updates.week_days import term_start

PHRASES = {About.LEARNS: "class_learns", About.WORKS: "class_works", About.WHOM: "class_whom"}
ORDER = list(About)


def facts_of(school_class: SchoolClass, *, on: date) -> list[Fact]:
    """The latest of each that has begun, or is for the term to come where nothing else is there."""
    rows = Fact.objects.in_school(school_class.school_id).filter(school_class=school_class).exclude(text="")
    latest: dict[str, Fact] = {}
    for fact in rows.prefetch_related("versions").order_by("since"):
        if fact.since <= on or fact.about not in latest:
            latest[fact.about] = fact
    return sorted(latest.values(), key=lambda fact: ORDER.index(About(fact.about)))


@transaction.atomic
def keep_fact(
    school_class: SchoolClass, about: About, text: str, *, language: str, by: Actor, now: datetime
) -> None:
    """Write one of the three, or a version of it. New first words take their versions away.

    The homes' languages are asked for at once, where the school trusts an engine.
    """
    school = school_class.school
    since = term_start(school, school.local(now).date())
    old = (
        Fact.objects.in_school(school).filter(school_class=school_class, about=about).order_by("since").last()
    )
    if old is not None and not scripts.same_reading(old.language, language):
        _keep_version(old, text, language, by)
        return
    if text == (old.text if old is not None else ""):
        return
    fact, _is_new = Fact.objects.update_or_create(
        school=school,
        school_class=school_class,
        about=about,
        since=since,
        defaults={"text": text, "language": language, "written_by_id": by.post_id or 0, "written_at": now},
    )
    fact.versions.all().delete()
    record("fact.written", about=fact, by=by, of=about.value)
    audience = Audience(AudienceKind.CLASSES, (school_class.key,))
    homes = resolve(audience, actor=by, school=school, on=school.local(now).date())
    if text:
        translations(school, Words(text, language, {}), homes.recipients, tier=Tier.L1, now=now)


def _keep_version(fact: Fact, text: str, language: str, by: Actor) -> None:
    if not text:
        fact.versions.filter(language=language).delete()
        return
    FactVersion.objects.update_or_create(
        school_id=fact.school_id, fact=fact, language=language, defaults={"text": text, "by": by.name}
    )
    record("fact.translated", about=fact, by=by, language=language)


def words_of(fact: Fact) -> Words:
    """As it was written, with what people made of it in other languages."""
    return Words(
        fact.text,
        fact.language,
        {
            row.language: Version(row.text, row.language, Provenance.PERSON, row.by)
            for row in fact.versions.all()
        },
    )


def words_for(fact: Fact, reader: Recipient, *, now: datetime) -> Words:
    """The same with a machine's version for this reader, where the memory has one or an engine is trusted."""
    words = words_of(fact)
    return translations(fact.school, words, [reader], tier=Tier.L1, now=now).added_to(words)


def told(facts: Sequence[Fact], school: School) -> Words:
    """All of them in one message."""
    return said_in_all([line(PHRASES[About(fact.about)], text=words_of(fact)) for fact in facts], school)


def fingerprint(words: Words, language: str) -> str:
    """Of what somebody who reads this language is told."""
    return hashlib.sha256(words.for_reader(language).text.encode()).hexdigest()


@transaction.atomic
def keep_reading(
    school_class: SchoolClass, *, language: str, content: BinaryIO, size: int, by: Actor, now: datetime
) -> FactReading:
    """A colleague read it aloud. Raises NotASound, TooLong."""
    school = school_class.school
    words = told(facts_of(school_class, on=school.local(now).date()), school)
    file = keep_spoken(school=school, source=f"facts:{random_key()}", content=content, size=size)
    row, _is_new = FactReading.objects.update_or_create(
        school=school,
        school_class=school_class,
        language=language,
        defaults={
            "words": fingerprint(words, language),
            "file": file,
            "read_by_id": by.post_id or 0,
            "read_at": now,
        },
    )
    record("fact.read_aloud", about=row, by=by, language=language)
    return row


def readings_of(school_class: SchoolClass, words: Words) -> dict[str, FactReading]:
    """By language, the recordings that still say what is written."""
    rows = FactReading.objects.in_school(school_class.school_id).filter(school_class=school_class)
    return {
        row.language: row
        for row in rows.select_related("file", "read_by")
        if row.words == fingerprint(words, row.language)
    }


def read_aloud(school_class: SchoolClass, words: Words, *, spoken: str) -> StoredFile | None:
    """A person's voice that says it in the language somebody speaks."""
    found = readings_of(school_class, words)
    row = next((row for tag, row in found.items() if scripts.base(tag) == scripts.base(spoken)), None)
    return row.file if row is not None else None


def languages_of(school_class: SchoolClass, *, by: Actor, now: datetime) -> list[str]:
    """The school's own, and those that the class's homes read."""
    school = school_class.school
    audience = Audience(AudienceKind.CLASSES, (school_class.key,))
    homes = resolve(audience, actor=by, school=school, on=school.local(now).date())
    reads = {one.guardian.reading for one in homes.recipients} - {"und", ""}
    return [school.language, *sorted(tag for tag in reads if not scripts.same_reading(tag, school.language))]
