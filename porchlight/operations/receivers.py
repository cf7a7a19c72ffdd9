"""What the school is told of operators: leaders get a call that something needs them, with no word about what."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from porchlight.conversations.worrying import alert
from porchlight.errands.actions import named
from porchlight.schools.actors import Actor, Role
from porchlight.schools.models import School
from porchlight.schools.signals import done
from porchlight.toolbox import school_time

TOLD = {"operator.asked", "operator.let_in"}


@receiver(done)
def tell_leaders(verb: str, by: Actor, **_: Any) -> None:
    """When an operator asks, and when one was let in: every leader but the one who did it."""
    if verb not in TOLD:
        return
    school, now = School.objects.get(pk=by.school_id), school_time.now()
    for person in named(school, Role.LEADER):
        if person.pk != by.post_id:
            alert(school, person, now)
