"""The school's own phone never sends more than its limit; urgent words first; what waits says so, or goes elsewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from porchlight.delivery.content import Urgency
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import Account, Delivery, Lane, Stopped
from porchlight.delivery.opening import change_account, open_account
from porchlight.delivery.outbox.claiming import claim
from porchlight.delivery.outbox.lanes import waiting_lanes
from porchlight.delivery.outbox.limits import refill
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import put_in_outbox
from porchlight.delivery.tests.kit import on_both_databases
from porchlight.delivery.tests.office import WAYS, page_of
from porchlight.schools.actors import Role, system
from porchlight.schools.models import School
from porchlight.schools.tests.colleagues import signed_in

pytestmark = pytest.mark.usefixtures("clock")


def phone(school: School, **limits: str) -> Account:
    kept = {"username": "maple", **limits}
    return cast.account(school, sender="+447700900003", settings=kept, rate_per_second=1_000_000)


def leaves(clock) -> list[str]:
    """Claims until the lane has nothing to give: whose words left, in their order."""
    left = []
    while turns := waiting_lanes(clock.now):
        batch = claim(turns[0], 48, clock.now)
        if batch is None or not batch.leaving:
            break
        left += [row.to for row in batch.leaving]
        Delivery.objects.filter(pk__in=[row.id for row in batch.leaving]).update(
            status=Status.SENT, sent_at=clock.now, lease_until=None
        )
    return left


def homes(school: School, count: int, begin: int = 1) -> list[cast.Home]:
    return [cast.home(school, number) for number in range(begin, begin + count)]


@on_both_databases
def test_never_more_than_its_limit_in_an_hour_and_on_a_day(school, clock):
    phone(school, per_hour="3", per_day="5")
    put_in_outbox(school, *homes(school, 9))
    assert len(leaves(clock)) == 3
    clock.now += timedelta(minutes=20)
    refill(clock.now)
    assert leaves(clock) == []
    clock.now += timedelta(minutes=40)
    refill(clock.now)
    assert len(leaves(clock)) == 2  # the day is full
    clock.now += timedelta(hours=2)
    refill(clock.now)
    assert leaves(clock) == []
    clock.now = cast.TUESDAY + timedelta(days=1)
    refill(clock.now)
    assert len(leaves(clock)) == 3
    refill(clock.now)
    assert leaves(clock) == []


@on_both_databases
def test_urgent_words_go_before_those_that_waited_longer(school, clock):
    phone(school, per_hour="2")
    put_in_outbox(school, *homes(school, 3))
    [urgent] = homes(school, 1, begin=50)
    put_in_outbox(school, urgent, content=cast.words(urgent_reason="snow"), urgency=Urgency.URGENT)
    first = leaves(clock)
    assert (len(first), first[0]) == (2, urgent.address.value)


@on_both_databases
def test_changing_the_limit_gives_nothing_twice(school, clock):
    account = phone(school, per_day="2")
    put_in_outbox(school, *homes(school, 6))
    assert len(leaves(clock)) == 2
    change_account(account, by=system(school.pk), settings={**account.settings, "per_day": "3"})
    assert len(leaves(clock)) == 1
    change_account(account, by=system(school.pk), settings={**account.settings, "per_day": ""})
    assert len(leaves(clock)) == 3
    assert Lane.objects.get().left_day is None


def test_a_limit_that_nobody_can_read_leaves_the_one_before(school, clock):
    account = phone(school, per_day="2")
    change_account(account, by=system(school.pk), settings={**account.settings, "per_day": "2oo"})
    put_in_outbox(school, *homes(school, 5))
    assert len(leaves(clock)) == 2


def test_other_schools_phones_have_limits_of_their_own(school, other_school, clock):
    phone(school, per_day="1")
    cast.account(other_school)
    put_in_outbox(school, *homes(school, 2))
    put_in_outbox(other_school, *homes(other_school, 2))
    assert len(leaves(clock)) == 3


@on_both_databases
def test_the_page_says_when_it_goes_on_and_offers_another_way(school, clock):
    account = phone(school, per_day="1")
    open_account(school=school, gateway="call_list", label="Calls", by=system(school.pk))
    put_in_outbox(school, *homes(school, 3))
    assert len(leaves(clock)) == 1
    office = signed_in(school, Role.OFFICE)
    page = page_of(office, account)
    assert "It has sent all it may today. What waits goes on, urgent words first:" in page
    assert "tomorrow, midnight" in page or "tomorrow, 12 am" in page
    answer = office.post(f"{WAYS}{account.key}/elsewhere/", follow=True).content.decode()
    assert "2 messages go another way." in answer
    assert sorted(Delivery.objects.values_list("channel", "stopped")) == [
        ("sms", ""),
        ("sms", Stopped.TRIED_ANEW),
        ("sms", Stopped.TRIED_ANEW),
        ("voice", ""),
        ("voice", ""),
    ]


def test_without_another_way_it_waits_and_the_page_says_so(school, clock):
    account = phone(school, per_day="1")
    put_in_outbox(school, *homes(school, 2))
    leaves(clock)
    office = signed_in(school, Role.OFFICE)
    answer = office.post(f"{WAYS}{account.key}/elsewhere/", follow=True).content.decode()
    assert "What waits here has no other way." in answer
    assert not Delivery.objects.exclude(stopped="").exists()


@pytest.mark.parametrize("limit", ["0", "many", "-3", "1.5"])
def test_a_limit_that_is_none_is_said(school, limit):
    account = phone(school, per_day=limit)
    assert any(f"Correct “{limit}”." in problem for problem in account.carrier.problems(account))
    assert Lane.objects.get().left_day is None
