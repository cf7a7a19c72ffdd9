"""Letting an operator of the server look into a school: asked with a reason, approved by a leader, over in an hour."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now

from porchlight.accounts.models import User
from porchlight.schools.actors import Actor, Role, system
from porchlight.schools.models import OperatorGrant, School
from porchlight.schools.models.grants import LONGEST
from porchlight.schools.signals import done


@transaction.atomic
def ask_to_look(school: School, operator: User, *, why: str) -> OperatorGrant:
    """Ask the school. In its context. Raises ValueError when who asks does not run the server, or says no reason."""
    if not operator.is_staff or not operator.is_active:
        raise ValueError("Only who looks after the server may ask.")
    if not why.strip():
        raise ValueError("Say why: the school reads it.")
    grant = OperatorGrant.objects.create(school=school, operator=operator, why=why.strip()[:300])
    _tell("operator.asked", grant, system(school.pk))
    return grant


@transaction.atomic
def let_in(grant: OperatorGrant, *, by: Actor) -> bool:
    """The school's yes, for an hour from now by the database's clock. False when it was answered before."""
    if not by.is_one_of(Role.LEADER) or by.grant_id is not None or by.post_id is None:
        raise ValueError("A leader of the school lets operators in.")
    waiting = OperatorGrant.objects.waiting().filter(pk=grant.pk, school_id=by.school_id)
    if not waiting.update(approved_at=Now(), approved_by_id=by.post_id, ends_at=Now() + LONGEST):
        return False
    _tell("operator.let_in", grant, by)
    return True


@transaction.atomic
def send_away(grant: OperatorGrant, *, by: Actor) -> bool:
    """No, or no longer; at once. False when it is over already."""
    here = OperatorGrant.objects.filter(pk=grant.pk, school_id=by.school_id, ended_at=None)
    if not here.update(ended_at=Now()):
        return False
    _tell("operator.sent_away", grant, by)
    return True


def _tell(verb: str, grant: OperatorGrant, by: Actor) -> None:
    done.send(sender=OperatorGrant, verb=verb, about=grant, by=by, facts={"operator": grant.operator_id})
