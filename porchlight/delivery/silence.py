"""A number nobody wrote from for 180 school days may be somebody else's by now: only words for anybody go there.

Ten weeks of holidays are nobody's silence, so school days are counted. A sign of life is what the family itself did by
that very number, on whatever channel: words from it, an answer by key in a call, a sign-in by a code to it, an answer
behind a link that went there. To pick up, or to hear a message out, is none.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from porchlight.delivery import addressing
from porchlight.delivery.inbox.listeners import Trouble, tell_trouble
from porchlight.delivery.outbox.ticking import on_tick
from porchlight.families.models import Address, AddressState, Channel, ContactPoint
from porchlight.schools.calendar import school_days
from porchlight.schools.models import School

SILENT_FOR = 180  # school days
LOOKED_BACK = timedelta(days=730)  # beyond it, whatever the calendar says
NUMBERS = (Channel.SMS, Channel.WHATSAPP, Channel.CALL)
AT_A_TIME = 200  # each is a line in the office's tray
SENTENCE = "Nobody has written from here for a long time. Ask the family whether it is still theirs."
_looked: dict[int, date] = {}  # school → the day this process looked


def silent_since(school: School, now: datetime) -> datetime:
    """Whoever gave their last sign of life before this has been silent for 180 school days, today not counted."""
    today = school.local(now).date()
    days = school_days(school, today - LOOKED_BACK, today - timedelta(days=1))
    first = days[-SILENT_FOR] if len(days) >= SILENT_FOR else today - LOOKED_BACK
    return _midnight(school, first)


def silent_numbers(school: School, now: datetime) -> QuerySet[Address]:
    """Families' numbers, trusted until now, without a sign of life for so long on any channel of them."""
    since = silent_since(school, now)
    used = ContactPoint.objects.filter(address=OuterRef("pk"), guardian__isnull=False, ended_at=None)
    rows = Address.objects.in_school(school).filter(
        Exists(used), state=AddressState.GOOD, channel__in=NUMBERS
    )
    alive = rows.filter(
        Exists(_of_the_same_home()), value=OuterRef("value"), confirmed_at__gte=since
    ).exclude(value="")
    alive_at = Greatest(Coalesce("confirmed_at", "created_at"), "created_at", output_field=DateTimeField())
    silent = rows.annotate(alive_at=alive_at).filter(~Exists(alive), alive_at__lt=since)
    return silent.order_by("pk")


def _of_the_same_home() -> QuerySet[ContactPoint]:
    """Whoever uses both ways, or uses one and is another adult of a child of who uses the other.

    A family that has taken the number over gives no sign of life for the one that had it before.
    """
    there = OuterRef(OuterRef("pk"))
    mine = Q(guardian__contact_points__address=there, guardian__contact_points__ended_at=None)
    adults = "guardian__ties__student__ties__guardian__contact_points"
    ours = Q(**{f"{adults}__address": there, f"{adults}__ended_at": None})
    return ContactPoint.objects.filter(mine | ours, address=OuterRef("pk"), ended_at=None)


def doubt_the_silent(school: School, now: datetime) -> int:
    """Demote them and tell the office. Returns how many numbers; what is left is taken tomorrow."""
    silent: dict[str, Address] = {}
    for address in silent_numbers(school, now)[:AT_A_TIME]:
        silent.setdefault(address.value or address.user_id, address)
    for address in silent.values():
        for one in addressing.demote(address, reason=addressing.SILENT):
            tell_trouble(Trouble(school, "address_demoted", SENTENCE, None, one))
    return len(silent)


def gives_sign_of_life(address: Address, now: datetime) -> None:
    """The family itself used it. What is in doubt already stays so, until somebody has asked."""
    if address.state == AddressState.GOOD and (address.confirmed_at is None or address.confirmed_at < now):
        address.confirmed_at = now
        address.save(update_fields=["confirmed_at"])


@on_tick
def look_for_the_silent(school: School, now: datetime) -> None:
    """Once a day for each school, by each worker: a second look finds nobody any more."""
    today = school.local(now).date()
    if _looked.get(school.pk) != today:
        _looked[school.pk] = today
        doubt_the_silent(school, now)


def _midnight(school: School, day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=school.zone)
