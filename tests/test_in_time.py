"""What is promised in seconds and minutes is kept by the real programs, as the gateway sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from porchlight.conversations.models import Message, Thread, Worry
from porchlight.conversations.worrying import raise_worry, take_up
from porchlight.delivery.actions import dispatch, switch
from porchlight.delivery.content import Urgency
from porchlight.delivery.models import Account, Delivery
from porchlight.delivery.opening import change_account
from porchlight.delivery.planning import plan
from porchlight.delivery.tests import cast
from porchlight.errands.models import Errand
from porchlight.schools.actors import Role
from porchlight.schools.models import StaffMember
from porchlight.toolbox import school_time
from practice.phones import Line
from tests.at_work import AtWork, until

HOMES = 200
A_SECOND = 10  # homes that the school's number may write to in a second
PROMISED, WATCHED = timedelta(seconds=5), timedelta(seconds=7)
QUARTER = timedelta(minutes=15)
TWO_ROUNDS = timedelta(seconds=6)  # of a worker: one that calls too early would do so within them
NIGHT = cast.TUESDAY.replace(hour=22)  # 23:00 in London
FEVER = "Hamza has a fever and I do not know what to do"


@pytest.fixture
def flowing(at_work: AtWork) -> Account:
    """A notice to many homes is on its way out, and the first second's worth has arrived."""
    with at_work.inside():
        account = at_work.texts(rate_per_second=A_SECOND)
        homes = [at_work.home(number) for number in range(1, HOMES + 1)]
        planned = plan(
            school=at_work.school,
            recipients=[home.recipient for home in homes],
            content_for=lambda recipient: cast.words(),
            urgency=Urgency.ORDINARY,
            now=school_time.now(),
        )
    at_work.starts_working()
    with at_work.inside():
        dispatch(planned=planned, by=cast.teacher(at_work.school), urgency=Urgency.ORDINARY)
    until(lambda: len(at_work.arrived()) >= A_SECOND)
    return account


def throw(at_work: AtWork, *, off: bool) -> None:
    with at_work.inside():
        switch(off=off, by=cast.teacher(at_work.school), reason="wrong", school=at_work.school, channel="sms")


def waiting(at_work: AtWork) -> int:
    with at_work.inside():
        return Delivery.objects.waiting().count()


def test_a_kill_switch_stops_what_flows_within_five_seconds_and_lifted_lets_each_go_once(
    at_work: AtWork, flowing: Account
) -> None:
    """T44."""
    throw(at_work, off=True)
    set_at = school_time.now()
    until(lambda: school_time.now() > set_at + WATCHED)
    arrived = at_work.arrived()
    assert arrived[-1].at <= set_at + PROMISED
    assert waiting(at_work) == HOMES - len(arrived) > 2 * A_SECOND
    with at_work.inside():
        change_account(flowing, by=cast.teacher(at_work.school), rate_per_second=1000)
    throw(at_work, off=False)
    until(lambda: len(at_work.arrived()) >= HOMES)
    at_work.stops()
    phones = [f"home {number}" for number in range(1, HOMES + 1)]
    assert [len(at_work.town.received(phone)) for phone in phones] == [1] * HOMES
    assert waiting(at_work) == 0


@pytest.mark.in_turn
def test_words_at_night_are_answered_within_a_minute_with_the_numbers_that_help(at_work: AtWork) -> None:
    with at_work.inside():
        at_work.texts()
        at_work.whatsapp()
        at_work.home(1)
        at_work.home(2, channel="whatsapp")
    at_work.starts_serving()
    at_work.starts_working()
    at_work.it_is(NIGHT)
    town, wrote = at_work.town, {"home 1": ("sms", "texts"), "home 2": ("whatsapp", "whatsapp")}
    said = {
        phone: town.answer(phone, channel=channel, account=account, text=FEVER)
        for phone, (channel, account) in wrote.items()
    }
    until(lambda: all(town.received(phone) for phone in wrote))
    for phone, line in said.items():
        [reply] = town.received(phone)
        assert reply.channel == line.channel
        assert reply.at - line.at < timedelta(seconds=60)
        assert "999" in reply.text


def worry(at_work: AtWork, home: cast.Home, words: str) -> Worry:
    """Ms Amal is worried by something this home wrote."""
    now = school_time.now()
    with at_work.inside():
        thread, _ = Thread.objects.get_or_create(
            school=at_work.school, guardian=home.guardian, student=home.student
        )
        message = Message.objects.create(
            school=at_work.school, thread=thread, author="guardian", text=words, language="en", said_at=now
        )
        amal = StaffMember.objects.get(name="Ms Amal")
        return raise_worry(message, by=amal.actor(), words="", now=now)


@pytest.mark.in_turn
def test_a_worry_the_lead_has_not_opened_goes_on_to_the_deputy_after_a_quarter_of_an_hour(
    at_work: AtWork,
) -> None:
    with at_work.inside():
        at_work.texts()
        home = at_work.home(1)
        at_work.colleague("Ms Amal", Role.TEACHER)
        lead = at_work.colleague("Ms Reyes", Role.SAFEGUARDING)
        at_work.colleague("Mr Whitfield", Role.SAFEGUARDING, is_deputy=True)

    def told(name: str) -> list[Line]:
        return at_work.town.received(name)

    at_work.starts_working()
    at_work.it_is(NIGHT)
    left, seen = worry(at_work, home, "one"), worry(at_work, home, "two")
    until(lambda: len(told("Ms Reyes")) == 2)
    with at_work.inside():
        take_up(seen, by=lead.actor(), now=school_time.now())
    at_work.it_is(left.raised_at + QUARTER - TWO_ROUNDS)
    later = worry(at_work, home, "three")
    until(lambda: told("Mr Whitfield"))
    assert [line.at >= left.raised_at + QUARTER for line in told("Mr Whitfield")] == [True]
    at_work.it_is(later.raised_at + QUARTER)
    until(lambda: len(told("Mr Whitfield")) == 2)
    at_work.stops()
    with at_work.inside():
        asked = [errand.assigned_to.name for errand in Errand.objects.order_by("pk")]
    assert asked == [*["Ms Reyes"] * 3, *["Mr Whitfield"] * 2]
    assert len(told("Ms Reyes")) == 3
