"""Is it well? Answered in a few quick questions, in sentences anybody may read: no school, no name, no number.

What needs a person's time is `porchlight doctor`'s; here stands only what should wake somebody.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from time import monotonic

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Min
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porchlight.delivery.models import Lane, WebhookRoute
from porchlight.operations.beating import MISSED_AFTER, since_last_beat
from porchlight.operations.doctor import database
from porchlight.operations.doctor.machine import TOO_LITTLE
from porchlight.operations.doctor.traffic import LATE, late_lanes
from porchlight.schools.models import School

AWAY = _("The database does not answer.")
TABLES_LOOKED_AT = 60.0  # seconds for which tables that were in step are taken to be so still

_in_step_at = float("-inf")


def of_pages() -> list[Promise]:
    """What keeps this server from making pages; empty when nothing does."""
    global _in_step_at
    if database.away() is not None:
        return [AWAY]
    if monotonic() - _in_step_at > TABLES_LOOKED_AT:
        if database.out_of_step() is not None:
            return [_("The tables are not those this version needs.")]
        _in_step_at = monotonic()
    return []


def of_everything(now: datetime) -> list[Promise]:
    """The same, and what keeps messages from coming and going."""
    reasons = of_pages()
    if not reasons:
        try:
            reasons = _of_traffic(now)
        except DatabaseError:  # it went away between two questions
            reasons = [AWAY]
    if shutil.disk_usage(settings.VAR).free < TOO_LITTLE:
        reasons.append(_("The disk is nearly full."))
    return reasons


def checks(now: datetime) -> dict[str, dict[str, object]]:
    """By name, what was looked at, with the figures: for whoever runs the server."""
    away = database.away() is not None
    found: dict[str, dict[str, object]] = {"database": {"well": not away}}
    disk = shutil.disk_usage(settings.VAR)
    found["disk"] = {"well": disk.free >= TOO_LITTLE, "free_bytes": disk.free}
    if settings.BROKER_URL:
        found["broker"] = {"well": broker_answers()}
    if away:
        return found
    try:
        found["tables"] = {"well": database.out_of_step() is None}
        found.update(_figures(now))
    except DatabaseError:  # it went away between two questions, or its tables are of another version
        found["database"] = {"well": False}
    return found


def _figures(now: datetime) -> dict[str, dict[str, object]]:
    since, late = since_last_beat(), late_lanes(now).count()
    due = Lane.objects.filter(due_at__lte=now).aggregate(oldest=Min("due_at"))["oldest"]
    waiting = WebhookRoute.objects.aggregate(oldest=Min("waiting_since"))["oldest"]
    return {
        "workers": {
            "well": since is not None and since <= MISSED_AFTER,
            "seconds_since_sign": None if since is None else round(since.total_seconds()),
        },
        "outbox": {"well": not late, "late_lanes": late, "oldest_due_seconds": _age(due, now)},
        "inbox": {"well": waiting is None or waiting >= now - LATE, "oldest_seconds": _age(waiting, now)},
    }


def _age(moment: datetime | None, now: datetime) -> int | None:
    return None if moment is None else max(0, round((now - moment).total_seconds()))


def broker_answers() -> bool:
    """Whether tasks can be handed to the broker."""
    from porchlight.operations.broker.looking import NoBroker, look  # only where Celery is installed

    try:
        look()
    except NoBroker:
        return False
    return True


def _of_traffic(now: datetime) -> list[Promise]:
    reasons: list[Promise] = []
    if settings.BROKER_URL and not broker_answers():
        reasons.append(_("The message broker does not answer."))
    since = since_last_beat()
    if (since is None or since > MISSED_AFTER) and School.objects.exists():
        reasons.append(_("No worker has been at work for a minute."))
    if late_lanes(now).exists():
        reasons.append(_("Messages that are due do not leave."))
    oldest = WebhookRoute.objects.aggregate(oldest=Min("waiting_since"))["oldest"]
    if oldest is not None and oldest < now - LATE:
        reasons.append(_("Messages that came in are not read."))
    return reasons
