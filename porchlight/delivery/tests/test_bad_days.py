"""T41. Gateways on their bad days: slow, rude, silent, at fault. Held to the practice town's weather."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from porchlight.delivery.actions import replay, withdraw
from porchlight.delivery.gateways.contract import Advice, Status
from porchlight.delivery.models import Account, Delivery, Lane, Stopped
from porchlight.delivery.opening import change_account, release_lane
from porchlight.delivery.outbox import wire
from porchlight.delivery.outbox.sweeping import sweep
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import put_in_outbox
from porchlight.delivery.tests.kit import on_both_databases, worker
from porchlight.families.models import Consent
from porchlight.toolbox.jitter import TRIES

pytestmark = [pytest.mark.usefixtures("clock"), on_both_databases]
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def taken(town, gateway="twilio") -> int:
    return town.counts()["taken"].get(gateway, 0)


def tries() -> int:
    return sum(len(lines) for lines in Delivery.objects.values_list("attempts", flat=True))


def empty() -> None:
    with worker() as outbox:
        outbox.run_until_empty()


def test_errors_open_the_breaker_within_ten_and_a_probe_closes_it_again(school, town):
    cast.twilio(school, town)
    put_in_outbox(school, *[cast.home(school, number) for number in range(1, 41)])
    town.set_weather("twilio", rude="500")
    empty()
    assert tries() <= 10
    lane = Lane.objects.get()
    assert lane.failures == 5
    assert 0 < (lane.rests_until - datetime.now(UTC)).total_seconds() <= 5
    assert Delivery.objects.filter(stopped="").count() == 40
    tried = tries()
    Lane.objects.update(rests_until=LONG_AGO, due_at=cast.TUESDAY)
    empty()  # one probe, and a longer rest
    assert tries() == tried + 1
    assert 5 < (Lane.objects.get().rests_until - datetime.now(UTC)).total_seconds() <= 10
    town.set_weather("twilio")
    Lane.objects.update(rests_until=LONG_AGO, due_at=cast.TUESDAY)
    Delivery.objects.update(due_at=cast.TUESDAY)
    empty()
    assert (Lane.objects.get().failures, taken(town)) == (0, 40)


def test_a_failed_try_is_tried_again_later_and_arrives_once(school, town, clock):
    cast.twilio(school, town)
    [parcel] = put_in_outbox(school, cast.home(school))
    town.set_weather("twilio", rude="500", times=1)
    empty()
    delivery = parcel.deliveries.get()
    assert (delivery.status, delivery.tries, delivery.advice) == (Status.QUEUED, 1, Advice.RETRY)
    assert cast.TUESDAY < delivery.due_at <= cast.TUESDAY + timedelta(seconds=30)
    assert Lane.objects.get().due_at == delivery.due_at
    clock.now += timedelta(seconds=30)
    empty()
    delivery.refresh_from_db()
    assert (delivery.status, delivery.tries, taken(town)) == (Status.SENT, 2, 1)
    assert [line.get("outcome", "accepted") for line in delivery.attempts] == ["refused", "accepted"]


def test_after_its_last_try_it_is_a_dead_letter_that_staff_send_again(school, town):
    cast.twilio(school, town)
    [parcel] = put_in_outbox(school, cast.home(school))
    town.set_weather("twilio", rude="500")
    for _ in range(TRIES + 1):
        Lane.objects.update(rests_until=LONG_AGO, due_at=cast.TUESDAY)
        Delivery.objects.update(due_at=cast.TUESDAY)
        empty()
    dead = parcel.deliveries.get()
    assert (dead.stopped, dead.tries, len(dead.attempts)) == (Stopped.DEAD, TRIES, TRIES)
    town.set_weather("twilio")
    again = replay(dead, by=cast.teacher(school))
    Lane.objects.update(rests_until=LONG_AGO, due_at=cast.TUESDAY)
    Delivery.objects.update(due_at=cast.TUESDAY)
    empty()
    again.refresh_from_db()
    assert (again.status, again.tries, taken(town)) == (Status.SENT, 1, 1)
    assert not Delivery.objects.filter(stopped=Stopped.DEAD).exists()


def test_the_pause_a_gateway_asks_for_is_kept_by_all_on_the_lane(school, town):
    cast.twilio(school, town)
    put_in_outbox(school, *[cast.home(school, number) for number in range(1, 41)])
    town.set_weather("twilio", rude="429", retry_after=30)
    empty()
    assert tries() <= 8
    lane = Lane.objects.get()
    assert lane.failures == 0
    assert 25 < (lane.rests_until - datetime.now(UTC)).total_seconds() <= 30.5


def test_taken_but_unanswered_goes_once_more_at_most(school, town, monkeypatch):
    monkeypatch.setattr(wire, "LONGEST", 0.3)
    cast.twilio(school, town)
    [parcel] = put_in_outbox(school, cast.home(school))
    town.set_weather("twilio", rude="taken-stall", stall=3)
    empty()
    assert parcel.deliveries.get().code == "unclear"
    for _ in range(3):
        Delivery.objects.exclude(lease_until=None).update(lease_until=LONG_AGO)
        sweep(cast.TUESDAY)
        empty()
    delivery = parcel.deliveries.get()
    assert (taken(town), delivery.stopped, delivery.status) == (2, Stopped.DEAD, Status.FAILED)


def test_a_fault_of_the_account_holds_the_lane_until_staff_act(school, town):
    account = cast.twilio(school, town)
    good = dict(account.secrets)
    account.keep_secrets({"auth_token": "wrong"})
    account.save()
    put_in_outbox(school, *[cast.home(school, number) for number in range(1, 21)])
    empty()
    lane = Lane.objects.get()
    assert lane.held_at == cast.TUESDAY
    assert "." in lane.held_reason
    account = Account.objects.get()
    assert (account.held_at, account.held_reason) == (lane.held_at, lane.held_reason)
    assert set(Delivery.objects.values_list("stopped", "status")) == {("", Status.QUEUED)}
    assert set(Delivery.objects.values_list("tries", flat=True)) == {0}
    change_account(account, by=cast.teacher(school), secrets=good)
    Lane.objects.update(due_at=cast.TUESDAY)
    empty()
    assert taken(town) == 20


def test_a_lane_whose_secrets_do_not_open_is_held_and_says_what_to_mend(school, town):
    account = cast.twilio(school, town)
    account.sealed_secrets = "1.broken"
    account.save()
    put_in_outbox(school, cast.home(school))
    empty()
    assert "PORCHLIGHT_SEAL_KEY" in Lane.objects.get().held_reason
    assert release_lane(account, by=cast.teacher(school)) is True
    assert release_lane(account, by=cast.teacher(school)) is False


def refused_for_good(school, town, home, code):
    """A notice to two numbers of a home, the first of which is refused with this code."""
    cast.twilio(school, town)
    second, _ = cast.reach(school, home.guardian, "+447700900777", rank=2)
    [parcel] = put_in_outbox(school, home)
    town.set_weather("twilio", rude="code", code=code, times=1)
    empty()
    Lane.objects.update(due_at=cast.TUESDAY)
    empty()
    home.address.refresh_from_db()
    return parcel, second


def test_a_refusal_for_good_teaches_us_about_the_address_and_climbs_to_the_next(school, town):
    home = cast.home(school)
    parcel, second = refused_for_good(school, town, home, "21211")
    assert (home.address.state, home.address.state_reason) == ("bad", "21211")
    first, following = parcel.deliveries.order_by("pk")
    assert (first.status, following.status) == (Status.FAILED, Status.SENT)
    assert following.address == second


def test_who_said_stop_to_the_carrier_is_not_followed_to_another_number(school, town):
    home = cast.home(school)
    parcel, _second = refused_for_good(school, town, home, "21610")
    assert home.address.opted_out_at == cast.TUESDAY
    assert Consent.objects.get().given is False
    assert parcel.deliveries.get().status == Status.FAILED


def test_without_another_address_a_refusal_ends_the_climb(school, town):
    cast.twilio(school, town)
    [parcel] = put_in_outbox(school, cast.home(school))
    town.set_weather("twilio", rude="code", code="21211", times=1)
    empty()
    assert parcel.deliveries.count() == 1


def test_what_was_taken_back_after_a_refusal_climbs_no_further(school, town):
    cast.twilio(school, town)
    home = cast.home(school)
    cast.reach(school, home.guardian, "+447700900777", rank=2)
    [parcel] = put_in_outbox(school, home)
    town.set_weather("twilio", rude="code", code="21211", times=1)
    with worker(handed_over=lambda _sendings: withdraw([parcel])) as outbox:
        outbox.run_until_empty()
    assert [(row.status, row.stopped) for row in parcel.deliveries.all()] == [
        (Status.FAILED, Stopped.BAD_ADDRESS)
    ]


def test_a_closed_window_takes_the_approved_template(school, town):
    cast.whatsapp(school, town)
    home = cast.home(school, channel="whatsapp")
    [parcel] = put_in_outbox(school, home)
    delivery = parcel.deliveries.get()
    assert delivery.body["template"]["name"] == "porchlight_general"
    empty()
    delivery.refresh_from_db()
    assert (delivery.status, taken(town, "whatsapp")) == (Status.SENT, 1)


def test_without_a_template_for_the_language_the_next_address_is_tried(school, town):
    cast.whatsapp(school, town)
    cast.twilio(school, town)
    home = cast.home(school, channel="whatsapp")
    home.address.window_until = cast.TUESDAY + timedelta(hours=1)
    home.address.save()
    second, _ = cast.reach(school, home.guardian, "+447700900777", rank=2)
    somali = cast.words("Hamza wax qurux badan ayuu sawiray.", language="so")
    [parcel] = put_in_outbox(school, home, content=somali)
    home.address.window_until = cast.TUESDAY  # it closed while the words waited
    home.address.save()
    empty()
    Lane.objects.update(due_at=cast.TUESDAY)
    empty()
    first, following = parcel.deliveries.order_by("pk")
    assert (first.stopped, first.code) == (Stopped.NEXT_CHANNEL, "window_closed")
    assert (following.address, following.status) == (second, Status.SENT)
