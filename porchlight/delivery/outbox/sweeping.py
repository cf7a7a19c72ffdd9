"""Finds, every few seconds, what was lost: lanes nobody woke, sendings whose worker died, secrets past their time.

A secret past its time is ended in its row: from then on it is nobody's clock that keeps it shut.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from functools import cache

from django.db import connection

from porchlight.accounts.models import Token
from porchlight.delivery.content import SECRET_KINDS
from porchlight.delivery.gateways import registry
from porchlight.delivery.inbox.listeners import tell_status
from porchlight.delivery.models import Delivery, Lane
from porchlight.delivery.outbox import riding
from porchlight.delivery.outbox.dialect import WAITING, Dialect, dialect
from porchlight.delivery.outbox.lanes import wake_lanes
from porchlight.delivery.outbox.outcomes import MOST_COPIES
from porchlight.schools.wall import school_context

ONE_SWEEPER = 5_190_472_361  # for PostgreSQL's advisory lock: any number of ours


def sweep(now: datetime) -> bool:
    """One round over all schools that have lanes. Does nothing while another worker is at it.

    Returns whether it let go of something that was lost: others may wait for that one to be through.
    """
    schools = list(Lane.objects.values_list("school_id", flat=True).distinct())
    if not schools:
        return False
    given_up: dict[int, list[int]] = defaultdict(list)
    with school_context(*schools):
        if not alone(ONE_SWEEPER):
            return False
        let_go = _take_over(now)
        for delivery_id, school_id in _give_up(now):
            given_up[school_id].append(delivery_id)
        wake_lanes()
        forget_secrets(now)
        Token.objects.end_past(now=now)
    for school_id, delivery_ids in given_up.items():
        with school_context(school_id):
            tell_status(school_id, delivery_ids + riding.follow(delivery_ids, now))
    return let_go > 0


def alone(number: int) -> bool:
    """Whether this transaction is the only one at it, among all workers. SQLite has one writer anyway."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])


def _take_over(now: datetime) -> int:
    """Let go of sendings without a result whose lease ran out: they may have left, so each goes once more at most.

    Where the gateway echoes our reference, a status had a minute to come and settle them. Where it does not,
    they are let go one at a time, and the next only when that one is through. Returns how many were.
    """
    here = dialect()
    echoing = [
        name for name, gateway in registry.all_gateways().items() if gateway.abilities.echoes_reference
    ]
    with connection.cursor() as cursor:
        cursor.execute(_take_over_sql(here, tuple(sorted(echoing))), {"now": here.moment(now)})
        return len(cursor.fetchall())


def _give_up(now: datetime) -> list[tuple[int, int]]:
    """Twice on the wire without an answer is enough: a dead letter, which staff may look into."""
    here = dialect()
    with connection.cursor() as cursor:
        cursor.execute(_give_up_sql(here), {"now": here.moment(now)})
        return list(cursor.fetchall())


def forget_secrets(now: datetime) -> int:
    """Empty the bodies of sign-in codes and links past their time. Returns how many."""
    over = Delivery.objects.filter(parcel__service_kind__in=SECRET_KINDS, parcel__expires_at__lte=now)
    return over.exclude(body={}).update(body={})


def _unsettled(here: Dialect) -> str:
    return f"{WAITING} AND lease_until < {here.clock}"


@cache
def _take_over_sql(here: Dialect, echoing: tuple[str, ...]) -> str:
    names = ", ".join(f"'{name}'" for name in echoing) or "''"
    tells = f"account_id IN (SELECT id FROM delivery_account WHERE gateway IN ({names}))"
    others = (
        "SELECT 1 FROM delivery_delivery AS other WHERE other.account_id = lost.account_id AND copies > 0"
        f" AND {WAITING} AND due_at <= %(now)s AND (lease_until IS NULL OR lease_until >= {here.clock})"
    )
    # Materialized: what is lost is little, and found once. Otherwise PostgreSQL may pair every waiting delivery of
    # an account with every other.
    return (
        "WITH lost AS MATERIALIZED (SELECT id, account_id FROM delivery_delivery"
        f" WHERE {_unsettled(here)} AND copies + 1 < {MOST_COPIES}),"
        f" quiet AS MATERIALIZED (SELECT MIN(id) AS id, account_id FROM lost WHERE NOT {tells} GROUP BY account_id)"
        " UPDATE delivery_delivery SET lease_until = NULL, copies = copies + 1, epoch = epoch + 1 WHERE id IN ("
        f" SELECT id FROM lost WHERE {tells}"
        f" UNION ALL SELECT id FROM quiet AS lost WHERE NOT EXISTS ({others}))"
        f" AND lease_until < {here.clock} RETURNING id"
    )


@cache
def _give_up_sql(here: Dialect) -> str:
    return (
        "UPDATE delivery_delivery SET lease_until = NULL, epoch = epoch + 1, status = 2, stopped = 'dead',"
        " code = 'unclear', status_at = %(now)s"
        f" WHERE {_unsettled(here)} AND copies + 1 >= {MOST_COPIES} RETURNING id, school_id"
    )
