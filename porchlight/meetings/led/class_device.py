"""A student without a phone: a code of eight digits on the board of a class device opens their part, and nothing else.

It is good for twenty minutes and once. What it opens lasts as long in that browser, which is signed in as nobody.
"""

from __future__ import annotations

import secrets
import time
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from porchlight.accounts.limits import Rate, give_back, take
from porchlight.accounts.models import Token, digest
from porchlight.activity.record import record
from porchlight.meetings.led.parts import may_write
from porchlight.meetings.models import StudentPart
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import School
from porchlight.toolbox.folding import digits

PURPOSE = "student_part"
LASTS = timedelta(minutes=20)
FROM_ONE_PLACE = Rate(60, timedelta(hours=1))  # wrong ones; a whole class types in one place
FOR_ONE_SCHOOL = Rate(300, timedelta(days=1))
OPENED = "student_part"  # in the session: [school, part, until]
LEAST, MOST = 10**7, 10**8


@transaction.atomic
def make_code(part: StudentPart, *, by: Actor, now: datetime) -> str:
    """Eight digits. An earlier code for the same part dies."""
    subject = f"{part.school_id}:{part.pk}"
    Token.objects.filter(purpose=PURPOSE, subject=subject, used_at=None).update(used_at=now)
    code = f"{secrets.randbelow(MOST - LEAST) + LEAST}"
    Token.issue(
        purpose=PURPOSE, subject=subject, expires_at=now + LASTS, secret=_secret(part.school_id, code)
    )
    record("meeting.student_code", about=part.meeting, by=by)
    return f"{code[:4]} {code[4:]}"


@transaction.atomic
def open_with(
    code: str, *, school: School, session: SessionBase, place: str, now: datetime
) -> StudentPart | None:
    """The part this code opens, in this browser alone. None for anything else; wrong ones are counted."""
    typed = "".join(digits(code).split())
    counted = f"student codes from:{place}", f"student codes of:{school.pk}"
    if not (take(counted[0], FROM_ONE_PLACE, now=now) and take(counted[1], FOR_ONE_SCHOOL, now=now)):
        return None
    token = Token.objects.holding(_secret(school.pk, typed), PURPOSE).live(now=now).first()
    if token is None or not Token.objects.filter(pk=token.pk, used_at=None).update(used_at=now):
        return None
    for one in counted:
        give_back(one)
    part = _part(school, int(token.subject.split(":")[1]), now)
    if part is not None:
        until = time.time() + (token.expires_at - now).total_seconds()
        session[OPENED] = [school.pk, part.pk, until]
    return part


def opened_in(session: SessionBase, *, school: School, now: datetime) -> StudentPart | None:
    """The part that this browser may still write, if any."""
    match session.get(OPENED):
        case [int(school_id), int(pk), float(until)] if school_id == school.pk and until > time.time():
            return _part(school, pk, now)
    return None


def shut(session: SessionBase) -> None:
    """The student is done: nothing of it stays on the device."""
    session.pop(OPENED, None)


def acting_as(part: StudentPart) -> Actor:
    """The student, by what they hold in their hand and not by a sign-in."""
    student = part.meeting.student
    return Actor(Kind.STUDENT, part.school_id, student.pk, name=student.short_name)


def _part(school: School, pk: int, now: datetime) -> StudentPart | None:
    rows = StudentPart.objects.in_school(school).select_related("meeting__student", "meeting__school")
    part = rows.filter(pk=pk, meeting__with_student=True).first()
    return part if part is not None and may_write(part.meeting, now) else None


def _secret(school_id: int, code: str) -> str:
    """A code of one school opens nothing at another."""
    return digest(f"{school_id}:{code}")
