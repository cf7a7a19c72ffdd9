"""What is not clear is asked, with numbers; the answer fills the list. What stays unclear goes to a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from porchlight.conversations.call_taken_back import not_rung_about
from porchlight.conversations.calling import Line, rang_about
from porchlight.conversations.models import Message, TriageItem, TriageReason
from porchlight.conversations.placing import thread_between
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.conversations.tests.hearing_kit import told
from porchlight.delivery.models import Account, CameOf, Delivery, Parcel
from porchlight.delivery.opening import open_account
from porchlight.families.models import Guardian
from porchlight.learning.models import Absence
from porchlight.learning.noting import miss
from porchlight.learning.telling import ask_why
from porchlight.learning.tests.conftest import MORNING, listed, say
from porchlight.learning.ticking import tick
from porchlight.schools.actors import system

EVENING = datetime(2026, 10, 13, 18, 0, tzinfo=UTC)  # 19:00 in London; school is closed


def minutes(count: int) -> datetime:
    return MORNING + timedelta(minutes=count)


def last(town: Town) -> str:
    """Text and choices of what this father was told last, in English."""
    parcel = Parcel.objects.filter(guardian=town.yousaf.guardian).latest("pk")
    labels = [option["label"] for option in (parcel.ask or {}).get("options", [])]
    return f"{parcel.text} {labels}"


@pytest.fixture(autouse=True)
def _reads_english(town: Town) -> None:
    Guardian.objects.update(reads="en", script="")


@on_both_databases
def test_kal_without_a_tense_is_asked_and_the_digit_decides(town: Town) -> None:
    say(town, "Hamza kal bimar")
    assert listed() == []
    assert "Which day is it? ['yesterday', 'tomorrow']" in last(town)
    say(town, "2", at=minutes(1))
    assert listed() == [("Hamza", "2026-10-14", "2026-10-14", "ill")]
    assert Absence.objects.get().how == "answer"
    assert not Message.objects.waiting().exists()
    assert Parcel.objects.filter(service_kind="ask_answered").get().text.endswith("tomorrow")


def test_kal_answered_with_yesterday_in_words(town: Town) -> None:
    say(town, "Hamza kal bimar")
    say(town, "yesterday", at=minutes(1))
    assert listed() == [("Hamza", "2026-10-12", "2026-10-12", "ill")]


@pytest.mark.parametrize(
    ("answer", "days"), [("yes", [("Hamza", "2026-10-13", "2026-10-13", "ill")]), ("2", [])]
)
def test_a_headache_is_asked_about(town: Town, answer: str, days: list) -> None:
    say(town, "Hamza has a headache")
    assert "Will Hamza stay at home (today)? ['Yes', 'No']" in last(town)
    say(town, answer, at=minutes(1))
    assert listed() == days


def test_what_is_written_in_the_evening_without_a_day_is_asked_about(town: Town) -> None:
    say(town, "Hamza is ill", at=EVENING)
    assert listed() == []
    assert "(tomorrow)" in last(town)
    say(town, "1", at=EVENING + timedelta(minutes=1))
    assert listed() == [("Hamza", "2026-10-14", "2026-10-14", "ill")]


def test_a_second_unclear_message_goes_to_a_person(town: Town) -> None:
    say(town, "Hamza has a headache")
    say(town, "Hamza ko khansi hai", at=minutes(2))
    item = TriageItem.objects.get()
    assert (item.reason, item.text) == (TriageReason.ABSENCE_UNCLEAR, "Hamza ko khansi hai")
    assert len(told(town.yousaf.guardian)) == 1


def test_a_question_nobody_answers_goes_to_a_person_after_an_hour_once(town: Town) -> None:
    say(town, "Hamza has a headache")
    tick(town.school, minutes(59))
    assert not TriageItem.objects.exists()
    for minute in (60, 61):
        tick(town.school, minutes(minute))
    item = TriageItem.objects.get()
    assert (item.reason, item.message) == (TriageReason.ABSENCE_UNCLEAR, Message.objects.from_home().get())


@pytest.mark.parametrize(
    "text", ["Hamza will be absent next week", "Hamza will be absent on the 5th of December"]
)
def test_a_time_we_cannot_read_goes_to_a_person_at_once(town: Town, text: str) -> None:
    say(town, text)
    assert TriageItem.objects.get().reason == TriageReason.ABSENCE_UNCLEAR
    assert (listed(), told(town.yousaf.guardian)) == ([], [])


def test_clear_words_after_a_question_fill_the_list(town: Town) -> None:
    say(town, "Hamza has a headache")
    say(town, "Hamza is ill and will not come today", at=minutes(5))
    assert listed() == [("Hamza", "2026-10-13", "2026-10-13", "ill")]
    tick(town.school, minutes(120))
    assert not TriageItem.objects.exists()


@on_both_databases
def test_an_answer_of_a_call_that_is_taken_back_is_no_absence(town: Town) -> None:
    """Asked by a call, answered there, and then nobody had rung: the list and the question are as before."""
    Account.objects.update(closed_at=MORNING)
    open_account(school=town.school, gateway="call_list", label="Calls", by=system(town.school.pk))
    say(town, "Hamza kal bimar")
    call = Delivery.objects.get(channel="voice")
    done = rang_about(call, Line(CameOf.REACHED, answer=("2",)), by=town.okafor.actor(), now=minutes(5))
    assert listed() == [("Hamza", "2026-10-14", "2026-10-14", "ill")]
    assert not_rung_about(done, by=town.okafor.actor(), now=minutes(6))
    assert listed() == []
    rang_about(call, Line(CameOf.REACHED, answer=("1",)), by=town.okafor.actor(), now=minutes(10))
    assert listed() == [("Hamza", "2026-10-12", "2026-10-12", "ill")]


def test_why_of_a_call_that_is_taken_back_is_unknown_again(town: Town) -> None:
    Account.objects.update(closed_at=MORNING)
    open_account(school=town.school, gateway="call_list", label="Calls", by=system(town.school.pk))
    child = town.yousaf.student
    absence, _is_new = miss(student=child, day=MORNING.date(), by=town.amal.actor(), now=MORNING)
    ask_why(thread_between(town.yousaf.guardian, child), absence, now=MORNING)
    call = Delivery.objects.get(channel="voice")
    done = rang_about(call, Line(CameOf.REACHED, answer=("1",)), by=town.okafor.actor(), now=minutes(5))
    assert listed() == [("Hamza", "2026-10-13", "2026-10-13", "ill")]
    not_rung_about(done, by=town.okafor.actor(), now=minutes(6))
    assert listed() == [("Hamza", "2026-10-13", "2026-10-13", "")]
