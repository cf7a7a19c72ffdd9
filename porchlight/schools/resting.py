"""A colleague's post that nobody has used for long opens nothing until a leader or the office lets them in again.

Idle is who has not signed in for 45 days of which 30 were school days: ten weeks of holidays rest nobody.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Greatest

from porchlight.schools.actors import Actor, Role, system
from porchlight.schools.calendar import window_start
from porchlight.schools.models import School, StaffMember
from porchlight.schools.signals import done

IDLE_DAYS, IDLE_SCHOOL_DAYS = 45, 30


@transaction.atomic
def rest_the_idle(school: School, now: datetime) -> list[StaffMember]:
    """Those who were idle too long, from now on at rest. Somebody who leads the school is always left awake."""
    before = min(window_start(school, now, IDLE_SCHOOL_DAYS), now - timedelta(days=IDLE_DAYS))
    awake = (
        StaffMember.objects.in_school(school)
        .working()
        .filter(rests_since=None, user__isnull=False)
        .annotate(
            seen=Greatest(Coalesce("user__last_login", "created_at"), Coalesce("let_in_at", "created_at"))
        )
    )
    leaders = awake.filter(roles__role=Role.LEADER).order_by(F("seen").desc(), "pk")
    last = leaders.first()
    idle = list(awake.filter(seen__lt=before).exclude(pk=last.pk if last else 0))
    for person in idle:
        person.rests_since = now
        person.save(update_fields=["rests_since"])
        done.send(sender=StaffMember, verb="staff.rests", about=person, by=system(school.pk), facts={})
    return idle


@transaction.atomic
def let_in_again(person: StaffMember, *, by: Actor, now: datetime) -> None:
    """They are here after all; the days count anew."""
    if person.rests_since is not None:
        person.rests_since, person.let_in_at = None, now
        person.save(update_fields=["rests_since", "let_in_at"])
        done.send(sender=StaffMember, verb="staff.let_in", about=person, by=by, facts={})
