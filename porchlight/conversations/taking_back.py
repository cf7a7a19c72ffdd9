"""A notice taken back while it is held or waits for its hour: nobody was told anything."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Min, Q
from django.utils.translation import gettext as _

from porchlight.activity.record import record
from porchlight.conversations.models import Message, Notice
from porchlight.conversations.notices import NoticeRefused, hold_of
from porchlight.delivery.actions import withdraw
from porchlight.delivery.models import Delivery, Parcel
from porchlight.schools.actions import take_away
from porchlight.schools.actors import Actor
from porchlight.schools.live.versions import Topic, changed


@transaction.atomic
def undo(notice: Notice, *, by: Actor, now: datetime) -> int:
    """Take a notice back while it is held or scheduled. Returns how many parcels stay here.

    Raises NoticeRefused when it is too late: then what can be said is a correction.
    """
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    until = undo_until(notice)
    if notice.sent_at is not None and until is not None and now > until:
        raise NoticeRefused(
            _("It is on its way already. Stop what has not left yet, and say sorry to those it reached.")
        )
    messages = Message.objects.filter(notice=notice)
    stopped = withdraw(Parcel.objects.filter(messages__message__in=messages).distinct())
    messages.update(undone_at=now)
    notice.undone_at = now
    open_again(notice, by=by)
    notice.save(update_fields=["undone_at"])
    changed(notice.school_id, Topic.NOTICES)
    record("notice.undone", about=notice, by=by, stopped=stopped)
    return stopped


def undo_until(notice: Notice) -> datetime | None:
    """Until when the undo button works: its hold, or while every home sleeps. None: there is nothing to undo."""
    if notice.undone_at is not None or notice.stopped_at is not None or notice.released_at is None:
        return None
    if notice.sent_at is None:
        return notice.goes_at
    rows = Delivery.objects.in_school(notice.school_id).filter(parcel__messages__message__notice=notice)
    first = rows.waiting().aggregate(first=Min("due_at"))["first"]
    has_begun = rows.filter(Q(sent_at__isnull=False) | Q(lease_until__isnull=False)).exists()
    held = notice.sent_at + hold_of(notice)
    return held if first is None or has_begun else max(held, first)


def open_again(notice: Notice, *, by: Actor) -> None:
    """A day that this notice wrote down as closed is a school day again."""
    if notice.closure is not None:
        take_away(notice.closure, by=by)
        notice.closure = None
