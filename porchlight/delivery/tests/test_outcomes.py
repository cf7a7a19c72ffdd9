"""What each answer of a gateway means for a delivery and its lane."""

from __future__ import annotations

from datetime import timedelta

import pytest

from porchlight.delivery.gateways.contract import Accepted, Advice, Refused, Status, Unclear
from porchlight.delivery.models import Stopped
from porchlight.delivery.outbox.outcomes import Withheld, settle
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.toolbox.jitter import TRIES


def settled(outcome, tries=1, copies=0):
    return settle(outcome, tries=tries, copies=copies, now=TUESDAY)


def test_taken_is_sent_or_as_far_as_the_gateway_knows():
    assert (settled(Accepted("sid")).status, settled(Accepted("sid")).provider_id) == (Status.SENT, "sid")
    assert settled(Accepted("sid", Status.QUEUED)).status is Status.SENT
    assert settled(Accepted("sid", Status.DELIVERED)).status is Status.DELIVERED


@pytest.mark.parametrize(
    ("advice", "stopped"),
    [
        (Advice.OUR_FAULT, Stopped.DEAD),
        (Advice.BAD_ADDRESS, Stopped.BAD_ADDRESS),
        (Advice.OPTED_OUT, Stopped.OPTED_OUT),
        (Advice.NEXT_CHANNEL, Stopped.NEXT_CHANNEL),
        (Advice.NEEDS_TEMPLATE, Stopped.NEXT_CHANNEL),
    ],
)
def test_a_refusal_for_good_is_not_tried_again(advice, stopped):
    one = settled(Refused(advice, "21610", "why"))
    assert (one.status, one.stopped, one.due_at, one.code, one.detail) == (
        Status.FAILED, stopped, None, "21610", "why",
    )  # fmt: skip
    assert not one.is_failure


def test_every_advice_has_a_meaning():
    for advice in Advice:
        assert settled(Refused(advice, "x")).outcome == "refused"


@pytest.mark.parametrize("tries", range(1, TRIES))
def test_waits_double_with_full_jitter_up_to_six_hours(tries):
    waits = [
        (settled(Refused(Advice.RETRY, "500"), tries=tries).due_at - TUESDAY).total_seconds()
        for _ in range(300)
    ]
    most = min(30 * 2 ** (tries - 1), 6 * 3600)
    assert 1 <= min(waits) < most * 0.2
    assert most * 0.8 < max(waits) <= most


def test_after_eight_tries_it_is_a_dead_letter():
    one = settled(Refused(Advice.RETRY, "500"), tries=TRIES)
    assert (one.status, one.stopped, one.is_failure) == (Status.FAILED, Stopped.DEAD, True)


def test_a_named_pause_is_kept_to_the_second_and_rests_the_whole_lane():
    one = settled(Refused(Advice.RETRY, "429", retry_after=7))
    assert timedelta(seconds=7) <= one.due_at - TUESDAY <= timedelta(seconds=8)
    assert (one.pauses_lane, one.is_failure) == (7, False)


def test_what_gets_worse_by_trying_soon_waits_a_day():
    one = settled(Refused(Advice.RETRY_LATE, "131049"))
    assert timedelta(days=1) <= one.due_at - TUESDAY <= timedelta(hours=25)
    assert not one.is_failure


def test_what_staff_must_mend_holds_the_lane_and_waits_there():
    one = settled(Refused(Advice.STAFF_MUST_ACT, "190"))
    assert (one.holds_lane, one.status, one.stopped, one.due_at) == (True, Status.QUEUED, "", TUESDAY)


def test_an_unclear_sending_rests_a_minute_and_after_a_second_one_is_a_dead_letter():
    first, second = settled(Unclear("reset")), settled(Unclear("reset"), copies=1)
    assert (first.status, first.rest, first.stopped) == (Status.QUEUED, 60, "")
    assert (second.status, second.stopped) == (Status.FAILED, Stopped.DEAD)


def test_what_was_held_back_is_no_try():
    assert not settled(Withheld("stale")).was_a_try
