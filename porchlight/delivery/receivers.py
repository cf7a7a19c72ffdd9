"""A school that was just made has nothing but people and paper: those ways are there from the first hour."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from porchlight.delivery.gateways.by_hand import BY_HAND, CallList, Slips
from porchlight.delivery.opening import open_account
from porchlight.schools.actors import system
from porchlight.schools.models import School
from porchlight.schools.signals import opened

FROM_THE_FIRST_HOUR = (CallList.name, Slips.name)  # a colleague's own phone is theirs to offer: not by itself


@receiver(opened)
def first_ways(school: School, **_kwargs: Any) -> None:
    """Whom no message reaches is rung, and whom nobody may ring gets a slip."""
    for name in FROM_THE_FIRST_HOUR:
        open_account(school=school, gateway=name, label=BY_HAND[name].label, by=system(school.pk))
