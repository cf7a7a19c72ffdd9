"""A home writes that a child stays away: it is on the list for the right child and day, and said back kindly."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from porchlight.conversations.models import Answer, Author, Message, WhichChild
from porchlight.conversations.notices import Question
from porchlight.conversations.on_page import write_back
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.conversations.tests.hearing_kit import ask, sibling, told
from porchlight.delivery.models import Delivery, Parcel
from porchlight.families.models import Address, AddressState, ContactPoint, Guardian, Guardianship
from porchlight.learning.models import Absence
from porchlight.learning.tests.conftest import MORNING, listed, say
from porchlight.schools.models import Term


@on_both_databases
def test_hamza_is_ill_today_in_roman_urdu(town: Town) -> None:
    Guardian.objects.update(reads="ur", script="Latn")
    say(town, "Hamza bimar hai aaj")
    assert listed() == [("Hamza", "2026-10-13", "2026-10-13", "ill")]
    assert told(town.yousaf.guardian) == [
        "Shukriya. Hum ne likh liya hai ke Hamza ki aaj tabiyat kharab hai. Jald sehatyabi ki dua hai."
    ]
    absence, message = Absence.objects.get(), Message.objects.from_home().get()
    assert (absence.said_by, absence.channel, absence.message, absence.how) == (
        town.yousaf.guardian, "sms", message, "words",
    )  # fmt: skip
    assert not Message.objects.waiting().exists()


@pytest.mark.parametrize(
    ("text", "days", "reply"),
    [
        ("Hamza is ill today", ("2026-10-13", "2026-10-13"), "is ill today. Get well soon."),
        ("Hamza won't be in tomorrow", ("2026-10-14", "2026-10-14"), "is not at school (tomorrow)."),
        ("Hamza has the flu, he won't be in until Friday", ("2026-10-13", "2026-10-16"), "from today to Friday 16 October"),
        ("Hamza will be absent for two days", ("2026-10-13", "2026-10-14"), "from today to tomorrow"),
        ("Hamza kal nahi aayega", ("2026-10-14", "2026-10-14"), "(tomorrow)"),
        ("Hamza has a fever, he will be back on Friday", ("2026-10-13", "2026-10-15"), "from today to Thursday 15 October"),
        ("Hamza kal se bimar hai", ("2026-10-13", "2026-10-13"), "is ill today"),
    ],
)  # fmt: skip
def test_the_days_are_said_back(town: Town, text: str, days: tuple[str, str], reply: str) -> None:
    Guardian.objects.update(reads="en", script="")
    say(town, text)
    assert [row[1:3] for row in listed()] == [days]
    assert reply in told(town.yousaf.guardian)[-1]


def test_the_reply_goes_to_the_thread_of_who_wrote_and_no_service_message_names_the_child(town: Town) -> None:
    say(town, "Hamza bimar hai aaj")
    reply = Message.objects.exclude(author=Author.GUARDIAN).get()
    assert (reply.thread.guardian, reply.author) == (town.yousaf.guardian, Author.SCHOOL)
    assert not Parcel.objects.exclude(service_kind="").exists()


def test_a_doubted_number_hears_no_name(town: Town) -> None:
    """We may no longer write about a child there: what waits is said without one."""
    Address.objects.update(state=AddressState.NOTICE_ONLY)
    say(town, "Hamza bimar hai aaj")
    assert len(listed()) == 1
    body = Delivery.objects.get().body
    assert "Hamza" not in str(body)


@on_both_databases
def test_said_twice_it_stands_once_and_a_longer_illness_is_the_same_one(town: Town) -> None:
    say(town, "Hamza bimar hai aaj")
    say(town, "Hamza jume tak nahi aayega, bukhar hai", at=MORNING + timedelta(hours=1))
    assert listed() == [("Hamza", "2026-10-13", "2026-10-16", "ill")]


@pytest.mark.parametrize(
    "text",
    [
        "Hamza was sick last week, thank you",
        "is there school tomorrow?",
        "my brother is ill",
        "Hamza is not sick",
    ],
)
def test_what_only_looks_like_it_waits_for_a_person(town: Town, text: str) -> None:
    say(town, text)
    assert listed() == []
    assert [message.text for message in Message.objects.waiting()] == [text]
    assert not Message.objects.exclude(author=Author.GUARDIAN).exists()


def test_what_else_was_said_still_waits_for_a_person(town: Town) -> None:
    say(town, "Hamza is ill today. Can you send his homework?")
    assert len(listed()) == 1
    assert Message.objects.waiting().count() == 1


def test_of_two_children_the_named_one_stays_at_home(town: Town) -> None:
    sibling(town)
    say(town, "حمزہ آج بیمار ہے")
    assert [row[0] for row in listed()] == ["Hamza"]


def test_which_of_two_is_asked_with_numbers_even_when_we_spoke_of_one_lately(town: Town) -> None:
    sibling(town)
    say(town, "Ayesha found her book")  # the last we spoke of; no reason to think it is she who is ill
    say(town, "mera bacha bimar hai aaj", at=MORNING + timedelta(minutes=5))
    assert listed() == []
    asked = Parcel.objects.get(service_kind="which_child").text
    assert ("1. Hamza" in asked, "2. Ayesha" in asked) == (True, True)
    say(town, "2", at=MORNING + timedelta(minutes=6))
    assert listed() == [("Ayesha", "2026-10-13", "2026-10-13", "ill")]
    assert not WhichChild.objects.filter(placed_at=None).exists()


@pytest.mark.parametrize(
    "text", ["dono bachay bimar hain", "Hamza aur Ayesha bimar hain", "My children are ill today"]
)
def test_both_children_are_both_on_the_list(town: Town, text: str) -> None:
    sibling(town)
    say(town, text)
    assert not WhichChild.objects.exists()
    assert sorted(row[0] for row in listed()) == ["Ayesha", "Hamza"]
    assert len(told(town.yousaf.guardian)) == 2


def test_who_may_not_be_told_about_a_child_writes_nobody_down(town: Town) -> None:
    town.yousaf.restrict()
    say(town, "Hamza bimar hai aaj")
    assert listed() == []


def test_a_free_question_does_not_swallow_it(town: Town) -> None:
    ask(town, Question("short_text"), at=MORNING)
    say(town, "Hamza bimar hai aaj", at=MORNING + timedelta(hours=1))
    assert len(listed()) == 1
    assert not Answer.objects.exists()


def test_a_family_may_write_it_on_their_page(town: Town) -> None:
    with time_machine.travel(MORNING, tick=False):
        write_back(thread=town.thread, text="حمزہ آج بیمار ہے", by=town.yousaf.guardian.actor(), now=MORNING)
    assert listed() == [("Hamza", "2026-10-13", "2026-10-13", "ill")]
    assert Absence.objects.get().channel == ""


def test_the_school_names_itself_once(town: Town) -> None:
    say(town, "Hamza bimar hai aaj")
    body = Delivery.objects.get().body["text"]
    assert body.count("Maple Street School") == 1


def test_past_the_last_term_that_is_written_down_nobody_is_away(town: Town) -> None:
    Term.objects.create(
        school=town.school, name="Autumn", starts_on=date(2026, 1, 5), ends_on=date(2026, 10, 9)
    )
    say(town, "Hamza kal se do din school nahi aa sakta")
    assert listed() == []
    assert Message.objects.from_home().count() == 1


def test_in_a_september_without_terms_a_child_is_on_the_list(town: Town) -> None:
    Term.objects.create(
        school=town.school, name="Year", starts_on=date(2025, 9, 3), ends_on=date(2026, 7, 21)
    )
    say(town, "Hamza bimar hai aaj", at=MORNING.replace(month=9, day=8))
    assert listed() == [("Hamza", "2026-09-08", "2026-09-08", "ill")]


def test_one_parent_is_not_told_what_the_other_said(town: Town) -> None:
    Guardian.objects.update(reads="en", script="")
    mother = Guardian.objects.create(school=town.school, name="Mrs Yousaf", reads="en")
    Guardianship.objects.create(school=town.school, guardian=mother, student=town.yousaf.student)
    address = Address.objects.create(school=town.school, channel="sms", value="+447700900777")
    ContactPoint.objects.create(school=town.school, guardian=mother, address=address, consented=True)
    say(town, "Hamza has the flu, he won't be in until Friday", address=address)
    say(town, "Hamza is ill today", at=MORNING + timedelta(minutes=10))
    assert listed() == [("Hamza", "2026-10-13", "2026-10-16", "ill")]
    assert "is ill today. Get well soon." in told(town.yousaf.guardian)[-1]
    assert "Friday" not in told(town.yousaf.guardian)[-1]


def test_a_colleague_does_not_read_at_work_what_was_said_of_their_own_child(town: Town) -> None:
    say(town, "Hamza bimar hai aaj")
    assert Absence.objects.visible_to(town.okafor.actor()).count() == 1
    town.yousaf.guardian.user = town.okafor.user
    town.yousaf.guardian.save()
    assert Absence.objects.visible_to(town.okafor.actor()).count() == 0
