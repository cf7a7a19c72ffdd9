"""Fetches what came along with words, as soon as it can: addresses run out within minutes, ids within days.

The network's part runs in the worker's event loop and its one session; the database's part in a thread of its own.
"""

from __future__ import annotations

import logging
import tempfile
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any, BinaryIO, cast

from django.db.models import Min

from porchlight.delivery.cleaning import make_clean
from porchlight.delivery.connecting import connect_due
from porchlight.delivery.gateways.contract import Advice, Fetched, Gateway, Media, Refused
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.registry import UnknownGateway
from porchlight.delivery.going_on import go_on
from porchlight.delivery.looking import look_due
from porchlight.delivery.models import Account, Attachment, WebhookRoute
from porchlight.delivery.outbox.carriers import Credentials, credentials_of
from porchlight.delivery.outbox.dialect import dialect
from porchlight.files.keeping import LARGEST, keep
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time
from porchlight.toolbox.jitter import ceiling
from porchlight.toolbox.sealed import WrongSeal
from porchlight.toolbox.statements import ask

LOOK_AGAIN = 0.5  # seconds an idle fetcher waits
TOGETHER = 4  # files of one account at a time
LEASE = timedelta(minutes=4)  # longer than any one file may take
GIVE_UP_AFTER = timedelta(days=7)  # WhatsApp's ids live so long; the others longer
IN_MEMORY = 1024 * 1024  # bytes; a larger file is written to disk while it comes
_ANY_DUE = """
SELECT 1 FROM delivery_webhookroute WHERE closed_at IS NULL
AND (fetch_at <= %(now)s OR connect_at <= %(now)s OR look_at <= %(now)s) LIMIT 1
"""
AGAIN = {Advice.RETRY, Advice.RETRY_LATE, Advice.STAFF_MUST_ACT}

type Work = Callable[[Http], Coroutine[Any, Any, Any]]
type Run = Callable[[Work], Future[Any]]  # starts it in the event loop, with the worker's session

log = logging.getLogger(__name__)


class Fetcher:
    """A worker's third hand. `run_in_loop` starts work in the event loop."""

    def __init__(self, run_in_loop: Run) -> None:
        self._run_in_loop = run_in_loop
        self._stop = threading.Event()
        self._asked: set[Future[Any]] = set()

    def stop(self) -> None:
        """`run()` ends soon: what is on its way is let go, and fetched by the next worker."""
        self._stop.set()
        for asked in list(self._asked):
            asked.cancel()

    def start(self, work: Work) -> Future[Any]:
        """Start it in the event loop; `stop()` lets go of it."""
        asked = self._run_in_loop(work)
        self._asked.add(asked)
        asked.add_done_callback(self._asked.discard)
        return asked

    def run(self) -> None:
        """Work until stopped. The database may come and go; what fails is logged and tried again."""
        go_on(
            lambda: 0 if self._work(school_time.now()) else LOOK_AGAIN, self._stop, log, "Fetching broke off."
        )

    def _work(self, now: datetime) -> int:
        """Whatever is due. Returns how much there was; nearly always nothing, which one short question tells."""
        if not ask(_ANY_DUE, {"now": dialect().moment(now)}):
            return 0
        return fetch_due(self.start, now) + connect_due(self.start, now) + look_due(self.start, now)


def fetch_due(run: Run, now: datetime) -> int:
    """Fetch what is due, account by account. Returns how many files were asked for."""
    routes = WebhookRoute.objects.filter(closed_at=None, fetch_at__lte=now).order_by("fetch_at")
    return sum(_fetch_for(route, run, now) for route in routes[:20])


def _fetch_for(route: WebhookRoute, run: Run, now: datetime) -> int:
    with school_context(route.school_id):
        rows = _claimed(route, now)
        if not rows:
            return 0
        account = Account.objects.select_related("school").get(pk=route.account_id)
        try:
            carrier, credentials = account.carrier, credentials_of(account)
        except (UnknownGateway, WrongSeal):
            return 0  # claimed, so it is looked at again when the lease is over
    here = [row for row in rows if row.waiting_id]
    with ExitStack() as open_files:
        away = [row for row in rows if not row.waiting_id]
        places = [open_files.enter_context(tempfile.SpooledTemporaryFile(IN_MEMORY)) for _ in away]
        fetching = [
            run(_asking(carrier, credentials, row, cast("BinaryIO", place)))
            for row, place in zip(away, places, strict=True)
        ]
        for row, place, found in zip(away, places, fetching, strict=True):
            outcome = _outcome(found)
            with school_context(route.school_id):
                _settle(row, cast("BinaryIO", place), outcome, school_time.now())
            here += [row] if row.waiting_id else []
    for row in here:
        make_clean(row, school_time.now())
    return len(rows)


def _claimed(route: WebhookRoute, now: datetime) -> list[Attachment]:
    """Take a few that are due; when there are none, write down when the next will be."""
    mine = Attachment.objects.in_school(route.school_id).filter(account_id=route.account_id)
    due = mine.to_fetch(now=now).select_related("waiting").select_for_update(skip_locked=True, of=("self",))
    rows = list(due[:TOGETHER])
    for row in rows:
        row.tries, row.due_at = row.tries + 1, now + LEASE
    Attachment.objects.bulk_update(rows, ["tries", "due_at"])
    if not rows:
        next_ = mine.filter(file=None, given_up_at=None).aggregate(next=Min("due_at"))["next"]
        same = WebhookRoute.objects.filter(pk=route.pk, fetch_at=route.fetch_at)
        same.update(fetch_at=next_)
    return rows


def _asking(carrier: Gateway, credentials: Credentials, row: Attachment, place: BinaryIO) -> Work:
    media = Media(row.kind, row.provider_id, row.claimed_type, row.url, row.name, row.digest)

    async def ask(http: Http) -> Fetched | Refused:
        return await carrier.fetch(http, credentials, media, place, LARGEST)

    return ask


def _outcome(found: Future[Any]) -> Fetched | Refused:
    try:
        outcome: Fetched | Refused = found.result(LEASE.total_seconds())
        return outcome
    except CancelledError:
        return Refused(Advice.RETRY, "no_connection")
    except Exception:
        # An adapter never raises; one that does is mended. Asking for a file again harms nobody.
        log.exception("An adapter raised while it fetched a file.")
        return Refused(Advice.RETRY, "no_connection")


def _settle(row: Attachment, place: BinaryIO, outcome: Fetched | Refused, now: datetime) -> None:
    if isinstance(outcome, Fetched):
        file = keep(
            school=row.school_id,
            source=row.source,
            content=place,
            name=row.name,
            claimed_type=row.claimed_type,
        )
        row.waiting = file
        Attachment.objects.filter(pk=row.pk).update(waiting=file, code="")
        return
    due_at = now + timedelta(seconds=outcome.retry_after or ceiling(row.tries))
    is_over = outcome.advice not in AGAIN or due_at > row.heard_at + GIVE_UP_AFTER
    Attachment.objects.filter(pk=row.pk, file=None).update(
        code=outcome.code[:60], due_at=due_at, given_up_at=now if is_over else None
    )
