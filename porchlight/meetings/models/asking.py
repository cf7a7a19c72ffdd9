"""The question with which a family is asked whether a time suits."""

from __future__ import annotations

from django.db import models

from porchlight.conversations.models import Ask
from porchlight.meetings.models.meetings import GuestSeat
from porchlight.schools.models import SeenWithQuerySet, TenantModel


class WhetherQuerySet(SeenWithQuerySet["Whether"]):
    """Questions, seen by whoever sees the seat they are about."""

    seen_with = "seat"


class Whether(TenantModel):
    """An ask of one adult about a meeting: yes, another time, cannot. A moved meeting is asked anew.

    One ask may be about all times of a round: it then has a row for each.
    """

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="+")
    seat = models.ForeignKey(GuestSeat, on_delete=models.CASCADE, related_name="questions")
    revision = models.PositiveSmallIntegerField()  # of the meeting, when it was asked

    objects = WhetherQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ask", "seat"], name="whether_once")]
