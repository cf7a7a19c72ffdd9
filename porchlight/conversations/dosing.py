"""A family chooses how often it hears from school: on its page, or by a word on its own channel."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porchlight.activity.record import record
from porchlight.conversations.models import ChosenDose, Gathered
from porchlight.delivery.dose import EVERY_DAY, MOST, ONE_A_WEEK
from porchlight.families.models import Guardian
from porchlight.schools.actors import Actor

SATURDAY = 5


class Wish(enum.StrEnum):
    """What a family may choose."""

    USUAL = "usual"
    DAILY = "daily"
    THREE = "three"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of them, as it is kept."""

    most: int
    hour: time
    weekday: int | None = None


WORDS: dict[Wish, Promise] = {
    Wish.USUAL: _("As it comes, at most three a week"),
    Wish.DAILY: _("Once a day, all together"),
    Wish.THREE: _("Up to three times a week, all together"),
    Wish.FEW: _("Few messages, all is well: once a week, on Saturday morning"),
}
KEPT: dict[Wish, Chosen] = {
    Wish.DAILY: Chosen(EVERY_DAY, time(17)),
    Wish.THREE: Chosen(MOST, time(17)),
    Wish.FEW: Chosen(ONE_A_WEEK, time(10), SATURDAY),
}


@transaction.atomic
def choose(guardian: Guardian, wish: Wish, *, by: Actor, now: datetime, hour: time | None = None) -> None:
    """Keep it. `hour` in place of the one that comes with the choice. What waits already goes at its hour."""
    rows = ChosenDose.objects.in_school(guardian.school_id).filter(guardian=guardian)
    if wish is Wish.USUAL:
        rows.delete()
        record("dose.usual", about=guardian, by=by)
        return
    kept = KEPT[wish]
    ChosenDose.objects.update_or_create(
        school_id=guardian.school_id,
        guardian=guardian,
        defaults={
            "most": kept.most,
            "hour": hour if hour is not None and kept.weekday is None else kept.hour,
            "weekday": kept.weekday,
            "chosen_at": now,
        },
    )
    record("dose.chosen", about=guardian, by=by, most=kept.most)


def wish_of(guardian: Guardian) -> tuple[Wish, time | None]:
    """What stands, and its hour."""
    row = ChosenDose.objects.in_school(guardian.school_id).filter(guardian=guardian).first()
    if row is None:
        return Wish.USUAL, None
    if row.weekday is not None:
        return Wish.FEW, row.hour
    return (Wish.DAILY if row.most == EVERY_DAY else Wish.THREE), row.hour


def waits_for(guardian: Guardian) -> int:
    """How many notices wait for this adult's hour."""
    return Gathered.objects.waiting().filter(message__thread__guardian=guardian).count()
