"""What the room below did, written down here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.dispatch import receiver

from porchlight.activity.looks import write_look
from porchlight.activity.record import record
from porchlight.schools.actors import Actor
from porchlight.schools.models import TenantModel
from porchlight.schools.signals import done, looked


@receiver(done)
def write_down(verb: str, about: models.Model, by: Actor, facts: Mapping[str, Any], **_: Any) -> None:
    """One entry for each thing done to a school."""
    record(verb, about=about, by=by, **facts)


@receiver(looked)
def write_down_the_look(by: Actor, page: str, shown: Mapping[TenantModel, int], **_: Any) -> None:
    """One entry for each page that showed personal or safeguarding words."""
    write_look(by=by, page=page, shown=shown, why=by.why)
