"""The first school of a server and the first person of its office: made in the browser, by a link that works once.

`porchlight serve` prints the link while there is no school. Whoever can read what it prints runs the server; nobody
else can make a school on it, and once there is one the link and its page are gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from porchlight.accounts.models import Token, User
from porchlight.activity.record import record
from porchlight.schools.actors import Role
from porchlight.schools.law.followed import hold_to, law_of
from porchlight.schools.models import School, StaffMember, StaffRole
from porchlight.schools.wall import school_context
from porchlight.welcome.invitations import UsedUp, join

PAGE = "/set-up/"
PURPOSE = "set_up"
SUBJECT = "server"
LASTS = timedelta(hours=24)
# The first person does everything until somebody else is named; worries have to reach somebody from the first day.
FIRST_ROLES = (Role.OFFICE, Role.LEADER, Role.SAFEGUARDING)


def is_needed() -> bool:
    """Whether there is no school on this server."""
    return not School.objects.exists()


def fresh_link(*, base_url: str, now: datetime) -> str:
    """A new link; the ones before it die."""
    Token.objects.filter(purpose=PURPOSE, used_at=None).update(used_at=now)
    secret = Token.issue(purpose=PURPOSE, subject=SUBJECT, expires_at=now + LASTS)
    return f"{base_url}{PAGE}{secret}/"


def is_open(secret: str, *, now: datetime) -> bool:
    """Whether this link still makes a school."""
    return is_needed() and Token.objects.holding(secret, PURPOSE).live(now=now).exists()


@transaction.atomic
def set_up(
    secret: str,
    *,
    school: Mapping[str, Any],
    name: str,
    email: str,
    password: str,
    language: str,
    now: datetime,
) -> tuple[School, User]:
    """Make the school and its first person, who comes in with this password and reads in
    this language. Raises UsedUp, and ValidationError."""
    if not is_open(secret, now=now) or not Token.objects.holding(secret, PURPOSE).live(now=now).update(
        used_at=now
    ):
        raise UsedUp
    made = School(**school)
    hold_to(law_of(made), made)
    made.full_clean()
    made.save()
    user = User.objects.create_user(email, password, name=name, language=language)
    with school_context(made):
        staff = StaffMember.objects.create(school=made, name=name, email=email)
        StaffRole.objects.bulk_create(
            StaffRole(school=made, staff=staff, role=role.value) for role in FIRST_ROLES
        )
        join(staff, user)
        record("school.set_up", about=staff, by=staff.actor())
    return made, user
