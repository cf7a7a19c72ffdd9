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

from porchlight.delivery.models import WebhookRoute
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


def _of_traffic(now: datetime) -> list[Promise]:
    reasons: list[Promise] = []
    since = since_last_beat()
    if (since is None or since > MISSED_AFTER) and School.objects.exists():
        reasons.append(_("No worker has been at work for a minute."))
    if late_lanes(now).exists():
        reasons.append(_("Messages that are due do not leave."))
    oldest = WebhookRoute.objects.aggregate(oldest=Min("waiting_since"))["oldest"]
    if oldest is not None and oldest < now - LATE:
        reasons.append(_("Messages that came in are not read."))
    return reasons
