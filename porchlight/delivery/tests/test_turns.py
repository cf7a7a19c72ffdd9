"""Whose turn it is among lanes: each batch goes to the next, and nobody's one waits for another's thousands."""

from __future__ import annotations

import pytest

from porchlight.delivery.models import Delivery, Lane
from porchlight.delivery.outbox import turns
from porchlight.delivery.outbox.lanes import waiting_lanes
from porchlight.delivery.outbox.turns import Turns
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import put_in_outbox
from porchlight.delivery.tests.kit import on_both_databases, worker

pytestmark = [pytest.mark.usefixtures("clock"), on_both_databases]


class Watch:
    """A clock of the machine that the test moves."""

    now = 100.0


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(turns, "monotonic", lambda: watch.now)
    return watch


def busy(school, *numbers: int) -> int:
    """A line with something due for these homes. Returns its account."""
    account = cast.account(school)
    put_in_outbox(school, *[cast.home(school, number) for number in numbers])
    return int(account.pk)


def whose(waiting: Turns) -> list[int]:
    return [turn.account_id for turn in waiting.waiting()]


def test_lanes_are_gone_round_and_who_is_through_drops_out(school, other_school, watch):
    maple, oak = busy(school, 1, 2), busy(other_school, 3)
    waiting = Turns()
    assert whose(waiting) == [maple, oak]
    waiting.served(waiting.waiting()[0], has_more=True)
    assert whose(waiting) == [oak, maple]
    waiting.served(waiting.waiting()[0], has_more=False)
    assert whose(waiting) == [maple]


def test_another_schools_first_one_is_heard_of_a_moment_later_and_comes_first(school, other_school, watch):
    maple = busy(school, 1, 2)
    waiting = Turns()
    [turn] = waiting.waiting()
    Lane.objects.filter(pk=maple).update(served_at=cast.TUESDAY)
    waiting.served(turn, has_more=True)
    oak = busy(other_school, 3)
    assert whose(waiting) == [maple]
    watch.now += turns.ASK_AGAIN + 0.001
    assert whose(waiting) == [oak, maple]


def test_of_more_lanes_than_were_heard_of_nobody_comes_twice_before_the_others(
    school, other_school, watch, monkeypatch
):
    monkeypatch.setattr(turns, "MOST_LANES", 1)
    monkeypatch.setattr(turns, "waiting_lanes", lambda now: waiting_lanes(now, most=1))
    maple, oak = busy(school, 1, 2), busy(other_school, 3)
    waiting = Turns()
    [turn] = waiting.waiting()
    assert turn.account_id == maple
    Lane.objects.filter(pk=maple).update(served_at=cast.TUESDAY)
    waiting.served(turn, has_more=True)
    assert whose(waiting) == [oak]


def test_a_lane_held_since_it_was_heard_of_gives_nothing(school, watch):
    """What a worker remembers is an order, and no leave to send."""
    account = busy(school, 1, 2)
    left: list[int] = []
    with worker(lambda sendings: left.extend(one.row.id for one in sendings)) as outbox:
        assert [turn.account_id for turn in outbox._turns()] == [account]
        Lane.objects.filter(pk=account).update(held_at=cast.TUESDAY, held_reason="The key is wrong.")
        assert outbox._work(outbox._turns()) == 0
    assert left == []
    assert Delivery.objects.waiting().count() == 2
