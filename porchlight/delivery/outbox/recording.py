"""Writing down what the wire said: a whole batch at once, forward only, and only under the epoch it left with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.outbox.dialect import RIDDEN, Dialect, dialect
from porchlight.delivery.outbox.outcomes import Settled
from porchlight.toolbox.statements import ask


class Result(NamedTuple):
    """One delivery's way on the wire, over. `at` is on the clock people see."""

    delivery_id: int
    epoch: int
    settled: Settled
    at: datetime
    milliseconds: int = 0


def record(results: Sequence[Result]) -> dict[int, bool]:
    """Returns the ids that were written, each with whether others ride with it.

    A result whose lease was taken over by another is void and absent.
    Runs inside the school's context and the caller's transaction.
    """
    here = dialect()
    at = max(one.at for one in results)
    # In the order in which statuses that come in meanwhile are written: no two wait for each other.
    in_order = sorted(results, key=lambda one: one.delivery_id)
    rows = json.dumps([_row(one, at, here) for one in in_order])
    values = {"rows": rows, "at": here.moment(at), "told": at.isoformat()}
    return {pk: bool(ridden) for pk, ridden in ask(_record_sql(here), values)}


def _row(one: Result, at: datetime, here: Dialect) -> dict[str, Any]:
    """What differs from a delivery that was taken just now, which nearly all are."""
    settled = one.settled
    row: dict[str, Any] = {
        "delivery_id": one.delivery_id,
        "epoch": one.epoch,
        "provider_id": settled.provider_id[:200],
    }
    if settled.outcome == "accepted" and one.at == at:
        row["ms"] = one.milliseconds  # the try's line is made of it where it is kept
    elif settled.was_a_try:
        row["attempt"] = _attempt(one)
    if one.at != at:
        row["at"] = here.written(one.at)
    if settled.outcome != "accepted" or settled.status != Status.SENT:
        row |= {
            "outcome": settled.outcome,
            "status": int(settled.status),
            "stopped": settled.stopped,
            "rest": settled.rest,
            "due_at": here.written(settled.due_at) if settled.due_at else None,
            "unused": 0 if settled.was_a_try and not settled.holds_lane else 1,
            "code": settled.code,
            "advice": settled.advice,
            "detail": settled.detail,
        }
    return row


def _attempt(one: Result) -> dict[str, Any]:
    """The try's line in its delivery's row."""
    line: dict[str, Any] = {"at": one.at.isoformat(), "epoch": one.epoch, "ms": one.milliseconds}
    if one.settled.outcome != "accepted":
        more = ("outcome", "code", "advice", "detail")
        line |= {name: value for name in more if (value := getattr(one.settled, name))}
    return line


def _results(here: Dialect) -> str:
    """SQL: the results as a table `v`, whole again."""
    table = here.table(
        delivery_id="bigint", epoch="int", outcome="text", status="smallint", stopped="text", rest="float",
        due_at="timestamptz", unused="smallint", provider_id="text", code="text", advice="text", detail="text",
        at="timestamptz", attempt="jsonb", ms="int",
    )  # fmt: skip
    whole = {"outcome": "'accepted'", "status": "1", "unused": "0", "at": "%(at)s"} | dict.fromkeys(
        ("stopped", "code", "advice", "detail"), "''"
    )
    filled = ", ".join(f"COALESCE({name}, {value}) AS {name}" for name, value in whole.items())
    return f"(SELECT delivery_id, epoch, rest, due_at, provider_id, attempt, ms, {filled} FROM {table}) AS v"


@cache
def _record_sql(here: Dialect) -> str:
    mine = "delivery_delivery"
    line = here.an_object(at="CAST(%(told)s AS text)", epoch="v.epoch", ms="v.ms")
    return (
        f"UPDATE {mine} SET status = {here.greatest}({mine}.status, v.status),"
        f" stopped = CASE WHEN {mine}.status > v.status THEN {mine}.stopped ELSE v.stopped END,"
        f" lease_until = CASE WHEN v.rest IS NULL THEN NULL ELSE {here.clock_in('v.rest')} END,"
        f" due_at = COALESCE(v.due_at, {mine}.due_at), tries = tries - v.unused,"
        f" attempts = CASE WHEN v.ms IS NOT NULL THEN {here.with_another('attempts', line)}"
        f" WHEN v.attempt IS NOT NULL THEN {here.with_another('attempts', 'v.attempt')} ELSE attempts END,"
        f" provider_id = CASE WHEN v.provider_id = '' THEN {mine}.provider_id ELSE v.provider_id END,"
        " code = v.code, advice = v.advice, detail = v.detail,"
        f" sent_at = COALESCE({mine}.sent_at, CASE WHEN v.outcome = 'accepted' THEN v.at END),"
        f" status_at = CASE WHEN v.status > 0 OR v.stopped <> '' THEN v.at ELSE {mine}.status_at END"
        f" FROM {_results(here)} WHERE {mine}.id = v.delivery_id AND {mine}.epoch = v.epoch"
        f" RETURNING {mine}.id, {RIDDEN}"
    )
