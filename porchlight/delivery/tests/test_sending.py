"""From the outbox over the wire to a recorded status, and what a gateway's bad days do to it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from porchlight.delivery.actions import switch, withdraw
from porchlight.delivery.content import Urgency
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import Delivery, Lane, Stopped
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import put_in_outbox
from porchlight.delivery.tests.kit import on_both_databases, worker


@pytest.fixture
def account(school, town):
    return cast.twilio(school, town)


pytestmark = [pytest.mark.usefixtures("clock"), on_both_databases]


def taken(town) -> int:
    return town.counts()["taken"].get("twilio", 0)


def test_what_is_due_leaves_once_and_is_recorded(school, town, account):
    homes = [cast.home(school, number) for number in range(1, 101)]
    put_in_outbox(school, *homes)
    with worker() as outbox:
        outbox.run_until_empty()
    assert taken(town) == 100
    rows = Delivery.objects.all()
    assert {(row.status, row.tries, row.stopped, row.lease_until) for row in rows} == {
        (Status.SENT, 1, "", None)
    }
    assert {row.sent_at for row in rows} == {cast.TUESDAY}
    assert len({row.provider_id for row in rows}) == 100
    assert [set(line) for row in rows for line in row.attempts] == [{"at", "epoch", "ms"}] * 100
    assert Lane.objects.get().due_at is None


def test_what_is_due_later_waits(school, town, account):
    put_in_outbox(school, cast.home(school), hold_until=cast.TUESDAY + timedelta(seconds=30))
    with worker() as outbox:
        outbox.run_until_empty()
    assert taken(town) == 0
    assert Lane.objects.get().due_at == cast.TUESDAY + timedelta(seconds=30)


def test_an_undo_inside_the_hold_sends_nothing(school, town, account, clock):
    homes = [cast.home(school, number) for number in range(1, 41)]
    held = cast.TUESDAY + timedelta(seconds=30)
    parcels = put_in_outbox(school, *homes, hold_until=held)
    with worker() as outbox:
        outbox.run_until_empty()
        assert withdraw(parcels) == 40
        clock.now = held + timedelta(hours=1)
        outbox.run_until_empty()
    assert taken(town) == 0
    assert set(Delivery.objects.values_list("stopped", flat=True)) == {Stopped.WITHDRAWN}


@pytest.mark.parametrize(
    "where", [{}, {"channel": "sms"}, {"school": True}, {"school": True, "channel": "sms"}], ids=str
)
def test_nothing_leaves_under_a_kill_switch_and_nothing_is_lost_when_it_is_lifted(
    school, town, account, where
):
    if "school" in where:
        where = {**where, "school": school}
    put_in_outbox(school, *[cast.home(school, number) for number in range(1, 11)])
    switch(off=True, by=cast.teacher(school), reason="Wrong list.", **where)
    with worker() as outbox:
        outbox.run_until_empty()
        assert taken(town) == 0
        switch(off=False, by=cast.teacher(school), reason="", **where)
        outbox.run_until_empty()
    assert taken(town) == 10
    assert set(Delivery.objects.values_list("tries", flat=True)) == {1}


def test_a_switch_of_another_channel_or_school_stops_nothing(school, other_school, town, account):
    put_in_outbox(school, cast.home(school))
    switch(off=True, by=None, reason="Meta is down.", channel="whatsapp")
    switch(off=True, by=None, reason="They asked.", school=other_school)
    with worker() as outbox:
        outbox.run_until_empty()
    assert taken(town) == 1


def test_urgent_words_leave_before_ordinary_ones_that_are_due_longer(school, town, account):
    put_in_outbox(school, *[cast.home(school, number) for number in range(1, 31)])
    urgent = cast.words(urgent_reason="Boiler.")
    [parcel] = put_in_outbox(school, cast.home(school, 99), content=urgent, urgency=Urgency.URGENT)
    left: list[int] = []
    with worker(lambda sendings: left.extend(one.row.id for one in sendings)) as outbox:
        outbox.run_until_empty()
    assert left[0] == parcel.deliveries.get().pk


def test_a_school_with_much_to_send_does_not_hold_up_another(school, other_school, town, account):
    put_in_outbox(school, *[cast.home(school, number) for number in range(1, 201)])
    cast.twilio(other_school, town)
    [parcel] = put_in_outbox(other_school, cast.home(other_school, 300))
    left: list[int] = []
    with worker(lambda sendings: left.extend(one.row.id for one in sendings)) as outbox:
        outbox.run_until_empty()
    assert taken(town) == 201
    assert left.index(parcel.deliveries.get().pk) <= 64
