"""Understood later: what was stored is read in order, each in its own savepoint; any repetition, the same result."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from django.db import transaction

from porchlight.delivery.gateways import contract
from porchlight.delivery.inbox import changes, templates, wishes, wording
from porchlight.delivery.inbox.attaching import attach
from porchlight.delivery.inbox.listeners import (
    CallMissed,
    HeardFrom,
    tell_heard,
    tell_missed_call,
    tell_status,
)
from porchlight.delivery.inbox.receipts import Joined, join
from porchlight.delivery.inbox.senders import (
    address_of,
    address_of_mail,
    is_forged,
    keep_window_open,
    pressed_on,
)
from porchlight.delivery.inbox.waiting import (
    AT_A_TIME,
    JOINED,
    PARKED,
    Waiting,
    WaitingPath,
    take,
    take_in_hand,
    unmark,
    waiting_paths,
    write_down,
)
from porchlight.delivery.inbox.wording import receipt_in
from porchlight.delivery.models import Account, InboundEvent, WebhookRoute
from porchlight.delivery.outbox import ladder, riding
from porchlight.families.models import Channel
from porchlight.schools.law.followed import law_of
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time

log = logging.getLogger(__name__)


def process_waiting(most_routes: int = 50) -> int:
    """Understand what came in, path by path, who waited longest first. Returns how many events were looked at.

    A path is marked anew with every webhook, and unmarked only when its mark is still the one we began with: what
    comes in while we read is never overlooked.
    """
    now = school_time.now()
    return sum(_process_path(path, now)[0] for path in waiting_paths(most_routes))


def process_parked(now: datetime) -> int:
    """Look again at what was parked, failed, or was marked by nobody. Returns how many statuses joined."""
    routes = list(WebhookRoute.objects.filter(waiting_since=None, closed_at=None))
    if not routes:
        return 0
    with school_context(*{route.school_id for route in routes}):
        due = InboundEvent.objects.filter(processed_at=None, due_at__lte=now)
        accounts = set(due.values_list("account_id", flat=True).distinct())
    paths = [WaitingPath(route.pk, route.school_id, route.account_id, None) for route in routes]
    return sum(_process_path(path, now)[1] for path in paths if path.account_id in accounts)


def _process_path(path: WaitingPath, now: datetime) -> tuple[int, int]:
    """One path's events, up to AT_A_TIME: how many were looked at, and how many statuses joined.

    Statuses all at once; when that fails, for whatever reason, everything once more and each alone.
    """
    try:
        return _process(path, now, each_alone=False)
    except Exception:
        log.exception("Statuses could not be joined together.")
        return _process(path, now, each_alone=True)


def _process(path: WaitingPath, now: datetime, *, each_alone: bool) -> tuple[int, int]:
    with school_context(path.school_id):
        together, alone = take_in_hand(path.account_id, now)
        if not together and not alone:  # nearly always: statuses are most of what comes
            return _process_statuses(path, now, 0, each_alone=each_alone)
    read = _read_others(path, now, together, alone)
    with school_context(path.school_id):
        return _process_statuses(path, now, read, each_alone=each_alone)


def _process_statuses(path: WaitingPath, now: datetime, read: int, *, each_alone: bool) -> tuple[int, int]:
    """`read` others were looked at before."""
    rows = take(path.account_id, now)
    if rows and not each_alone:
        _join_receipts(path, rows, now)
    for row in rows if each_alone else ():
        _guarded(row, now, partial(_join_each, path, row, now))
    if rows:
        write_down(rows, now)
    if max(len(rows), read) < AT_A_TIME:
        unmark(path)
    return len(rows) + read, sum(row.outcome == JOINED for row in rows)


def _read_others(path: WaitingPath, now: datetime, together: list[Waiting], alone: list[Waiting]) -> int:
    """Whatever is no status, once it is taken in hand for good. Returns how many were read."""
    read = 0
    while together or alone:
        for rows in (together, alone):
            if rows:
                with school_context(path.school_id):
                    _understand_all(path, rows, now)
                    write_down(rows, now)
        read += len(together) + len(alone)
        if not alone or read >= AT_A_TIME:
            break
        with school_context(path.school_id):
            together, alone = take_in_hand(path.account_id, now)
    return read


def _understand_all(path: WaitingPath, rows: Sequence[Waiting], now: datetime) -> None:
    account = _account(path)
    events = InboundEvent.objects.in_bulk([row.id for row in rows])
    for row in rows:
        if row.is_spent:
            row.settle("failed: nobody lived to read it")
        else:
            _guarded(row, now, partial(_process_one, account, row, events[row.id], now))


def _account(path: WaitingPath) -> Account:
    return Account.objects.select_related("school").get(pk=path.account_id)


def _process_one(account: Account, row: Waiting, event: InboundEvent, now: datetime) -> None:
    row.settle(_understand(account, event, now))


def _guarded(row: Waiting, now: datetime, work: Callable[[], None]) -> None:
    """Whatever one event does wrong, the others go on; it is looked at again later, and then by people."""
    try:
        with transaction.atomic():
            work()
    except Exception as problem:
        log.exception("An inbound event could not be processed.")
        row.park(now, f"failed: {type(problem).__name__}")


def understand_now(account: Account, event: InboundEvent, now: datetime) -> None:
    """The same for one event whose home is still on the line. What fails is left to the worker, who tries again."""
    row = Waiting(event.pk, event.kind, event.tries + 1, "")
    _guarded(row, now, partial(_process_one, account, row, event, now))
    write_down([row], now)


def _join_receipts(path: WaitingPath, rows: Sequence[Waiting], now: datetime) -> None:
    """A status of something we do not know yet is parked, with those that came along: our own record of the sending
    may still come, and to join a status twice is to join it once.
    """
    receipts = [(row, receipt_in(one)) for row in rows for one in row.receipts()]
    joined = _join(path, [receipt for _, receipt in receipts], now)
    unknown = {row.id for place, (row, _) in enumerate(receipts) if place not in joined.of}
    for row in rows:
        if row.id in unknown:
            row.park(now, PARKED)
        else:
            row.settle(JOINED)


def _join_each(path: WaitingPath, row: Waiting, now: datetime) -> None:
    """Each of a row's statuses in a savepoint of its own: one that fails holds up none that came along."""
    receipts = row.receipts()
    failed = ""
    known = 0
    for receipt in receipts:
        try:
            with transaction.atomic():
                known += len(_join(path, [receipt_in(receipt)], now).of)
        except Exception as problem:
            log.exception("A status could not be joined.")
            failed = type(problem).__name__
    if failed or known < len(receipts):
        row.park(now, f"failed: {failed}" if failed else PARKED)
    else:
        row.settle(JOINED)


def _join(path: WaitingPath, receipts: Sequence[contract.Receipt], now: datetime) -> Joined:
    joined = join(path.school_id, path.account_id, receipts, now)
    if joined.failed:
        changes.hold_if_staff_must_act(_account(path), joined.failed, now)
        ladder.follow_up(joined.failed, now)
    tell_status(path.school_id, [*joined.grown, *riding.follow(joined.ridden, now)])
    return joined


def _understand(account: Account, row: InboundEvent, now: datetime) -> str:
    """Act on one event; what became of it, in a word or two."""
    match wording.read(row.kind, row.event, row.raw):
        case contract.Heard() as heard:
            return _hear(account, row, heard, now)
        case contract.MissedCall() as call:
            address = address_of(account, call.sender)
            return tell_missed_call(CallMissed(account.school, account, address, call.sender, call, row))
        case contract.IdentityChanged() as change:
            return changes.identity_changed(account, change)
        case contract.TemplateChanged() as change:
            return templates.template_changed(account, change, now=now)
        case contract.AddressFailed() as failure:
            return changes.address_failed(account, failure, now)
        case contract.AsksForHours() as wish:
            return wishes.keep_hours(account, wish)
        case contract.Ignored() as other:
            return f"ignored: {other.kind}"
    return "ignored"


def _hear(account: Account, row: InboundEvent, heard: contract.Heard, now: datetime) -> str:
    if heard.automatic:
        return "automatic"
    if account.channel == Channel.EMAIL:
        address, in_reply_to = address_of_mail(account, heard)
        heard = replace(heard, in_reply_to=in_reply_to or heard.in_reply_to)
    else:
        address = address_of(account, heard.sender)
        heard = replace(heard, in_reply_to=pressed_on(account, heard, address) or heard.in_reply_to)
    if address is not None:
        keep_window_open(address, account, heard.at or row.received_at, now)
    reads = wishes.languages_at(address)
    always_stop = law_of(account.school).stop_words
    wish = None if is_forged(account, heard) else wishes.wish_in(heard, reads, address, always_stop)
    if wish is not None:
        for_people = wishes.grant(wish, account=account, address=address, heard=heard, reads=reads, now=now)
        if not for_people:
            return wish.kind.value
    attachments = attach(account, row, heard, now)
    told = tell_heard(
        HeardFrom(account.school, account, address, heard.sender, heard, row, wish, attachments)
    )
    return f"{wish.kind.value}, {told}" if wish is not None else told
