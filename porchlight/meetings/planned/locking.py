"""One change of a round's times after the other: whoever changes them waits for who was first."""

from __future__ import annotations

from django.db.models import Q

from porchlight.meetings.models import Meeting, Round, RoundHost, Wish
from porchlight.schools.live.versions import Topic, changed
from porchlight.schools.models import StaffMember


def locked(round_: Round | int) -> Round:
    """The round, and its colleagues' calendars, until this transaction ends: nobody else books them meanwhile.

    What a family took back before it was told of a time makes room. Boards that are open hear of the change.
    """
    pk = round_ if isinstance(round_, int) else round_.pk
    found = Round.objects.select_for_update(of=("self",)).select_related("school").get(pk=pk)
    changed(found.school_id, Topic.ROUNDS)
    of_it = RoundHost.objects.filter(round=found).values("staff")
    list(StaffMember.objects.select_for_update().filter(pk__in=of_it).order_by("pk").values_list("pk"))
    unwanted = Wish.objects.filter(Q(party__declined_at__isnull=False) | Q(taken_back_at__isnull=False))
    unwanted = unwanted.filter(round=found, meeting__told_at=None).exclude(meeting=None)
    Meeting.objects.in_school(found.school_id).filter(
        pk__in=list(unwanted.values_list("meeting", flat=True))
    ).delete()
    return found
