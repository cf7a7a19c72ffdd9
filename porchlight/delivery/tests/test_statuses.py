"""Statuses in any order and any number come to the same end, forward only."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from porchlight.delivery.gateways.contract import Accepted, Receipt, Status
from porchlight.delivery.inbox.receipts import join
from porchlight.delivery.models import Delivery, InboundEvent, Lane, Stopped
from porchlight.delivery.outbox.claiming import claim
from porchlight.delivery.outbox.lanes import waiting_lanes
from porchlight.delivery.outbox.outcomes import settle
from porchlight.delivery.outbox.recording import Result, record
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import put_in_outbox
from porchlight.delivery.tests.hooks import post, process, status_of
from porchlight.delivery.tests.kit import on_both_databases

pytestmark = pytest.mark.usefixtures("clock")
ORDERS = list(permutations(["recorded", "sent", "failed", "delivered", "read"]))


def on_the_wire(school):
    """One delivery that left and whose result is not recorded yet."""
    put_in_outbox(school, cast.home(school))
    [row] = claim(waiting_lanes(cast.TUESDAY)[0], 1, cast.TUESDAY).leaving
    return row


def recorded(school, row) -> None:
    settled = settle(Accepted("sid-1"), tries=1, copies=0, now=cast.TUESDAY)
    record(school.pk, [Result(row.id, row.epoch, settled, cast.TUESDAY)])


def test_there_are_a_hundred_and_twenty_orders():
    assert len(set(ORDERS)) == 120


@on_both_databases
def test_all_orders_of_what_may_be_told_end_the_same_and_never_go_back(school):
    account = cast.account(school)
    row = on_the_wire(school)
    first = Delivery.objects.get()
    ends = set()
    for order in ORDERS:
        Delivery.objects.update(
            status=first.status,
            provider_id="",
            stopped="",
            code="",
            lease_until=first.lease_until,
            sent_at=None,
        )
        seen = [Status.QUEUED]
        for told in [*order, *order[:2]]:  # and some of it twice
            if told == "recorded":
                recorded(school, row)
            else:
                status = Status[told.upper()]
                join(
                    school.pk,
                    account.pk,
                    [Receipt(f"sid-1:{told}", "sid-1", status, first.reference)],
                    cast.TUESDAY,
                )
            seen.append(Delivery.objects.get().status)
        assert seen == sorted(seen)
        end = Delivery.objects.get()
        ends.add((end.status, end.provider_id, end.stopped, end.lease_until))
    assert ends == {(Status.READ, "sid-1", "", None)} or ends == {(Status.READ, "sid-1", "", None)}


def test_a_batch_told_in_one_go_is_as_good_as_one_by_one(school):
    account = cast.account(school)
    row = on_the_wire(school)
    recorded(school, row)
    receipts = [
        Receipt(f"k{n}", "sid-1", status)
        for n, status in enumerate([Status.READ, Status.SENT, Status.DELIVERED])
    ]
    joined = join(school.pk, account.pk, receipts, cast.TUESDAY)
    assert joined.of == {0: row.id, 1: row.id, 2: row.id}
    assert joined.grown == (row.id,)
    assert Delivery.objects.get().status == Status.READ
    assert join(school.pk, account.pk, receipts, cast.TUESDAY).grown == ()


def test_a_status_before_its_message_is_parked_and_joined_later(school, town, clock):
    account = cast.whatsapp(school, town)
    home = cast.home(school, channel="whatsapp")
    put_in_outbox(school, home)
    [row] = claim(waiting_lanes(cast.TUESDAY)[0], 1, cast.TUESDAY).leaving
    post(account, status_of("sid-1", "delivered"))  # without our reference
    process()
    event = InboundEvent.objects.get()
    assert (event.outcome, event.processed_at, event.due_at) == (
        "parked",
        None,
        cast.TUESDAY + timedelta(seconds=5),
    )
    recorded(school, row)
    process()
    assert Delivery.objects.get().status == Status.SENT
    clock.now += timedelta(seconds=5)
    process()
    event.refresh_from_db()
    assert (event.outcome, event.processed_at) == ("joined", clock.now)
    assert Delivery.objects.get().status == Status.DELIVERED


def test_a_status_of_something_we_never_sent_is_laid_aside_in_the_end(school, town, clock):
    account = cast.whatsapp(school, town)
    post(account, status_of("sid-of-another-tool", "delivered"))
    for _ in range(12):
        process()
        clock.now += timedelta(hours=1)
    event = InboundEvent.objects.get()
    assert (event.outcome, event.tries) == ("parked", 10)
    assert event.processed_at is not None


def test_a_failure_told_later_climbs_to_the_next_address(school, town):
    account = cast.whatsapp(school, town)
    cast.twilio(school, town)
    home = cast.home(school, channel="whatsapp")
    second, _ = cast.reach(school, home.guardian, "+447700900777", rank=2)
    [parcel] = put_in_outbox(school, home)
    delivery = parcel.deliveries.get()
    error = {"code": 131026, "title": "Message undeliverable"}
    post(account, status_of("sid-1", "failed", reference=delivery.reference, errors=[error]))
    process()
    delivery.refresh_from_db()
    assert (delivery.status, delivery.stopped, delivery.code) == (
        Status.FAILED,
        Stopped.NEXT_CHANNEL,
        "131026",
    )
    assert parcel.deliveries.exclude(pk=delivery.pk).get().address == second


def test_a_passing_failure_told_later_is_sent_anew_a_few_times_and_no_more(school, town):
    account = cast.whatsapp(school, town)
    home = cast.home(school, channel="whatsapp")
    [parcel] = put_in_outbox(school, home)
    for count in (1, 2, 3):
        delivery = parcel.deliveries.order_by("-pk").first()
        assert parcel.deliveries.count() == count
        error = {"code": 131000, "title": "Something went wrong"}
        post(account, status_of(f"sid-{count}", "failed", reference=delivery.reference, errors=[error]))
        process()
        delivery.refresh_from_db()
        assert delivery.stopped == Stopped.TRIED_ANEW
    assert parcel.deliveries.count() == 3


def test_a_failure_of_the_account_told_later_holds_the_lane(school, town):
    account = cast.whatsapp(school, town)
    [parcel] = put_in_outbox(school, cast.home(school, channel="whatsapp"))
    error = {"code": 131042, "title": "Business eligibility payment issue"}
    post(account, status_of("sid-1", "failed", reference=parcel.deliveries.get().reference, errors=[error]))
    process()
    assert Lane.objects.get().held_at == cast.TUESDAY
    assert parcel.deliveries.get().stopped == Stopped.DEAD
