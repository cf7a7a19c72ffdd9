"""How a subscription does: one that fails for long is disabled, and the office hears."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from porchlight.activity.record import record
from porchlight.api.models import Subscription
from porchlight.conversations.worrying import alert
from porchlight.errands.actions import named
from porchlight.schools.actors import Role, system

FAILS_FOR = timedelta(days=2)  # without one success
FAILURES = 12  # and at least so many tries: a school's quiet week-end alone disables nothing


def succeeded(subscription: Subscription) -> None:
    """It took one."""
    Subscription.objects.filter(pk=subscription.pk).exclude(failures=0).update(failures=0, failing_since=None)


@transaction.atomic
def failed(subscription: Subscription, *, now: datetime, is_gone: bool) -> None:
    """It did not take one. Disabled at once where it said that it is gone for good."""
    row = Subscription.objects.select_for_update().get(pk=subscription.pk)
    row.failures += 1
    row.failing_since = row.failing_since or now
    lasts = row.failures >= FAILURES and now - row.failing_since >= FAILS_FOR
    if row.disabled_at is None and (is_gone or lasts):
        row.disabled_at = now
        record("api.webhook_disabled", about=row, by=system(row.school_id), failures=row.failures)
        for person in named(row.school, Role.OFFICE) or named(row.school, Role.LEADER):
            alert(row.school, person, now, can_wait=True)
    row.save(update_fields=["failures", "failing_since", "disabled_at"])
