"""What comes back finds its ask, its thread, or a person; nothing heard is lost."""

from datetime import timedelta

import pytest

from porchlight.conversations import ask_codes
from porchlight.conversations.hearing import Words, hear
from porchlight.conversations.models import Answer, Message, TriageItem, TriageReason, WhichChild
from porchlight.conversations.notices import Question
from porchlight.conversations.tell import reply
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.conversations.tests.hearing_kit import ask, say, served, sibling
from porchlight.delivery.models import InboundEvent, Parcel
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import (
    ContactPoint,
    Guardian,
    Guardianship,
    Household,
    HouseholdMembership,
)

pytestmark = on_both_databases


def test_words_of_a_known_father_stand_in_his_thread(town: Town) -> None:
    outcome = say(town, "Hamza ko kitab mil gayi")
    message = Message.objects.get()
    assert outcome.message == message
    assert (message.thread.guardian, message.thread.student) == (town.yousaf.guardian, town.yousaf.student)
    assert (message.author, message.channel, message.text) == ("guardian", "sms", "Hamza ko kitab mil gayi")


@pytest.mark.parametrize(
    ("text", "language"),
    [("Hamza ko kitab mil gayi", "ur-Latn"), ("حمزہ کو کتاب مل گئی", "ur"), ("👍", "ur")],
)
def test_words_stand_in_the_script_they_were_written_in(town: Town, text: str, language: str) -> None:
    Guardian.objects.update(reads="ur", script="")
    say(town, text)
    assert Message.objects.get().language == language


@pytest.mark.parametrize("text", ["1", "۱", "haan", "g", "Yes", "جی ہاں", "sí"])
def test_yes_in_any_language_answers_the_ask(town: Town, text: str) -> None:
    put = ask(town, Question("yes_no"))
    say(town, text)
    answer = Answer.objects.get()
    assert (answer.ask, answer.keys, answer.text, answer.accepted) == (put, ["yes"], text, True)
    assert not Message.objects.from_home().exists()
    assert len(served("ask_answered")) == 1


def test_the_last_answer_before_closing_counts_and_all_are_kept(town: Town) -> None:
    ask(town, Question("yes_no"))
    for text in ("1", "nahi", "haan"):
        say(town, text)
    assert [row.keys for row in Answer.objects.order_by("pk")] == [["yes"], ["no"], ["yes"]]
    assert [row.keys for row in Answer.objects.counting()] == [["yes"]]


def test_a_choice_is_understood_by_number_or_by_its_words(town: Town) -> None:
    options = [{"key": "1", "labels": {"en": "Friday"}}, {"key": "2", "labels": {"en": "Sunday"}}]
    ask(town, Question("choose_one", options))
    say(town, "sunday")
    say(town, "1")
    assert [row.keys for row in Answer.objects.order_by("pk")] == [["2"], ["1"]]


def test_several_choices_in_one_reply(town: Town) -> None:
    options = [{"key": str(n), "labels": {"en": name}} for n, name in enumerate(("Mon", "Tue", "Wed"), 1)]
    ask(town, Question("choose_several", options))
    say(town, "1 aur 3")
    assert Answer.objects.get().keys == ["1", "3"]


def test_what_fits_no_choice_is_met_by_a_person_and_never_called_wrong(town: Town) -> None:
    options = [{"key": "1", "labels": {"en": "Friday"}}, {"key": "2", "labels": {"en": "Sunday"}}]
    ask(town, Question("choose_one", options))
    say(town, "7")
    assert not Answer.objects.exists()
    assert Message.objects.from_home().get().text == "7"


def test_an_answer_after_closing_reaches_a_person_and_the_home_is_told(town: Town) -> None:
    ask(town, Question("yes_no", closes_at=TUESDAY + timedelta(hours=1)))
    say(town, "1", at=TUESDAY + timedelta(hours=2))
    assert not Answer.objects.exists()
    assert Message.objects.from_home().get().text == "1"
    assert len(served("ask_closed")) == 1


def test_of_two_open_asks_the_newest_that_fits_is_answered_and_the_code_names_the_other(town: Town) -> None:
    first = ask(town, Question("yes_no"))
    second = ask(town, Question("yes_no"), at=TUESDAY + timedelta(minutes=5))
    say(town, "1", at=TUESDAY + timedelta(minutes=10))
    say(town, f"{first.code} 2", at=TUESDAY + timedelta(minutes=11))
    assert [(row.ask, row.keys) for row in Answer.objects.order_by("pk")] == [
        (second, ["yes"]),
        (first, ["no"]),
    ]


def test_no_two_questions_that_may_be_open_together_share_a_code(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask_codes, "CODES", ask_codes.CODES[:6])
    monkeypatch.setattr(ask_codes, "APART", 5)
    asked = [ask(town, Question("yes_no")).code for _ in range(12)]
    assert all(len({*asked[start : start + 6]}) == 6 for start in range(7))


def test_an_unknown_sender_goes_to_the_office_never_to_a_guess(town: Town) -> None:
    """T13."""
    words = Words(text="Hamza is ill", channel="sms", at=TUESDAY, sender="+447700900999")
    outcome = hear(school=town.school, address=None, words=words, now=TUESDAY)
    item = TriageItem.objects.get()
    assert outcome.triage == item
    assert (item.reason, item.sender, item.text) == (
        TriageReason.UNKNOWN_SENDER,
        "+447700900999",
        "Hamza is ill",
    )
    assert not Message.objects.exists()


def test_a_father_of_two_is_asked_which_child_and_a_digit_places_his_words(town: Town) -> None:
    child = sibling(town)
    outcome = say(town, "will be late today")
    assert outcome.asked_which_child is not None
    assert "1. Hamza" in served("which_child")[0].text
    assert not Message.objects.exists()
    say(town, "۲", at=TUESDAY + timedelta(minutes=3))
    message = Message.objects.get()
    assert (message.thread.student, message.text, message.said_at) == (child, "will be late today", TUESDAY)
    assert WhichChild.objects.get().placed_at is not None


def test_a_childs_name_in_the_words_places_them_without_asking(town: Town) -> None:
    child = sibling(town)
    say(town, "ayesha will be late")
    assert Message.objects.get().thread.student == child


def test_words_that_follow_ours_belong_to_the_child_we_spoke_of(town: Town) -> None:
    sibling(town)
    reply(
        thread=town.thread, text="Hamza read aloud today.", language="en", by=town.amal.actor(), now=TUESDAY
    )
    say(town, "thank you so much", at=TUESDAY + timedelta(hours=3))
    assert Message.objects.from_home().get().thread == town.thread


def test_two_adults_of_one_home_on_one_phone_are_asked_which_child(town: Town) -> None:
    mother = Guardian.objects.create(school=town.school, addressed_as="Hamza's mother")
    child = sibling(town)
    Guardianship.objects.create(school=town.school, guardian=mother, student=child)
    ContactPoint.objects.create(
        school=town.school, address=town.yousaf.address, guardian=mother, rank=2, consented=True
    )
    home = Household.objects.create(school=town.school, label="Yousaf family")
    for guardian in (mother, town.yousaf.guardian):
        HouseholdMembership.objects.create(school=town.school, household=home, guardian=guardian)
    assert say(town, "we are travelling").asked_which_child is not None
    assert WhichChild.objects.get().choices == [
        [town.yousaf.guardian.pk, town.yousaf.student.pk],
        [town.yousaf.guardian.pk, child.pk],
    ]


def test_a_number_shared_across_homes_goes_to_the_office(town: Town) -> None:
    """T13."""
    neighbour = cast.home(town.school, 2)
    ContactPoint.objects.create(
        school=town.school, address=town.yousaf.address, guardian=neighbour.guardian, consented=True
    )
    assert say(town, "hello").triage is not None
    assert TriageItem.objects.get().reason == TriageReason.SHARED_NUMBER


def test_a_restricted_adults_words_reach_the_office_not_the_childs_thread(town: Town) -> None:
    town.yousaf.restrict()
    say(town, "where is my son")
    assert TriageItem.objects.get().reason == TriageReason.NO_CONTACT
    assert not Message.objects.exists()


def test_the_same_event_heard_twice_is_one_message(town: Town) -> None:
    inbound = InboundEvent.objects.create(
        school=town.school, account=town.phone, kind="heard", provider_key="m1"
    )
    for _ in range(3):
        say(town, "salaam", inbound=inbound)
    assert Message.objects.count() == 1


def test_at_night_a_family_is_told_at_once_that_nobody_watches_and_only_once(town: Town) -> None:
    night = TUESDAY.replace(hour=22)
    say(town, "are you there", at=night)
    say(town, "hello?", at=night + timedelta(minutes=5))
    assert len(served("out_of_hours")) == 1
    assert Message.objects.from_home().count() == 2


def test_a_school_that_wrote_no_emergency_numbers_names_those_of_its_law(town: Town) -> None:
    town.school.emergency_numbers, town.school.law = "", "pk"
    town.school.save()
    say(town, "are you there", at=TUESDAY.replace(hour=22))
    [said] = served("out_of_hours")
    assert "15, 1122" in said.text


def test_in_school_hours_no_automatic_word_is_sent(town: Town) -> None:
    say(town, "are you there")
    assert not Parcel.objects.exists()
