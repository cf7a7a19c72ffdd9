"""Signs of life."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """One worker process was at work then, by the database's clock. Of no school: a worker serves all of them."""

    machine = models.CharField(max_length=100)
    process = models.PositiveIntegerField()  # its number on that machine
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["machine", "process"], name="heartbeat_once")]
