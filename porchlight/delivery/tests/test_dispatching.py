"""From plan to outbox, and back again inside the hold."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from porchlight.activity.models import Entry
from porchlight.delivery.actions import dispatch, replay, switch, withdraw
from porchlight.delivery.content import Urgency
from porchlight.delivery.models import Delivery, KillSwitch, Lane, Parcel, Stopped
from porchlight.delivery.planning import plan
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.kit import on_both_databases

pytestmark = on_both_databases

HOLD = cast.TUESDAY + timedelta(seconds=30)


def send(school, *homes, urgency=Urgency.ORDINARY, hold_until=None):
    planned = plan(
        school=school,
        recipients=[home.recipient for home in homes],
        content_for=lambda recipient: cast.words(),
        urgency=urgency,
        now=cast.TUESDAY,
    )
    return dispatch(planned=planned, by=cast.teacher(school), urgency=urgency, hold_until=hold_until)


def test_each_home_gets_one_parcel_about_its_children_and_one_delivery(school):
    account, homes = cast.account(school), [cast.home(school, number) for number in (1, 2)]
    parcels = send(school, *homes)
    assert [parcel.guardian for parcel in parcels] == [home.guardian for home in homes]
    assert [parcel.about.get().student for parcel in parcels] == [home.student for home in homes]
    delivery = parcels[0].deliveries.get()
    assert (delivery.to, delivery.account, delivery.due_at) == ("+447700900001", account, cast.TUESDAY)
    assert delivery.body["text"] == "Ms Amal, Maple Street School\nHamza painted a lighthouse today."
    assert len({row.reference for row in Delivery.objects.all()}) == 2


def test_who_is_not_reached_has_no_parcel(school):
    cast.account(school)
    home, other = cast.home(school), cast.home(school, 2)
    home.restrict()
    parcels = send(school, home, other)
    assert [parcel.guardian for parcel in parcels] == [other.guardian]


def test_the_number_of_queries_does_not_grow_with_the_number_of_homes(school, django_assert_max_num_queries):
    cast.account(school)
    homes = [cast.home(school, number) for number in range(1, 61)]
    with django_assert_max_num_queries(9):
        send(school, *homes[:1])
    with django_assert_max_num_queries(9):
        send(school, *homes[1:])


def test_nothing_is_due_before_the_hold_is_over(school):
    cast.account(school)
    [parcel] = send(school, cast.home(school), hold_until=HOLD)
    assert parcel.deliveries.get().due_at == HOLD


def test_the_lane_is_woken_when_the_transaction_is_kept_and_not_when_it_is_rolled_back(
    school, django_capture_on_commit_callbacks
):
    account, home = cast.account(school), cast.home(school)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        send(school, home)
        transaction.set_rollback(True)
    assert Lane.objects.get(account=account).due_at is None
    assert not Parcel.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        send(school, home, hold_until=HOLD)
    assert Lane.objects.get(account=account).due_at == HOLD
    with django_capture_on_commit_callbacks(execute=True):
        send(school, home)
    assert Lane.objects.get(account=account).due_at == cast.TUESDAY


def test_what_has_not_left_can_be_taken_back_and_only_that_counts(school):
    cast.account(school)
    parcels = send(school, cast.home(school), cast.home(school, 2), hold_until=HOLD)
    leaving = parcels[0].deliveries.get()
    leaving.lease_until, leaving.epoch = HOLD, 1
    leaving.save()
    assert withdraw(parcels) == 1
    assert withdraw(parcels) == 0
    assert parcels[1].deliveries.get().stopped == Stopped.WITHDRAWN
    assert parcels[0].deliveries.get().stopped == ""
    assert not Parcel.objects.filter(withdrawn_at=None).exists()


def test_a_dead_letter_is_sent_again_as_a_new_delivery(school):
    cast.account(school)
    [parcel] = send(school, cast.home(school))
    dead = parcel.deliveries.get()
    with pytest.raises(ValueError, match="Only a dead letter"):
        replay(dead, by=cast.teacher(school))
    dead.stopped, dead.tries = Stopped.DEAD, 8
    dead.save()
    again = replay(dead, by=cast.teacher(school))
    assert (again.to, again.body, again.tries, again.stopped) == (dead.to, dead.body, 0, "")
    assert again.reference != dead.reference
    dead.refresh_from_db()
    assert (dead.stopped, dead.tries) == (Stopped.REPLAYED, 8)
    assert Entry.objects.get(verb="delivery.replayed").about_id == dead.pk


def test_a_kill_switch_tells_who_when_and_why_and_stands_once(school):
    by = cast.teacher(school)
    first = switch(off=True, by=by, reason="Wrong list.", school=school, channel="sms")
    assert switch(off=True, by=by, reason="Again.", school=school, channel="sms") == first
    assert KillSwitch.objects.get().reason == "Wrong list."
    lifted = switch(off=False, by=by, reason="", school=school, channel="sms")
    assert lifted is not None
    assert lifted.lifted_by_id == by.post_id
    assert switch(off=False, by=by, reason="", school=school, channel="sms") is None
    with pytest.raises(ValueError, match="No channel 'fax'"):
        switch(off=True, by=by, reason="", channel="fax")
