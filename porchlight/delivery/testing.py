"""A test message from a set-up page, and how far the last one came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from porchlight.activity.record import record
from porchlight.delivery.addressing import as_address
from porchlight.delivery.content import ServiceKind
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.health import problems_of
from porchlight.delivery.models import Account, Delivery, Parcel
from porchlight.delivery.service import RawAddress, serve
from porchlight.families.models import Channel
from porchlight.schools.actors import Actor


def send_test(account: Account, *, to: str, by: Actor, now: datetime) -> Parcel | None:
    """Send it over this account and no other. None when the account cannot send. Raises NotAnAddress."""
    if problems_of(account):
        return None
    value = as_address(account.channel, to, account.school.country)
    is_identity = account.channel in (Channel.TELEGRAM, Channel.PUSH)
    parcel = serve(
        school=account.school,
        kind=ServiceKind.TEST_MESSAGE,
        to=RawAddress(account.channel, *(("", value) if is_identity else (value,))),
        language=account.school.language,
        now=now,
        account=account,
    )
    if parcel is not None:
        record("account.tested", about=account, by=by)
    return parcel


@dataclass(frozen=True, slots=True)
class Test:
    """The last test over an account."""

    to: str
    status: str  # a word of design.delivery_words
    at: datetime
    why: str  # what the gateway said last, when it did not go or is tried again


def last_test(account: Account, actor: Actor) -> Test | None:
    """How far the last test came."""
    row = (
        Delivery.objects.visible_to(actor)
        .filter(account=account, parcel__service_kind=ServiceKind.TEST_MESSAGE)
        .order_by("-pk")
        .first()
    )
    if row is None:
        return None
    failed = row.status == Status.FAILED or bool(row.stopped)
    is_held = account.held_at is not None  # its page says why, once
    waits = row.status == Status.QUEUED and not is_held
    why = account.carrier.explain(row.code) if row.code and (failed or waits) else ""
    status = "failed" if failed else Status(row.status).name.lower()
    to = "" if account.channel == Channel.PUSH else row.to
    return Test(to, status, row.sent_at or row.created_at, why)
