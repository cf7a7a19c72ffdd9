"""Opening, changing and closing a school's accounts at its gateways; a lane and a webhook path come with each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from porchlight.activity.record import record
from porchlight.delivery.connecting import connect_soon
from porchlight.delivery.gateways import registry
from porchlight.delivery.models import Account, Lane, WebhookRoute
from porchlight.delivery.outbox.limits import keep_limits
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox import school_time


@transaction.atomic
def open_account(
    *,
    school: School,
    gateway: str,
    label: str,
    by: Actor,
    sender: str = "",
    settings: Mapping[str, str] | None = None,
    secrets: Mapping[str, str] | None = None,
    rate_per_second: float = 10,
    rank: int = 1,
) -> Account:
    """A new account, ready to send once its settings are right. Raises UnknownGateway.

    One that people carry has no lane and no webhook: no worker ever sees it.
    """
    carrier = registry.get(gateway)
    account = Account(
        school=school,
        gateway=gateway,
        channel=carrier.channel,
        label=label,
        sender=sender,
        settings=dict(settings or {}),
        rate_per_second=rate_per_second,
        rank=rank,
    )
    made = carrier.own_secrets() if hasattr(carrier, "own_secrets") else {}
    account.keep_secrets({**made, **(secrets or {})})
    account.save()
    if not carrier.abilities.by_hand:
        Lane.objects.create(
            account=account, school=school, channel=account.channel, rate_per_second=rate_per_second
        )
        keep_limits(account, school_time.now())
        WebhookRoute.objects.create(school=school, account=account, gateway=gateway)
        connect_soon(account, school_time.now())
    record("account.opened", about=account, by=by, gateway=gateway)
    return account


@transaction.atomic
def change_account(
    account: Account, *, by: Actor, secrets: Mapping[str, str] | None = None, **changes: Any
) -> Account:
    """Write changed fields; a secret left out or left empty stays as it was. A held lane is let go again."""
    for name, value in changes.items():
        setattr(account, name, value)
    if secrets:
        written = {name: value for name, value in secrets.items() if value}
        account.keep_secrets({**account.secrets_that_open, **written})
    account.save()
    Lane.objects.filter(account=account).update(rate_per_second=account.rate_per_second)
    keep_limits(account, school_time.now())
    release_lane(account, by=by)
    connect_soon(account, school_time.now())
    record("account.changed", about=account, by=by, fields=sorted([*changes, *(secrets or {})]))
    return account


@transaction.atomic
def release_lane(account: Account, *, by: Actor) -> bool:
    """Staff have acted: what waits on this account leaves again. Returns whether it was held."""
    held = Lane.objects.filter(account=account, held_at__isnull=False)
    was_held = bool(held.update(held_at=None, held_reason="", failures=0, rests_until=None))
    if was_held:
        record("account.released", about=account, by=by)
    return was_held


@transaction.atomic
def close_account(account: Account, *, by: Actor) -> None:
    """Nothing new goes out on it, and its webhook path answers nobody. What was sent stays on record."""
    now = school_time.now()
    account.closed_at = now
    account.save(update_fields=["closed_at"])
    WebhookRoute.objects.filter(account=account).update(closed_at=now)
    record("account.closed", about=account, by=by)
