"""Understands what was stored: receipts join deliveries, words go up, service words are acted on at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from porchlight.delivery import addressing
from porchlight.delivery.gateways.contract import (
    AddressFailed,
    Advice,
    Heard,
    IdentityChanged,
    MissedCall,
    Receipt,
    TemplateChanged,
)
from porchlight.delivery.inbox import receipts, templates, wording
from porchlight.delivery.inbox.hearing import hear
from porchlight.delivery.inbox.listeners import CallMissed, tell_missed_call
from porchlight.delivery.inbox.senders import known_address
from porchlight.delivery.models import InboundEvent, WebhookRoute
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time

AT_ONCE = 100  # events understood in one transaction
MOST_TRIES = 5
PARKED = "parked"
PARKED_FOR = timedelta(days=1)  # a status whose message never comes is given up after that

log = logging.getLogger(__name__)


def process_waiting() -> int:
    """Understand what came in, school by school, a slice each. Returns how many events were dealt with."""
    done = 0
    for route in WebhookRoute.objects.exclude(waiting_since=None).order_by("waiting_since")[:50]:
        with school_context(route.school_id):
            rows = list(_claimed(InboundEvent.objects.filter(account_id=route.account_id, outcome="")))
            for row in rows:
                _deal_with(row)
            done += len(rows)
            if len(rows) < AT_ONCE:
                WebhookRoute.objects.filter(pk=route.pk, waiting_since=route.waiting_since).update(
                    waiting_since=None
                )
    return done


def process_parked(now: datetime) -> int:
    """Try statuses again whose message was not known; the sweeper calls this. Returns how many joined."""
    joined = 0
    for school_id in (
        WebhookRoute.objects.filter(closed_at=None).values_list("school_id", flat=True).distinct()
    ):
        with school_context(school_id):
            parked = InboundEvent.objects.filter(school_id=school_id, outcome=PARKED)
            for row in _claimed(parked):
                if row.received_at < now - PARKED_FOR:
                    _finish(row, "never joined")
                elif _deal_with(row) != PARKED:
                    joined += 1
    return joined


def _claimed(rows: QuerySet[InboundEvent]) -> QuerySet[InboundEvent]:
    """The next unprocessed ones, locked so that two workers never deal with the same."""
    rows = rows.filter(processed_at=None).select_related("account__school").order_by("received_at", "pk")
    skips = connection.features.has_select_for_update_skip_locked
    return rows.select_for_update(skip_locked=skips, of=("self",) if skips else ())[:AT_ONCE]


def _deal_with(row: InboundEvent) -> str:
    """One event; whatever goes wrong with it harms no other. Returns what became of it."""
    try:
        with transaction.atomic():
            outcome = _understand(row)
    except Exception as problem:
        # One poisonous event must not hold up a school's inbox; it stays visible with the kind of its problem.
        log.exception("An inbound event could not be understood")
        row.tries += 1
        given_up = row.tries >= MOST_TRIES
        row.outcome = f"failed: {type(problem).__name__}"[:60] if given_up else ""
        row.processed_at = school_time.now() if given_up else None
        row.save(update_fields=["tries", "outcome", "processed_at"])
        return row.outcome
    if outcome == PARKED:
        InboundEvent.objects.filter(pk=row.pk).update(outcome=PARKED)
    else:
        _finish(row, outcome)
    return outcome


def _finish(row: InboundEvent, outcome: str) -> None:
    row.outcome, row.processed_at = outcome[:60], school_time.now()
    row.save(update_fields=["outcome", "processed_at"])


def _understand(row: InboundEvent) -> str:
    event = wording.read(row.kind, row.event, row.raw)
    handler: Callable[[InboundEvent, Any], str] | None = _HANDLERS.get(type(event))
    return handler(row, event) if handler else "recorded"


def _receipt(row: InboundEvent, event: Receipt) -> str:
    return "joined" if receipts.join(row.account, event, now=school_time.now()) else PARKED


def _missed_call(row: InboundEvent, event: MissedCall) -> str:
    address = known_address(row.account, event.sender)
    return tell_missed_call(CallMissed(row.account.school, row.account, address, event.sender, event, row))


def _identity_changed(row: InboundEvent, event: IdentityChanged) -> str:
    address = known_address(row.account, event.old)
    if address is None:
        return "recorded"
    addressing.demote(address, reason="identity_changed")
    return "demoted"


def _template_changed(row: InboundEvent, event: TemplateChanged) -> str:
    return f"held {templates.hold(row.account, event, now=school_time.now())}"


def _address_failed(row: InboundEvent, event: AddressFailed) -> str:
    address = known_address(row.account, event.sender)
    if address is None:
        return "recorded"
    if event.advice is Advice.OPTED_OUT:
        addressing.opt_out(address, source=f"complaint: {event.code}", words="", now=school_time.now())
        return "opted out"
    if event.advice is Advice.BAD_ADDRESS:
        addressing.mark_bad(address, reason=event.code)
        return "marked bad"
    return "recorded"


def _heard(row: InboundEvent, event: Heard) -> str:
    return hear(row, event, now=school_time.now())


_HANDLERS: dict[type, Callable[[InboundEvent, Any], str]] = {
    Heard: _heard,
    Receipt: _receipt,
    MissedCall: _missed_call,
    IdentityChanged: _identity_changed,
    TemplateChanged: _template_changed,
    AddressFailed: _address_failed,
}
