"""Who looks after a school, and what it has said of itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from porchlight.families.models import Student
from porchlight.operations.findings import Finding, look, note, wrong
from porchlight.schools.actors import Role
from porchlight.schools.calendar import written
from porchlight.schools.law.followed import law_of, rests_enough
from porchlight.schools.models import School, StaffMember

INVITE = "Invite one: porchlight staff invite --school {slug} --role {role} --name … --email …"
NOBODY = {
    Role.SAFEGUARDING: "No safeguarding lead is named: nobody is told when a message worries somebody.",
    Role.OFFICE: "Nobody holds the office: messages from numbers we do not know are seen by no one.",
}


def school_findings(school: School, now: datetime) -> Iterator[Finding]:
    """Of one school, inside its context."""
    yield from _people(school)
    yield from _calendar(school, now)
    yield from _particulars(school)


def _people(school: School) -> Iterator[Finding]:
    working = StaffMember.objects.in_school(school).working()
    named = set(working.filter(roles__is_deputy=False).values_list("roles__role", flat=True))
    for role, words in NOBODY.items():
        if role not in named:
            yield wrong(school.slug, words, INVITE.format(slug=school.slug, role=role))
    if Role.LEADER not in named:
        yield look(
            school.slug,
            "No leader is named: a message to more than 300 homes waits for a second person.",
            INVITE.format(slug=school.slug, role=Role.LEADER),
        )
    safeguarding = working.filter(roles__role=Role.SAFEGUARDING)
    if not safeguarding.filter(roles__is_deputy=True).exists():
        yield look(
            school.slug,
            "Nobody stands in for the safeguarding lead.",
            "Name a deputy on the staff page: a worry left alone is then brought to them.",
        )
    if safeguarding.filter(Q(user=None), email="").exists():
        yield look(
            school.slug,
            "Somebody who safeguards has no way to sign in.",
            "Give them an invitation from the staff page.",
        )


def _calendar(school: School, now: datetime) -> Iterator[Finding]:
    calendar, today = written(school), school.local(now).date()
    last, plain_from = calendar.ends_on, calendar.plain_from
    where = "Write the terms into the school's settings, or bring them with the roster."
    if last is None:
        yield look(school.slug, "There is no calendar: every week counts as a school week.", where)
    elif last < today:
        until = f"every day until {plain_from - timedelta(days=1):%-d %B %Y} counts as a holiday"
        counts = until if today < plain_from else "every week counts as a school week, holidays too"
        yield look(school.slug, f"The last term ended on {last:%-d %B %Y}: {counts}.", where)


def _particulars(school: School) -> Iterator[Finding]:
    missing = [
        words
        for value, words in (
            (school.phone, "the number families may ring"),
            (
                school.emergency_numbers or school.country in law_of(school).countries,
                "the emergency numbers said at night",
            ),
        )
        if not value
    ]
    if missing:
        yield look(
            school.slug,
            f"Not written down: {' and '.join(missing)}.",
            "Write them into the school's settings; messages at night and those we may not explain name them.",
        )
    law = law_of(school)
    if not rests_enough(law, school.quiet_from, school.quiet_until):
        asked = law.quiet.value
        yield wrong(
            school.slug,
            f"Quiet hours are shorter than the law the school follows: {asked.since:%H:%M} to {asked.until:%H:%M}.",
            f"Make them longer on the school's page. Source: {law.quiet.source}",
        )
    if not Student.objects.in_school(school).exists():
        yield note(
            school.slug,
            "There are no students yet.",
            f"Bring the roster: porchlight roster preview --school {school.slug} …",
        )
