"""A meeting is arranged, moved and called off; the family says what it says on its own channel."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from porchlight.conversations.hearing import Words, hear
from porchlight.conversations.saying import line, said_in_all
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.delivery.models import Parcel
from porchlight.families.models import Guardianship
from porchlight.meetings.arranging import Taken, call_off, move
from porchlight.meetings.models import Meeting
from porchlight.meetings.tests.conftest import NOW, THURSDAY, meet
from porchlight.meetings.whether import ask_whether


def heard(town: Town, text: str, minutes: int = 1) -> None:
    at = NOW + timedelta(minutes=minutes)
    with time_machine.travel(at, tick=False):
        words = Words(text=text, channel="sms", at=at, sender=town.yousaf.address.value)
        hear(school=town.school, address=town.yousaf.address, words=words, now=at)


def asked(town: Town, meeting: Meeting) -> None:
    words = said_in_all([line("", words="Thursday at five?")], town.school)
    ask_whether(meeting.guests.get(), words, closes_at=THURSDAY, by=town.amal.actor(), now=NOW)


@on_both_databases
def test_a_father_says_yes_then_cannot_and_the_last_word_counts(town: Town) -> None:
    meeting = meet(town)
    asked(town, meeting)
    heard(town, "1")
    assert meeting.guests.get().word == "yes"
    heard(town, "3", minutes=2)
    assert meeting.guests.get().word == "cannot"


def test_a_time_that_moved_since_is_kindly_refused(town: Town) -> None:
    meeting = meet(town)
    asked(town, meeting)
    later = THURSDAY + timedelta(hours=1)
    move(meeting, starts_at=later, ends_at=later + timedelta(minutes=10), by=town.amal.actor(), now=NOW)
    heard(town, "1")
    assert meeting.guests.get().word == ""
    assert "وقت بعد میں بدل گیا" in Parcel.objects.latest("pk").text


def test_what_is_called_off_takes_no_answer_and_frees_the_hour(town: Town) -> None:
    meeting = meet(town)
    asked(town, meeting)
    call_off(meeting, why="school", by=town.amal.actor(), now=NOW)
    heard(town, "1")
    assert meeting.guests.get().word == ""
    assert "نہیں ہوگی" in Parcel.objects.latest("pk").text
    assert meet(town).is_on


def test_nobody_sits_in_two_meetings_at_once(town: Town) -> None:
    first = meet(town)
    with pytest.raises(Taken) as caught:
        meet(town, THURSDAY + timedelta(minutes=5))
    assert caught.value.meeting == first
    assert meet(town, THURSDAY + timedelta(minutes=10)).is_on


def test_who_may_not_be_told_about_the_child_is_not_asked(town: Town) -> None:
    Guardianship.objects.update(may_receive=False)
    with pytest.raises(PermissionDenied):
        meet(town)
    assert not Meeting.objects.exists()


def test_a_plan_is_not_seen_at_home_until_it_is_told(town: Town) -> None:
    plan = meet(town, is_told=False)
    at_home = Meeting.objects.visible_to(town.yousaf.guardian.actor())
    assert list(at_home) == []
    assert list(Meeting.objects.visible_to(town.amal.actor())) == [plan]
    Meeting.objects.update(told_at=NOW)
    assert list(at_home.all()) == [plan]


def test_colleagues_see_the_meetings_they_sit_in_and_the_office_all(town: Town) -> None:
    meeting = meet(town)
    assert list(Meeting.objects.visible_to(town.okafor.actor())) == [meeting]
    assert list(Meeting.objects.visible_to(town.reyes.actor())) == []
