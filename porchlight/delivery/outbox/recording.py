"""Writing down what the wire said: a whole batch at once, forward only, and only under the epoch it left with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection

from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.outbox.dialect import Dialect, dialect
from porchlight.delivery.outbox.outcomes import Settled


@dataclass(frozen=True, slots=True)
class Result:
    """One delivery's way on the wire, over. `at` is on the clock people see."""

    delivery_id: int
    epoch: int
    settled: Settled
    at: datetime
    milliseconds: int = 0


def record(school_id: int, results: Sequence[Result]) -> set[int]:
    """Returns the ids that were written; a result whose lease was taken over by another is void and absent.

    Runs inside the school's context and the caller's transaction.
    """
    here = dialect()
    with connection.cursor() as cursor:
        rows = json.dumps([_row(one, here) for one in results])
        cursor.execute(_update_sql(here), {"rows": rows})
        written = {row[0] for row in cursor.fetchall()}
        tries = [one for one in results if one.delivery_id in written and one.settled.was_a_try]
        if tries:
            rows = json.dumps([_attempt(one, here) for one in tries])
            cursor.execute(_attempt_sql(here), {"rows": rows, "school": school_id})
    return written


def _row(one: Result, here: Dialect) -> dict[str, Any]:
    settled = one.settled
    at = here.written(one.at)
    moved = settled.status > Status.QUEUED or bool(settled.stopped)
    return {
        "delivery_id": one.delivery_id,
        "epoch": one.epoch,
        "status": int(settled.status),
        "stopped": settled.stopped,
        "rest": settled.rest,
        "due_at": here.written(settled.due_at) if settled.due_at else None,
        "unused": 0 if settled.was_a_try and not settled.holds_lane else 1,
        "provider_id": settled.provider_id[:200],
        "code": settled.code,
        "advice": settled.advice,
        "detail": settled.detail,
        "sent_at": at if settled.outcome == "accepted" else None,
        "status_at": at if moved else None,
    }


def _attempt(one: Result, here: Dialect) -> dict[str, Any]:
    return {
        "delivery_id": one.delivery_id,
        "epoch": one.epoch,
        "outcome": one.settled.outcome,
        "code": one.settled.code,
        "advice": one.settled.advice,
        "detail": one.settled.detail,
        "at": here.written(one.at),
        "milliseconds": one.milliseconds,
    }


@cache
def _update_sql(here: Dialect) -> str:
    table = here.table(
        delivery_id="bigint", epoch="int", status="smallint", stopped="text", rest="float", due_at="timestamptz",
        unused="smallint", provider_id="text", code="text", advice="text", detail="text",
        sent_at="timestamptz", status_at="timestamptz",
    )  # fmt: skip
    mine = "delivery_delivery"
    return (
        f"UPDATE {mine} SET status = {here.greatest}({mine}.status, v.status),"
        f" stopped = CASE WHEN {mine}.status > v.status THEN {mine}.stopped ELSE v.stopped END,"
        f" lease_until = CASE WHEN v.rest IS NULL THEN NULL ELSE {here.clock_in('v.rest')} END,"
        f" due_at = COALESCE(v.due_at, {mine}.due_at), tries = tries - v.unused,"
        f" provider_id = CASE WHEN v.provider_id = '' THEN {mine}.provider_id ELSE v.provider_id END,"
        " code = v.code, advice = v.advice, detail = v.detail,"
        f" sent_at = COALESCE({mine}.sent_at, v.sent_at), status_at = COALESCE(v.status_at, {mine}.status_at)"
        f" FROM {table} WHERE {mine}.id = v.delivery_id AND {mine}.epoch = v.epoch RETURNING {mine}.id"
    )


@cache
def _attempt_sql(here: Dialect) -> str:
    columns = "delivery_id, epoch, outcome, code, advice, detail, at, milliseconds"
    table = here.table(
        delivery_id="bigint", epoch="int", outcome="text", code="text", advice="text", detail="text",
        at="timestamptz", milliseconds="int",
    )  # fmt: skip
    return f"INSERT INTO delivery_attempt (school_id, {columns}) SELECT %(school)s, {columns} FROM {table}"
