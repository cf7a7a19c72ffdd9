"""One change of a round's times after the other: whoever changes them waits for who was first."""

from __future__ import annotations

from porchlight.meetings.models import Round, RoundHost
from porchlight.schools.models import StaffMember


def locked(round_: Round | int) -> Round:
    """The round, and its colleagues' calendars, until this transaction ends: nobody else books them meanwhile."""
    pk = round_ if isinstance(round_, int) else round_.pk
    found = Round.objects.select_for_update(of=("self",)).select_related("school").get(pk=pk)
    of_it = RoundHost.objects.filter(round=found).values("staff")
    list(StaffMember.objects.select_for_update().filter(pk__in=of_it).order_by("pk").values_list("pk"))
    return found
