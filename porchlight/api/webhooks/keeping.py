"""What a worker's round does for webhooks: calls again for what is due, forgets what was told long ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from porchlight.accounts.limits import Rate, take
from porchlight.api.models import Made, Signal, Subscription
from porchlight.api.tasks import tell_subscriber
from porchlight.schools.models import School

KEPT = timedelta(days=30)
AGAIN = Rate(1, timedelta(seconds=20))  # a call for one subscription; the first came with the signal itself


def keep_telling(school: School, now: datetime) -> None:
    """A job of `on_tick`. A call that was lost on its way, or a pause that is over, is made up for here."""
    due = Signal.objects.in_school(school).due(now=now).order_by().values("subscription")
    for one in Subscription.objects.in_school(school).listening().filter(pk__in=due):
        if take(f"api webhook:{one.pk}", AGAIN, now=now):
            tell_subscriber.enqueue(school.pk, one.pk)


def forget(school: School, now: datetime) -> None:
    """A job of `on_tick`: also answers that nobody may ask for again."""
    Made.objects.in_school(school).filter(at__lte=now - Made.KEPT).delete()
    Signal.objects.in_school(school).filter(at__lte=now - KEPT).delete()
