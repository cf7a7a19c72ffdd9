"""Leases, fences, allowances: what may be taken off a lane, by whom, and whose word counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import F

from porchlight.accounts.models import Token
from porchlight.delivery.gateways.contract import Accepted, Advice, Refused, Status, Unclear
from porchlight.delivery.models import Delivery, Lane, Stopped
from porchlight.delivery.outbox.claiming import claim
from porchlight.delivery.outbox.lanes import waiting_lanes
from porchlight.delivery.outbox.outcomes import settle
from porchlight.delivery.outbox.recording import Result, record
from porchlight.delivery.outbox.sweeping import sweep
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import put_in_outbox
from porchlight.delivery.tests.kit import on_both_databases

pytestmark = [pytest.mark.usefixtures("clock"), on_both_databases]
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)  # on the database's clock


def claimed(most: int = 32):
    """One claim from the lane whose turn it is."""
    turns = waiting_lanes(cast.TUESDAY)
    return claim(turns[0], most, cast.TUESDAY) if turns else None


def result(row, outcome) -> Result:
    settled = settle(outcome, tries=row.tries, copies=row.copies, now=cast.TUESDAY)
    return Result(row.id, row.epoch, settled, cast.TUESDAY)


def run_out() -> None:
    """Every lease ran out: its worker is gone, or very slow."""
    Delivery.objects.exclude(lease_until=None).update(lease_until=LONG_AGO)


def test_what_one_worker_has_another_does_not_get(school):
    cast.account(school)
    put_in_outbox(school, *[cast.home(school, number) for number in range(1, 11)])
    mine, yours = claimed(6), claimed(6)
    assert (len(mine.leaving), len(yours.leaving)) == (6, 4)
    assert {row.id for row in mine.leaving}.isdisjoint(row.id for row in yours.leaving)
    assert claimed() is None


def test_a_result_counts_only_under_the_epoch_it_left_with(school):
    cast.account(school)
    [parcel] = put_in_outbox(school, cast.home(school))
    [stale] = claimed().leaving
    run_out()
    sweep(cast.TUESDAY)
    [fresh] = claimed().leaving
    assert (fresh.id, fresh.copies) == (stale.id, 1)
    assert record([result(stale, Refused(Advice.BAD_ADDRESS, "x"))]) == {}
    assert parcel.deliveries.get().status == Status.QUEUED
    assert parcel.deliveries.get().attempts == []
    assert record([result(fresh, Accepted("sid-1"))]) == {fresh.id: False}
    assert record([result(stale, Accepted("sid-0"))]) == {}
    delivery = parcel.deliveries.get()
    assert (delivery.status, delivery.provider_id, delivery.lease_until) == (Status.SENT, "sid-1", None)
    assert [line["epoch"] for line in delivery.attempts] == [fresh.epoch]


def test_a_result_that_comes_late_but_before_anybody_took_over_counts(school):
    cast.account(school)
    [parcel] = put_in_outbox(school, cast.home(school))
    [row] = claimed().leaving
    run_out()
    assert record([result(row, Accepted("sid-1"))]) == {row.id: False}
    sweep(cast.TUESDAY)
    assert claimed() is None
    assert parcel.deliveries.get().status == Status.SENT


def test_a_status_that_came_in_settles_a_sending_without_a_result(school):
    cast.account(school)
    put_in_outbox(school, cast.home(school))
    claimed()
    Delivery.objects.update(status=Status.DELIVERED)
    run_out()
    sweep(cast.TUESDAY)
    assert claimed() is None


def test_never_three_times_on_the_wire(school):
    cast.account(school)
    [parcel] = put_in_outbox(school, cast.home(school))
    for copies in (0, 1):
        [row] = claimed().leaving
        assert row.copies == copies
        run_out()
        sweep(cast.TUESDAY)
    assert claimed() is None
    delivery = parcel.deliveries.get()
    assert (delivery.status, delivery.stopped, delivery.code) == (Status.FAILED, Stopped.DEAD, "unclear")


def test_no_answer_rests_a_minute_before_it_goes_once_more(school):
    cast.account(school)
    [parcel] = put_in_outbox(school, cast.home(school))
    [row] = claimed().leaving
    record([result(row, Unclear("no answer in time"))])
    delivery = parcel.deliveries.get()
    rest = (delivery.lease_until - datetime.now(UTC)).total_seconds()
    assert 50 < rest <= 61
    sweep(cast.TUESDAY)
    assert claimed() is None
    run_out()
    sweep(cast.TUESDAY)
    [again] = claimed().leaving
    record([result(again, Unclear("no answer in time"))])
    assert parcel.deliveries.get().stopped == Stopped.DEAD


def test_where_the_gateway_never_echoes_us_lost_ones_go_one_at_a_time(school):
    account = cast.account(school)
    put_in_outbox(school, *[cast.home(school, number) for number in range(1, 6)])
    assert len(claimed().leaving) == 5
    run_out()
    account.gateway = "switched_off_meanwhile"  # nobody can say that it echoes
    account.save()
    for _ in range(5):
        assert sweep(cast.TUESDAY)  # which is why the next look comes soon
        assert not sweep(cast.TUESDAY)
        [row] = claimed().leaving
        assert record([result(row, Accepted(f"sid-{row.id}"))]) == {row.id: False}
    assert not sweep(cast.TUESDAY)
    assert claimed() is None


def test_a_secret_past_its_time_opens_nothing_when_the_clock_is_set_back(school):
    """T43. No clock brings back what a worker has seen run out; what is still good stays."""
    cast.account(school)
    old, young = (
        Token.issue(purpose="notice", subject="1:2:3", expires_at=cast.TUESDAY + timedelta(minutes=minutes))
        for minutes in (-20, 10)
    )
    sweep(cast.TUESDAY)
    before = cast.TUESDAY - timedelta(hours=1)
    assert not Token.objects.holding(old, "notice").live(now=before).exists()
    assert Token.objects.holding(young, "notice").live(now=before).exists()


def test_a_lane_nobody_woke_is_found(school):
    cast.account(school)
    put_in_outbox(school, cast.home(school))
    Lane.objects.update(due_at=None)
    assert claimed() is None
    sweep(cast.TUESDAY)
    assert len(claimed().leaving) == 1


def test_a_lane_gives_what_its_rate_allows_and_no_more_until_time_passed(school):
    cast.account(school, rate_per_second=5)
    put_in_outbox(school, *[cast.home(school, number) for number in range(1, 21)])
    assert len(claimed().leaving) == 5
    assert claimed() is None
    Lane.objects.update(tokens_at=F("tokens_at") - timedelta(seconds=0.5))
    assert len(claimed().leaving) in {2, 3}
    Lane.objects.update(tokens_at=F("tokens_at") - timedelta(hours=1))
    assert len(claimed().leaving) == 5


def test_a_lane_slower_than_one_a_second_still_gives_one(school):
    cast.account(school, rate_per_second=0.2)
    put_in_outbox(school, *[cast.home(school, number) for number in range(1, 4)])
    assert len(claimed().leaving) == 1
    Lane.objects.update(tokens_at=F("tokens_at") - timedelta(seconds=4))
    assert claimed() is None
    Lane.objects.update(tokens_at=F("tokens_at") - timedelta(seconds=2))
    assert len(claimed().leaving) == 1


def test_an_emptied_lane_knows_when_it_is_due_next(school):
    cast.account(school)
    later = cast.TUESDAY + timedelta(hours=1)
    put_in_outbox(school, cast.home(school))
    put_in_outbox(school, cast.home(school, 2), hold_until=later)
    assert len(claimed().leaving) == 1
    assert Lane.objects.get().due_at == later
