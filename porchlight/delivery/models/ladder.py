"""A school's own ladder: its rungs in order, how long each is waited for, and what a day may cost people."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from porchlight.delivery.ladder.terms import DEFAULT, Cause, Rung, RungKind, Rungs
from porchlight.schools.actors import Role
from porchlight.schools.models import ForRolesQuerySet, TenantModel
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time

LAST_RUNG = (Role.OFFICE, Role.LIAISON)
MAY_SET = (Role.OFFICE, Role.LEADER)


def order_of(rungs: Rungs) -> list[str]:
    """The kinds, as they are written down."""
    return [rung.kind.value for rung in rungs.urgent]


def waits_of(rungs: tuple[Rung, ...]) -> dict[str, int]:
    """Minutes by kind, as they are written down."""
    return {rung.kind.value: int(rung.wait.total_seconds() // 60) for rung in rungs}


class LadderQuerySet(ForRolesQuerySet["Ladder"]):
    """One for each school that changed anything."""

    roles = MAY_SET


class Ladder(TenantModel):
    """What a school changed of the ladder that is there from the start. Without a row, that one holds."""

    order = models.JSONField(default=list)  # kinds of rungs, the first first; what is not in it is not used
    urgent_waits = models.JSONField(default=dict)  # {kind: minutes}
    dated_waits = models.JSONField(default=dict)
    person_within = models.PositiveSmallIntegerField(default=48)  # hours
    most_messages = models.PositiveSmallIntegerField(default=3)
    most_calls = models.PositiveSmallIntegerField(default=60)
    record_within = models.PositiveSmallIntegerField(default=24)  # hours a call waits for a person's voice
    errands_to = models.CharField(
        max_length=20, default=Role.OFFICE, choices=[(role.value, role.value) for role in LAST_RUNG]
    )  # whom the last rung asks
    changed_at = models.DateTimeField(default=school_time.now)
    changed_by_id = models.BigIntegerField(null=True)  # staff member's id

    objects = LadderQuerySet.as_manager()
    tiers = {"order": Tier.L0, "urgent_waits": Tier.L0, "dated_waits": Tier.L0}
    of_the_school = frozenset(tiers)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school"], name="ladder_once")]

    def rungs(self) -> Rungs:
        """As the rules read it. What nobody wrote down has the wait it has from the start."""
        return Rungs(
            urgent=self._of(Cause.URGENT, self.urgent_waits),
            dated=self._of(Cause.DATED, self.dated_waits),
            person_within=timedelta(hours=self.person_within),
            most_messages=self.most_messages,
            most_calls=self.most_calls,
        )

    def _of(self, cause: Cause, waits: dict[str, int]) -> tuple[Rung, ...]:
        usual = waits_of(DEFAULT.urgent) | waits_of(DEFAULT.of(cause))
        known = [RungKind(kind) for kind in self.order if kind in set(RungKind)]
        minutes = {kind: int(waits.get(kind.value, usual[kind.value])) for kind in known}
        return tuple(Rung(kind, timedelta(minutes=minutes[kind])) for kind in known)
