"""Which switches stand for a school, and where an account's webhooks arrive: rows outside the wall."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from porchlight.delivery.models import Account, KillSwitch, WebhookRoute
from porchlight.schools.models import School, StaffMember


@dataclass(frozen=True, slots=True)
class Standing:
    """A switch that stands."""

    switch: KillSwitch
    by: str  # who set it; empty: whoever runs the server
    may_lift: bool  # the school's own; the server's is lifted by who runs it


def standing(school: School) -> dict[str, Standing]:
    """By channel ("" is every channel): what stops it now, the school's own switch before the server's."""
    ours = Q(school__in=[school.pk]) | Q(school=None)
    rows = sorted(KillSwitch.objects.filter(ours, lifted_at=None), key=lambda row: row.school_id is None)
    names = dict(
        StaffMember.objects.in_school(school)
        .filter(pk__in=[row.set_by_id for row in rows if row.school_id])
        .values_list("pk", "name")
    )
    found: dict[str, Standing] = {}
    for row in rows:
        mine = row.school_id is not None
        by = names.get(row.set_by_id or 0, "") if mine else ""
        found.setdefault(row.channel, Standing(row, by, mine))
    return found


def route_of(account: Account) -> WebhookRoute:
    """Where the gateway comes back to this account, which is open."""
    return WebhookRoute.objects.get(account=account, closed_at=None)
