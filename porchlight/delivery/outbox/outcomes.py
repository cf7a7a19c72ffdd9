"""What a gateway's answer means for a delivery. Pure: the same answer at the same moment gives the same line."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from porchlight.delivery.gateways.contract import Accepted, Advice, Outcome, Refused, Status, Unclear
from porchlight.delivery.models import Stopped
from porchlight.toolbox.jitter import TRIES, ceiling

MOST_COPIES = 2  # a family never gets the same words three times
A_DAY = 24 * 3600.0
STATUS_MAY_TAKE = 60.0  # seconds an unclear sending rests: a status that comes meanwhile settles it


@dataclass(frozen=True, slots=True)
class Withheld:
    """It was claimed and did not leave: too long since the last check, or the worker stops. Not a try."""

    why: str


class Settled(NamedTuple):
    """What is written down about one delivery. `rest` is on the database's clock, `due_at` on people's."""

    outcome: str  # accepted, refused, unclear, withheld
    status: Status = Status.QUEUED
    stopped: str = ""
    due_at: datetime | None = None
    rest: float | None = None  # seconds during which nobody touches it
    provider_id: str = ""
    code: str = ""
    advice: str = ""
    detail: str = ""
    holds_lane: bool = False  # staff must act before anything else leaves on this account
    pauses_lane: float = 0.0  # seconds the gateway asked everybody to wait
    is_failure: bool = False  # counts for the breaker

    @property
    def was_a_try(self) -> bool:
        return self.outcome != "withheld"


def settle(outcome: Outcome | Withheld, *, tries: int, copies: int, now: datetime) -> Settled:
    """`tries` counts this one; `copies` are earlier sendings of it that may have arrived."""
    match outcome:
        case Accepted():
            status = outcome.status if outcome.status is not None else Status.SENT
            return Settled("accepted", max(status, Status.SENT), provider_id=outcome.provider_id)
        case Withheld():
            return Settled("withheld")
        case Unclear():
            return _unclear(outcome, copies)
        case Refused():
            return _refused(outcome, tries, now)


def _unclear(outcome: Unclear, copies: int) -> Settled:
    if copies + 1 >= MOST_COPIES:
        return Settled(
            "unclear", Status.FAILED, Stopped.DEAD, code="unclear", detail=outcome.why, is_failure=True
        )
    return Settled("unclear", rest=STATUS_MAY_TAKE, code="unclear", detail=outcome.why, is_failure=True)


def _refused(outcome: Refused, tries: int, now: datetime) -> Settled:
    advice = outcome.advice
    match advice:
        case Advice.RETRY | Advice.RETRY_LATE:
            return _again(outcome, tries, now)
        case Advice.STAFF_MUST_ACT:
            return _settled(outcome, holds_lane=True, due_at=now)
        case Advice.OUR_FAULT:
            return _settled(outcome, Status.FAILED, Stopped.DEAD)
        case Advice.BAD_ADDRESS:
            return _settled(outcome, Status.FAILED, Stopped.BAD_ADDRESS)
        case Advice.OPTED_OUT:
            return _settled(outcome, Status.FAILED, Stopped.OPTED_OUT)
        case Advice.NEXT_CHANNEL | Advice.NEEDS_TEMPLATE:
            return _settled(outcome, Status.FAILED, Stopped.NEXT_CHANNEL)


def _again(outcome: Refused, tries: int, now: datetime) -> Settled:
    pause = outcome.retry_after or 0.0
    if tries >= TRIES:
        return _settled(outcome, Status.FAILED, Stopped.DEAD, pauses_lane=pause, is_failure=not pause)
    if pause:
        wait = pause + _between(0, 0.5)
    elif outcome.advice is Advice.RETRY_LATE:
        wait = A_DAY + _between(0, 3600)
    else:
        wait = _between(1, ceiling(tries))
    late = outcome.advice is Advice.RETRY_LATE
    due_at = now + timedelta(seconds=wait)
    return _settled(
        outcome, due_at=due_at, pauses_lane=0.0 if late else pause, is_failure=not (pause or late)
    )


def _between(least: float, most: float) -> float:
    return random.uniform(least, most)  # noqa: S311 - spreads load, guards nothing


def _settled(
    outcome: Refused,
    status: Status = Status.QUEUED,
    stopped: str = "",
    *,
    due_at: datetime | None = None,
    holds_lane: bool = False,
    pauses_lane: float = 0.0,
    is_failure: bool = False,
) -> Settled:
    return Settled(
        "refused",
        status,
        stopped,
        due_at,
        code=outcome.code[:60],
        advice=outcome.advice,
        detail=outcome.detail[:300],
        holds_lane=holds_lane,
        pauses_lane=pauses_lane,
        is_failure=is_failure,
    )
