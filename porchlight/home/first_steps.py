"""After a school's first list: one page from "they are here" to the first hello, nothing sent before a press."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from porchlight.conversations.models import Author, Message
from porchlight.delivery.gateways.by_hand import BY_HAND
from porchlight.delivery.models import Account
from porchlight.delivery.opening import open_account
from porchlight.families.consenting import write_down
from porchlight.families.models import Student
from porchlight.schools.actors import KEEPERS, Actor
from porchlight.schools.models import School
from porchlight.welcome.hello_week import start
from porchlight.welcome.models import HelloWeek

PAGE = "home:first_steps"


def has_first_steps(actor: Actor) -> bool:
    """Whether children are here and nothing was ever said to a home, nor hello week begun; for somebody who may."""
    if not actor.is_one_of(*KEEPERS) or HelloWeek.objects.in_school(actor.school_id).exists():
        return False
    said = Message.objects.in_school(actor.school_id).filter(author=Author.STAFF)
    return Student.objects.in_school(actor.school_id).exists() and not said.exists()


def still_shut(actor: Actor) -> list[str]:
    """Ways that people carry and that nobody has switched on yet."""
    accounts = Account.objects.visible_to(actor).open()
    there = set(accounts.values_list("gateway", flat=True))
    return [name for name in BY_HAND if name not in there]


@transaction.atomic
def begin(
    *,
    school: School,
    agreed: tuple[date, str] | None,
    ways: Sequence[str],
    a_day: int,
    by: Actor,
    now: datetime,
) -> HelloWeek:
    """Consent (the day it was given, and where it stands), ways that people carry, hello week: all or nothing."""
    if agreed is not None:
        given_on, source = agreed
        write_down(school=school, classes=(), given_on=given_on, source=source, by=by, now=now)
    shut = still_shut(by)
    for gateway in ways:
        if gateway in shut:
            open_account(school=school, gateway=gateway, label=str(BY_HAND[gateway].label), by=by)
    return start(school=school, a_day=a_day, by=by, now=now)
