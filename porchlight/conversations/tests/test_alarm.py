"""A home says that a child is missing: a named person is called and the office has it first, at any hour, once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from porchlight.conversations.models import Message, TriageItem, TriageReason, Worry
from porchlight.conversations.notices import Question
from porchlight.conversations.on_page import write_back
from porchlight.conversations.tests.conftest import Town, on_both_databases, staff
from porchlight.conversations.tests.hearing_kit import ask, say, served, sibling
from porchlight.conversations.ticking import tick
from porchlight.conversations.worrying import take_up
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.errands.models import Errand
from porchlight.families.models import Address
from porchlight.schools.actors import Role

NIGHT = datetime(2026, 10, 13, 21, 30, tzinfo=UTC)
WORDS = "He is missing, not come home"


@pytest.fixture(autouse=True)
def _lead_has_a_number(town: Town) -> None:
    cast.reachable(town.reyes)


@on_both_databases
def test_it_is_a_worry_and_first_in_the_tray(town: Town) -> None:
    stranger = Address.objects.create(school=town.school, channel="sms", value="+447700900555")
    say(town, "hello", address=stranger)
    say(town, WORDS, at=TUESDAY + timedelta(minutes=1))
    message, worry = Message.objects.from_home().get(), Worry.objects.get()
    assert (worry.message, worry.raised_by) == (message, None)
    assert [item.reason for item in TriageItem.objects.waiting()] == [
        TriageReason.MAY_BE_MISSING, TriageReason.UNKNOWN_SENDER,
    ]  # fmt: skip
    assert Errand.objects.get().assigned_to == town.reyes
    alert = served("staff_alert")[0].text
    assert ("Hamza" in alert, "missing" in alert) == (False, False)
    assert "میں ابھی کسی کو بتایا جا رہا ہے" in served("told_at_once")[0].text
    assert Message.objects.waiting().get() == message  # a person answers, too


def test_at_night_it_is_the_same_and_the_emergency_numbers_are_said(town: Town) -> None:
    say(town, "Hamza abhi tak ghar nahi aaya", at=NIGHT)
    assert Worry.objects.count() == 1
    assert "999" in served("told_at_once")[0].text


def test_with_two_children_nobody_waits_for_a_digit(town: Town) -> None:
    sibling(town)
    say(town, "mera beta gum ho gaya hai")
    assert TriageItem.objects.get().reason == TriageReason.MAY_BE_MISSING
    assert len(served("staff_alert")) == 1
    say(town, "1", at=TUESDAY + timedelta(minutes=1))
    assert Worry.objects.get().message.thread.student == town.yousaf.student


def test_from_a_number_nobody_knows_too(town: Town) -> None:
    stranger = Address.objects.create(school=town.school, channel="sms", value="+447700900555")
    say(town, "Hamza has not come home", address=stranger)
    assert TriageReason.MAY_BE_MISSING in set(TriageItem.objects.values_list("reason", flat=True))
    assert len(served("staff_alert")) == 1


def test_nobody_buries_a_real_alarm_under_their_own(town: Town) -> None:
    for minute in range(3):
        stranger = Address.objects.get_or_create(school=town.school, channel="sms", value="+447700900555")[0]
        at = TUESDAY + timedelta(minutes=minute)
        say(town, "Hamza has not come home", address=stranger, at=at)
    assert TriageItem.objects.filter(reason=TriageReason.MAY_BE_MISSING).count() == 1
    assert len(served("staff_alert")) == 1
    for number in range(10):
        other = Address.objects.create(school=town.school, channel="sms", value=f"+4477009006{number:02d}")
        say(town, "Hamza has not come home", address=other, at=TUESDAY + timedelta(minutes=5))
    assert (
        TriageItem.objects.filter(reason=TriageReason.MAY_BE_MISSING).count() == 11
    )  # all stand in the tray
    assert len(served("staff_alert")) == 6  # and the lead is called so often in an hour


def test_it_is_no_answer_to_a_free_question(town: Town) -> None:
    ask(town, Question("short_text"))
    say(town, "My son has not come home yet", at=TUESDAY + timedelta(hours=1))
    assert Worry.objects.count() == 1


def test_on_the_familys_page_too(town: Town) -> None:
    write_back(thread=town.thread, text=WORDS, by=town.yousaf.guardian.actor(), now=TUESDAY)
    assert Worry.objects.count() == 1


def test_the_deputy_is_called_when_the_lead_does_not_take_it_up(town: Town) -> None:
    deputy = staff(town.school, "Mr Ferreira", Role.SAFEGUARDING, deputy=True)
    say(town, WORDS)
    tick(town.school, TUESDAY + timedelta(minutes=14))
    assert called() == [town.reyes.name]  # she still has time
    tick(town.school, TUESDAY + timedelta(minutes=16))
    assert called() == [town.reyes.name, deputy.name]
    tick(town.school, TUESDAY + timedelta(minutes=17))
    assert called() == [town.reyes.name, deputy.name]


def test_once_the_lead_has_it_nobody_else_is_called(town: Town) -> None:
    staff(town.school, "Mr Ferreira", Role.SAFEGUARDING, deputy=True)
    say(town, WORDS)
    take_up(Worry.objects.get(), by=town.reyes.actor(), now=TUESDAY + timedelta(minutes=5))
    tick(town.school, TUESDAY + timedelta(minutes=16))
    assert called() == [town.reyes.name]


def called() -> list[str]:
    return [errand.assigned_to.name for errand in Errand.objects.order_by("pk")]


def test_a_lost_book_is_no_lost_child(town: Town) -> None:
    say(town, "Hamza ki kitab gum ho gayi hai")
    say(town, "Hamza is missing his jacket", at=TUESDAY + timedelta(minutes=1))
    assert (Worry.objects.count(), TriageItem.objects.count()) == (0, 0)


def test_the_page_of_worries_says_who_noticed(town: Town) -> None:
    from porchlight.accounts.tests.browsers import browser_of

    say(town, WORDS)
    page = browser_of(town.reyes).get("/maple-street/worries/").content.decode()
    assert "noticed by Porchlight" in page
    assert WORDS in page
