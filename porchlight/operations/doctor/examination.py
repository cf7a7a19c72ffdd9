"""The whole examination, from the settings up to the last school."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from porchlight.operations.doctor import (
    database,
    engines,
    gateways,
    keys,
    machine,
    mail,
    schools,
    server,
    traffic,
)
from porchlight.operations.findings import Finding, Severity, look
from porchlight.schools.models import School
from porchlight.schools.wall import school_context

ORDER = list(Severity)


def examine(now: datetime) -> list[Finding]:
    """Everything there is to say, the worst first. Looks only."""
    found = [*server.findings(), *mail.findings(), *machine.findings(), *_kept(now)]
    return sorted(found, key=lambda one: ORDER.index(one.severity))


def is_well(found: list[Finding]) -> bool:
    """Nothing is wrong, and nothing needs a look."""
    return all(one.severity is Severity.NOTE for one in found)


def _kept(now: datetime) -> Iterator[Finding]:
    """What is in the database, as far as it can be looked at."""
    if (away := database.away()) is not None:
        yield away
        return
    if (out_of_step := database.out_of_step()) is not None:
        yield out_of_step
        return
    yield from database.findings()
    yield from traffic.findings(now)
    everyone = list(School.objects.open().order_by("slug"))
    if not everyone:
        yield look(
            "Schools",
            "There is no school yet.",
            'Make one: porchlight school create maple-street "Maple Street School" --timezone Europe/London',
        )
    for school in everyone:
        with school_context(school):
            yield from schools.school_findings(school, now)
            yield from keys.school_findings(school)
            yield from gateways.school_findings(school)
            yield from engines.school_findings(school, now)
            yield from traffic.school_findings(school, now)
            transaction.set_rollback(True)  # looking changes nothing, whatever a gateway's own check may do
