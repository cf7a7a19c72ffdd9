"""A school's translation engines: whether what is trusted can be reached, and whether words wait for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from porchlight.languages.engines.registry import UnknownEngine
from porchlight.languages.models import EngineAccount, KnownLanguage, Sentence
from porchlight.operations.findings import Finding, counted, look, note, wrong
from porchlight.schools.models import School
from porchlight.toolbox.scripts import base, english_name
from porchlight.toolbox.sealed import WrongSeal

LONG = timedelta(minutes=10)  # that a sentence may wait for an engine
IN_SETTINGS = "Mend it in the school's settings, under Languages, and try a sentence from there."


def school_findings(school: School, now: datetime) -> Iterator[Finding]:
    """Of one school, inside its context."""
    for account in EngineAccount.objects.in_school(school).open().prefetch_related("pairs"):
        yield from _account(school, account, now)
    waiting = Sentence.objects.in_school(school).wanted(now=now - LONG).count()
    if waiting:
        yield look(
            school.slug,
            f"{counted(waiting, 'sentence waits', 'sentences wait')} for an engine for more than ten minutes.",
            "See whether a worker runs, and what the engine's page says.",
        )


def _account(school: School, account: EngineAccount, now: datetime) -> Iterator[Finding]:
    try:
        label = account.adapter.label
        secrets = account.secrets
    except UnknownEngine:
        yield wrong(school.slug, f"{account.engine} is no engine of this version.", "Close its account.")
        return
    except WrongSeal as seal:
        yield wrong(school.slug, f"{account.adapter.label}: its key cannot be read.", str(seal))
        return
    lacking = [
        one.name for one in account.adapter.fields if one.secret and one.required and one.name not in secrets
    ]
    if lacking:
        yield wrong(school.slug, f"{label} has no key.", IN_SETTINGS)
    if account.held_at is not None:
        yield wrong(school.slug, f"{label}: {account.held_reason}", IN_SETTINGS)
    elif account.rests_until is not None and account.rests_until > now:
        yield look(school.slug, f"{label}: what was bought there is used up.", "Until then people translate.")
    yield from _readers(school, account, label)


def _readers(school: School, account: EngineAccount, label: str) -> Iterator[Finding]:
    """Whoever trusts a machine should have somebody who reads what it says."""
    languages = {base(tag) for pair in account.pairs.all() for tag in (pair.source, pair.target)}
    languages.discard(base(school.language))
    known = KnownLanguage.objects.in_school(school).filter(checks=True, staff__left_at=None)
    missing = languages - set(known.values_list("language", flat=True))
    if not languages:
        yield note(school.slug, f"{label} is trusted with no languages, so nothing goes there.", IN_SETTINGS)
    for tag in sorted(missing):
        yield look(
            school.slug,
            f"{label} is trusted with {english_name(tag)}, and nobody is named who reads its translations.",
            "Name somebody in the school's settings, under Who listens.",
        )
