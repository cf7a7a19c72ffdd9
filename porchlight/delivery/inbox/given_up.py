"""What could not be read five times: read once more when whatever was wrong is mended, or set aside with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from porchlight.activity.record import record
from porchlight.delivery.models import InboundEvent, WebhookRoute
from porchlight.schools.actors import Actor

SET_ASIDE = "set aside"
# As if begun once already: what is begun is read alone, for it may be what its readers died of (`waiting.py`).
BEGUN = 1


@transaction.atomic
def read_again(*, event: InboundEvent, by: Actor, now: datetime) -> bool:
    """Put it back among what waits, with its tries before it. False: somebody was quicker."""
    back = InboundEvent.objects.filter(pk=event.pk).given_up()
    if not back.update(outcome="", processed_at=None, due_at=now, tries=BEGUN):
        return False
    WebhookRoute.objects.filter(account=event.account_id).update(waiting_since=now)
    record("delivery.read_again", about=event, by=by)
    return True


@transaction.atomic
def set_aside(*, event: InboundEvent, why: str, by: Actor) -> bool:
    """Nobody reads it again; it goes with its time like everything that came in. False: somebody was quicker."""
    if not InboundEvent.objects.filter(pk=event.pk).given_up().update(outcome=SET_ASIDE):
        return False
    record("delivery.set_aside", about=event, by=by, words=why)
    return True
