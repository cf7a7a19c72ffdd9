"""How far open pages have seen: a number that grows with every change of one sort in one school."""

from __future__ import annotations

from django.db import models

from porchlight.schools.models.school import School


class LiveVersion(models.Model):
    """Says that something changed, never what. `topic` is one of `live.versions.Topic`."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=20)
    number = models.PositiveBigIntegerField(default=0)

    outside_the_wall = "One question a second asks for every school that has a page open."

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "topic"], name="live_version_once")]
