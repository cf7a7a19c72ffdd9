"""“TALK” from a keypad phone: six free times come back, a digit takes one, and nobody is booked twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from porchlight.conversations.models import Ask, TriageItem
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.delivery.models import Parcel
from porchlight.families.models import Guardian, Guardianship
from porchlight.meetings.models import Meeting, Offer, Sort
from porchlight.meetings.tests.conftest import NOW, meet
from porchlight.meetings.tests.hours_kit import at, keeps, told, writes


@on_both_databases
def test_a_father_writes_the_word_and_takes_the_second_time(town: Town) -> None:
    keeps(town.amal)
    assert str(writes(town.yousaf, "بات کرنی ہے")) == "message"
    ask = Ask.objects.get()
    assert [option["at"] for option in ask.options][:2] == [
        at(15, 16).isoformat(),
        at(15, 16, 15).isoformat(),
    ]
    assert len(ask.options) == 6
    assert "Ms Amal سے کب بات کرنا" in told(town.yousaf)[-1]
    writes(town.yousaf, "2", minutes=1)
    meeting = Meeting.objects.get()
    assert (meeting.sort, meeting.starts_at, meeting.mode) == (Sort.OFFICE_HOUR, at(15, 16, 15), "in_person")
    assert list(Meeting.objects.visible_to(town.yousaf.guardian.actor())) == [meeting]
    assert list(Meeting.objects.visible_to(town.amal.actor())) == [meeting]


def test_another_digit_takes_that_time_and_gives_the_first_back(town: Town) -> None:
    keeps(town.amal)
    writes(town.yousaf, "TALK")
    writes(town.yousaf, "1", minutes=1)
    writes(town.yousaf, "1", minutes=2)
    assert Meeting.objects.count() == 1
    writes(town.yousaf, "3", minutes=3)
    standing = Meeting.objects.standing()
    assert [meeting.starts_at for meeting in standing] == [at(15, 16, 30)]
    assert Meeting.objects.exclude(called_off_at=None).get().called_off_why == "moved"


def test_a_digit_that_is_no_answer_books_nothing(town: Town) -> None:
    keeps(town.amal)
    writes(town.yousaf, "TALK")
    writes(town.yousaf, "9", minutes=1)
    assert not Meeting.objects.exists()


@on_both_databases
def test_who_comes_second_is_kindly_told_and_gets_other_times(town: Town) -> None:
    keeps(town.amal)
    other = town.home(2)
    writes(town.yousaf, "TALK")
    writes(other, "TALK", minutes=1)
    writes(other, "1", minutes=2)
    writes(town.yousaf, "1", minutes=3)
    assert [meeting.student for meeting in Meeting.objects.all()] == [other.student]
    assert any("کسی اور نے لے لیا" in text for text in told(town.yousaf))
    assert Offer.objects.filter(guardian=town.yousaf.guardian).count() == 2
    writes(town.yousaf, "1", minutes=4)
    theirs = Meeting.objects.get(student=town.yousaf.student)
    assert theirs.starts_at == at(15, 16, 15)


def test_when_the_last_time_is_gone_a_person_is_asked_to_write(town: Town) -> None:
    keeps(town.amal, until=at(15, 12).date())
    writes(town.yousaf, "TALK")
    for minute in (0, 15, 30, 45):
        meet(
            town, at(15, 16, minute), student=(home := town.home(10 + minute)).student, guests=[home.guardian]
        )
    writes(town.yousaf, "1", minutes=1)
    assert not Meeting.objects.filter(student=town.yousaf.student).exists()
    assert TriageItem.objects.get().reason == "asks_for_call"


def test_without_any_hours_the_word_waits_for_a_person(town: Town) -> None:
    said = writes(town.yousaf, "TALK").message
    assert said is not None
    assert said.settled_at is None
    assert not Offer.objects.exists()


def test_the_other_parent_learns_of_nothing(town: Town) -> None:
    keeps(town.amal)
    mother = Guardian.objects.create(school=town.school, name="Sara")
    Guardianship.objects.create(school=town.school, guardian=mother, student=town.yousaf.student)
    writes(town.yousaf, "TALK")
    writes(town.yousaf, "1", minutes=1)
    assert list(Meeting.objects.visible_to(mother.actor())) == []
    assert list(Offer.objects.visible_to(mother.actor())) == []
    assert not Parcel.objects.filter(guardian=mother).exists()


@pytest.mark.parametrize(
    "word",
    [
        "TALK",
        "baat karni hai plz",
        "ملاقات",
        "cita",
        "موعد",
        "约老师",
        "jumpa cikgu",
        "சந்திப்பு",
        "د لیدنې وخت",
        "hui",
    ],
)
def test_the_word_is_understood_in_every_language_of_the_book(town: Town, word: str) -> None:
    tag = {"ملاقات": "ur", "cita": "es", "موعد": "ar", "约老师": "zh-Hans", "jumpa cikgu": "ms",
           "சந்திப்பு": "ta", "د لیدنې وخت": "ps", "hui": "mi"}.get(word, "en")  # fmt: skip
    from porchlight.languages.understood import understand

    found = understand(word, [tag])
    assert found is not None
    assert found.kind == ("call" if word.startswith("baat") else "talk")


def test_an_offer_is_over_with_its_last_time(town: Town) -> None:
    keeps(town.amal)
    writes(town.yousaf, "TALK")
    assert Ask.objects.get().closes_at == at(22, 16, 15)
    assert Ask.objects.get().closes_at - NOW < timedelta(days=14)
