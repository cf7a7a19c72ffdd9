"""T10. Statuses in any order and any number come to the same end, forward only."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from django.conf import settings
from django.test import Client

from porchlight.delivery.gateways.contract import Accepted, Advice, Receipt, Refused, Status
from porchlight.delivery.gateways.tests.test_contract import TABLES
from porchlight.delivery.inbox.receipts import join
from porchlight.delivery.models import Delivery, InboundEvent, Lane, Stopped, WebhookRoute
from porchlight.delivery.outbox.claiming import claim
from porchlight.delivery.outbox.lanes import waiting_lanes
from porchlight.delivery.outbox.outcomes import settle
from porchlight.delivery.outbox.recording import Result, record
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import put_in_outbox
from porchlight.delivery.tests.hooks import post, process, status_of
from porchlight.delivery.tests.kit import on_both_databases
from porchlight.families.models import Address

pytestmark = pytest.mark.usefixtures("clock")
TOLD = list(permutations(Status))  # queued, sent, failed, delivered, read
WITH_OUR_RECORD = list(permutations(["recorded", Status.SENT, Status.FAILED, Status.DELIVERED, Status.READ]))
# Through the real door, in each gateway's own words: every order of what that gateway can tell.
TELLING = [table for table in TABLES if table.fates]
IN_THEIR_WORDS = pytest.mark.parametrize(
    "table",
    [
        pytest.param(
            table, id=table.gateway.name, marks=[pytest.mark.voice] * (table.gateway.channel == "call")
        )
        for table in TELLING
    ],
)


def on_the_wire(school):
    """One delivery that left and whose result is not recorded yet."""
    put_in_outbox(school, cast.home(school))
    [row] = claim(waiting_lanes(cast.TUESDAY)[0], 1, cast.TUESDAY).leaving
    return row


def recorded(school, row) -> None:
    settled = settle(Accepted("sid-1"), tries=1, copies=0, now=cast.TUESDAY)
    record([Result(row.id, row.epoch, settled, cast.TUESDAY)])


def as_it_left(first: Delivery, provider_id: str = "") -> None:
    """The delivery as it was when it left; what an earlier order caused is gone."""
    InboundEvent.objects.all().delete()
    Delivery.objects.exclude(pk=first.pk).delete()
    Delivery.objects.update(
        status=first.status,
        provider_id=provider_id,
        stopped="",
        code="",
        advice="",
        detail="",
        lease_until=first.lease_until,
        sent_at=None,
    )


def stands(delivery: Delivery) -> tuple:
    now = Delivery.objects.get(pk=delivery.pk)
    return now.status, now.provider_id, now.stopped, now.code, now.advice


def told(school, account, status: Status, reference: str) -> None:
    refused = Refused(Advice.BAD_ADDRESS, "no_such_number") if status is Status.FAILED else None
    join(
        school.pk, account.pk, [Receipt(f"sid-1:{status}", "sid-1", status, reference, refused)], cast.TUESDAY
    )


def test_there_are_a_hundred_and_twenty_orders():
    assert (len(set(TOLD)), len(set(WITH_OUR_RECORD))) == (120, 120)


@on_both_databases
def test_all_orders_of_the_five_statuses_end_the_same_and_never_go_back(school):
    account = cast.account(school)
    on_the_wire(school)
    first, ends = Delivery.objects.get(), set()
    for order in TOLD:
        as_it_left(first)
        seen = [Status.QUEUED]
        for status in [*order, *order[:2]]:  # and some of it twice
            told(school, account, status, first.reference)
            seen.append(Delivery.objects.get().status)
        assert seen == sorted(seen)
        ends.add(stands(first))
    assert ends == {(Status.READ, "sid-1", "", "", "")}


@on_both_databases
def test_whatever_of_the_five_comes_the_highest_of_it_stands(school):
    """Of most sendings not everything is ever told: 205 orders of one to four of the five."""
    account = cast.account(school)
    on_the_wire(school)
    first = Delivery.objects.get()
    orders = [order for count in (1, 2, 3, 4) for order in permutations(Status, count)]
    assert len(orders) == 205
    for order in orders:
        as_it_left(first)
        for status in order:
            told(school, account, status, first.reference)
        status, _, stopped, *_ = stands(first)
        assert (status, stopped) == (max(order), "bad_address" if max(order) is Status.FAILED else "")


@on_both_databases
def test_all_orders_of_statuses_and_our_own_record_end_the_same(school):
    account = cast.account(school)
    row = on_the_wire(school)
    first, ends = Delivery.objects.get(), set()
    for order in WITH_OUR_RECORD:
        as_it_left(first)
        seen = [Status.QUEUED]
        for what in [*order, *order[:2]]:
            if what == "recorded":
                recorded(school, row)
            else:
                told(school, account, what, first.reference)
            seen.append(Delivery.objects.get().status)
        assert seen == sorted(seen)
        ends.add((*stands(first), Delivery.objects.get().lease_until))
    assert ends == {(Status.READ, "sid-1", "", "", "", None)}


def named_by_them(table, given) -> str:
    """Their id of it, which came when it was taken, where their reports name no reference of ours."""
    if table.gateway.abilities.echoes_reference:
        return ""
    [receipt] = table.gateway.read(given, table.sign(given, table.request(*next(iter(table.fates.values())))))
    return receipt.provider_id


@on_both_databases
@IN_THEIR_WORDS
def test_all_orders_in_each_gateways_own_words_end_the_same(school, table):
    given = table.account("https://gateway.example.org")
    account = cast.account(
        school,
        table.gateway.name,
        sender=given.sender,
        settings=dict(given.settings),
        secrets=dict(given.secrets),
    )
    home = cast.home(school, channel=table.gateway.channel)
    Address.objects.update(window_until=cast.TUESDAY + timedelta(hours=1))
    cast.put_in_outbox(school, home)
    Delivery.objects.update(reference="k7mxq2")
    first = Delivery.objects.get()
    path = WebhookRoute.objects.get(account=account).path
    door = replace(table, url=settings.BASE_URL + path)
    theirs = named_by_them(table, given)
    for order in permutations(table.fates):
        as_it_left(first, theirs)
        seen = [Status.QUEUED]
        for status in [*order, order[0]]:
            request = table.sign(given, door.request(*table.fates[status]))
            answer = Client().post(
                request.url.removeprefix(settings.BASE_URL),
                request.body,
                content_type=table.content_type,
                headers={name: value for name, value in request.headers.items() if name != "host"},
            )
            assert answer.status_code == 200
            process()
            seen.append(Delivery.objects.get(pk=first.pk).status)
        assert seen == sorted(seen)
        now = Delivery.objects.get(pk=first.pk)
        assert (now.status, now.stopped, now.code) == (max(table.fates), "", "")


@on_both_databases
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


@on_both_databases
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


@on_both_databases
def test_a_status_of_something_we_never_sent_is_laid_aside_in_the_end(school, town, clock):
    account = cast.whatsapp(school, town)
    post(account, status_of("sid-of-another-tool", "delivered"))
    for _ in range(12):
        process()
        clock.now += timedelta(hours=1)
    event = InboundEvent.objects.get()
    assert (event.outcome, event.tries) == ("parked", 10)
    assert event.processed_at is not None


@on_both_databases
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


@on_both_databases
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


@on_both_databases
def test_a_failure_of_the_account_told_later_holds_the_lane(school, town):
    account = cast.whatsapp(school, town)
    [parcel] = put_in_outbox(school, cast.home(school, channel="whatsapp"))
    error = {"code": 131042, "title": "Business eligibility payment issue"}
    post(account, status_of("sid-1", "failed", reference=parcel.deliveries.get().reference, errors=[error]))
    process()
    assert Lane.objects.get().held_at == cast.TUESDAY
    assert parcel.deliveries.get().stopped == Stopped.DEAD
