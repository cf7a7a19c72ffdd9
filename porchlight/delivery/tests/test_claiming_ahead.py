"""A wire that answers at once never waits for the database; one that takes its time is given no more than it may hold."""

from __future__ import annotations

import asyncio
from collections import Counter
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
        self.came, self.inside, self.most = 0, 0, 0
        self.open = asyncio.Semaphore(0)

    async def send(self, *_asked: object) -> Accepted:
        self.came, self.inside = self.came + 1, self.inside + 1
        self.most = max(self.most, self.inside)
        await self.open.acquire()
        self.inside -= 1
        return Accepted(f"number {self.came}")


class Someone:
    """What a sending needs of its lane and of its carrier."""

    account_id, failures = 1, 0
    credentials = None

    def __init__(self, gateway: Door) -> None:
        self.gateway = gateway


def sendings(door: Door, many: int, left: list[int]) -> list[Sending]:
    someone = Someone(door)
    return [
        Sending(None, "words", someone, someone, monotonic(), place, lambda place=place: left.append(place))
        for place in range(many)
    ]


def test_no_more_than_a_window_is_on_its_way_and_the_next_leaves_when_one_lands():
    left: list[int] = []
    landed: list[object] = []

    async def go() -> None:
        door = Door()
        wire = Wire(lambda some: landed.extend(one.outcome for one in some))
        await wire.open()
        wire.send(sendings(door, WINDOW + 20, left))
        assert left == list(range(WINDOW))
        door.open.release()
        while door.came == WINDOW:
            await asyncio.sleep(0)
        assert (door.came, door.inside) == (WINDOW + 1, WINDOW)
        for _ in range(WINDOW + 20):
            door.open.release()
        while door.came < WINDOW + 20:
            await asyncio.sleep(0)
        await wire.close()
        assert door.most == WINDOW

    asyncio.run(go())
    assert left == list(range(WINDOW + 20))
    assert [type(outcome) for outcome in landed] == [Accepted] * (WINDOW + 20)


def test_who_waited_longer_than_a_last_check_is_good_for_does_not_leave(monkeypatch):
    left: list[int] = []
    landed: list[object] = []

    async def go() -> None:
        door = Door()
        wire = Wire(lambda some: landed.extend(one.outcome for one in some))
        await wire.open()
        wire.send(sendings(door, WINDOW + 20, left))
        later = monotonic() + STALE + 0.01
        monkeypatch.setattr(wires, "monotonic", lambda: later)
        for _ in range(WINDOW):
            door.open.release()
        while len(landed) < WINDOW:
            await asyncio.sleep(0.001)
        await wire.close()

    asyncio.run(go())
    assert left == list(range(WINDOW))
    assert Counter(map(type, landed)) == {Accepted: WINDOW, Withheld: 20}
