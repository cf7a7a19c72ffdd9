"""How the office's phone is, for its page: when it was there, what its app tells, its credit, and its limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from porchlight.activity.record import record
from porchlight.delivery.looking import can_be_asked
from porchlight.delivery.models import Account, Delivery, WebhookRoute
from porchlight.delivery.outbox.limits import Limit, reached
from porchlight.schools.actors import Actor


class Check(NamedTuple):
    """One thing the app tells, in its own words."""

    words: str
    value: str
    is_well: bool


@dataclass(frozen=True, slots=True)
class PhoneState:
    """What is known of it."""

    asked_at: datetime | None
    seen_at: datetime | None
    checks: Sequence[Check]
    credit: str  # as somebody typed it
    credit_at: datetime | None
    sent_since: int  # messages, since the credit was noted
    credit_code: str
    limit: Limit | None
    left_day: int | None
    left_hour: int | None


def phone_state(account: Account, route: WebhookRoute, actor: Actor) -> PhoneState | None:
    """None where no phone is behind the account."""
    if not can_be_asked(account.carrier):
        return None
    looked, kept = route.looked, account.settings
    credit_at = _moment(kept.get("credit_at"))
    sent = Delivery.objects.visible_to(actor).filter(account=account)
    return PhoneState(
        asked_at=_moment(looked.get("at")),
        seen_at=_moment(looked.get("seen_at")),
        checks=[Check(*row) for row in looked.get("checks", ())],
        credit=kept.get("credit", ""),
        credit_at=credit_at,
        sent_since=sent.filter(sent_at__gte=credit_at).count() if credit_at else 0,
        credit_code=kept.get("credit_code", ""),
        limit=reached(account.lane),
        left_day=account.lane.left_day,
        left_hour=account.lane.left_hour,
    )


def _moment(written: object) -> datetime | None:
    return datetime.fromisoformat(written) if isinstance(written, str) and written else None


@transaction.atomic
def note_credit(account: Account, *, words: str, by: Actor, now: datetime) -> None:
    """What the carrier says is left on the SIM card: the app does not tell it, so a person does."""
    account.settings = {**account.settings, "credit": words, "credit_at": now.isoformat()}
    account.save(update_fields=["settings"])
    record("phone.credit_noted", about=account, by=by)
