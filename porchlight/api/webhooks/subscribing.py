"""The school says whom to tell, tries it, ends it, has something told once more."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from porchlight.activity.record import record
from porchlight.api.models import Signal, SignalKind, Subscription
from porchlight.api.webhooks.telling import somebody_wants, wake
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, StaffMember
from porchlight.toolbox.keys import random_key

SECRET_BYTES = 32  # Standard Webhooks: between 24 and 64


@transaction.atomic
def subscribe(*, school: School, by: StaffMember, url: str, kinds: Sequence[str]) -> tuple[Subscription, str]:
    """The subscription and the secret its receiver checks signatures with."""
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
    made = Subscription.objects.create(school=school, url=url, kinds=sorted(kinds), secret=secret, made_by=by)
    somebody_wants(school.pk)
    record("api.webhook_made", about=made, by=by.actor(), kinds=made.kinds)
    return made, secret


@transaction.atomic
def end(subscription: Subscription, *, by: Actor, now: datetime) -> bool:
    """Nothing more is told. False: it was ended before."""
    done = Subscription.objects.filter(pk=subscription.pk, ended_at=None).update(ended_at=now)
    if done:
        record("api.webhook_ended", about=subscription, by=by)
    return bool(done)


@transaction.atomic
def revive(subscription: Subscription, *, by: Actor, now: datetime) -> bool:
    """It is told again, and what waited for it goes first. False: it was not disabled."""
    disabled = Subscription.objects.filter(pk=subscription.pk, ended_at=None, disabled_at__isnull=False)
    if not disabled.update(disabled_at=None, failures=0, failing_since=None):
        return False
    waiting = Signal.objects.in_school(subscription.school_id).filter(subscription=subscription, told_at=None)
    waiting.filter(given_up_at=None).update(due_at=now)
    somebody_wants(subscription.school_id)
    record("api.webhook_revived", about=subscription, by=by)
    wake(subscription)
    return True


@transaction.atomic
def try_it(subscription: Subscription, *, now: datetime) -> Signal:
    """One signal that says nothing but that it is a test."""
    signal = Signal.objects.create(
        school_id=subscription.school_id,
        subscription=subscription,
        kind=SignalKind.TEST,
        about=random_key(),
        data={"school": subscription.school.slug},
        at=now,
        due_at=now,
    )
    wake(subscription)
    return signal


@transaction.atomic
def tell_again(signals: Sequence[Signal], *, by: Actor, now: datetime) -> int:
    """These go once more, under the ids they had. Returns how many."""
    for one in signals:
        one.due_at, one.told_at, one.given_up_at, one.tries = now, None, None, 0
    Signal.objects.bulk_update(signals, ["due_at", "told_at", "given_up_at", "tries"])
    for subscription in {one.subscription for one in signals}:
        record("api.webhook_told_again", about=subscription, by=by, count=len(signals))
        wake(subscription)
    return len(signals)
