"""A wire that answers at once never waits for the database; one that takes its time is given no more than it may hold."""

from __future__ import annotations

import asyncio
from collections import Counter
from functools import partial
from time import monotonic
from types import SimpleNamespace

import pytest

from porchlight.delivery.gateways.contract import Accepted, Status
from porchlight.delivery.models import Delivery
from porchlight.delivery.outbox import engine
from porchlight.delivery.outbox import wire as wires
from porchlight.delivery.outbox.engine import LARGE_SLICE, SLICE
from porchlight.delivery.outbox.outcomes import Withheld
from porchlight.delivery.outbox.wire import STALE, WINDOW, Sending, Wire
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import put_in_outbox
from porchlight.delivery.tests.kit import on_both_databases, worker

MANY = 500


@pytest.mark.usefixtures("clock")
@on_both_databases
@pytest.mark.parametrize(
    ("delay", "quick", "most"),
    [(0.0, 60_000.0, LARGE_SLICE), (0.1, engine.QUICK, SLICE)],
    ids=["quick", "slow"],
)
def test_more_is_claimed_than_may_be_on_its_way_only_where_answers_come_at_once(
    school, town, monkeypatch, delay, quick, most
):
    monkeypatch.setattr(engine, "QUICK", quick)  # on a busy machine nothing comes at once
    cast.twilio(school, town)
    town.set_weather("twilio", delay=delay)
    put_in_outbox(school, *[cast.home(school, number) for number in range(1, MANY + 1)])
    claimed: list[int] = []
    with worker(lambda sendings: claimed.append(len(sendings))) as outbox:
        outbox.run_until_empty()
    assert max(claimed) == most
    assert town.counts()["taken"]["twilio"] == MANY
    found = Delivery.objects.values_list("status", "tries", "lease_until")
    assert Counter(found) == {(Status.SENT, 1, None): MANY}


class Door:
    """A gateway that keeps everybody waiting until it is opened."""

    name, abilities = "door", SimpleNamespace(says_when_it_leaves=False)

    def __init__(self) -> None:
        self.inside, self.most = 0, 0
        self.came: asyncio.Queue[None] = asyncio.Queue()
        self._open = asyncio.Semaphore(0)

    async def send(self, *_asked: object) -> Accepted:
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.came.put_nowait(None)
        await self._open.acquire()
        self.inside -= 1
        return Accepted("taken")

    def let_in(self, many: int) -> None:
        for _ in range(many):
            self._open.release()

    async def until_came(self, many: int) -> None:
        for _ in range(many):
            await self.came.get()


class Someone:
    """What a sending needs of its lane and of its carrier."""

    account_id, failures, credentials = 1, 0, None

    def __init__(self, gateway: Door) -> None:
        self.gateway = gateway


class Street:
    """A wire to a door, and what was told of those that it was given."""

    def __init__(self) -> None:
        self.left: list[int] = []
        self.landed: list[object] = []
        self.door = Door()
        self.wire = Wire(lambda some: self.landed.extend(one.outcome for one in some))

    def send(self, many: int) -> None:
        someone, now = Someone(self.door), monotonic()
        self.wire.send(
            [
                Sending(None, "words", someone, someone, now, place, partial(self.left.append, place))
                for place in range(many)
            ]
        )


def test_no_more_than_a_window_is_on_its_way_and_the_next_leaves_when_one_lands():
    async def go() -> Street:
        street = Street()
        await street.wire.open()
        street.send(WINDOW + 20)
        assert street.left == list(range(WINDOW))
        await street.door.until_came(WINDOW)
        street.door.let_in(1)
        await street.door.until_came(1)
        assert (street.left, street.door.inside) == (list(range(WINDOW + 1)), WINDOW)
        street.door.let_in(WINDOW + 19)
        await street.door.until_came(19)
        await street.wire.close()
        return street

    street = asyncio.run(go())
    assert street.left == list(range(WINDOW + 20))
    assert street.door.most == WINDOW
    assert [type(outcome) for outcome in street.landed] == [Accepted] * (WINDOW + 20)


def test_who_waited_longer_than_a_last_check_is_good_for_does_not_leave(monkeypatch):
    async def go() -> Street:
        street = Street()
        await street.wire.open()
        street.send(WINDOW + 20)
        later = monotonic() + STALE + 0.01
        monkeypatch.setattr(wires, "monotonic", lambda: later)
        street.door.let_in(WINDOW)
        await street.wire.close()
        return street

    street = asyncio.run(go())
    assert street.left == list(range(WINDOW))
    assert Counter(map(type, street.landed)) == {Accepted: WINDOW, Withheld: 20}
