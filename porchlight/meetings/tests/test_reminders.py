"""A family is reminded the school day before and an hour before, on its own phone, and says coming, late, cannot."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.conversations.tests.hearing_kit import say as says
from porchlight.conversations.tests.hearing_kit import told
from porchlight.delivery.models import Parcel
from porchlight.delivery.outbox.ticking import tick
from porchlight.families.models import Guardianship, Student
from porchlight.meetings.around.due import Calendar, groups
from porchlight.meetings.around.reminding import remind
from porchlight.meetings.arranging import call_off, move, say
from porchlight.meetings.models import Before, DayWord, GuestSeat, Meeting, Mode, Reminder, Sort, Word
from porchlight.meetings.tests.around import BEFORE_FIVE, WEDNESDAY, hers, html, mother_apart, opens
from porchlight.meetings.tests.conftest import NOW, THURSDAY, meet
from porchlight.schools.models import Closure

A_MINUTE = timedelta(minutes=1)


def day_before(town: Town, meeting: Meeting) -> datetime:
    return Calendar(town.school).moment_of(Before.DAY, meeting, town.yousaf.guardian)


@on_both_databases
def test_a_father_is_reminded_in_urdu_and_says_late_from_a_keypad_phone(town: Town) -> None:
    meeting = meet(town)
    assert remind(town.school, now=WEDNESDAY - A_MINUTE) == 0
    assert remind(town.school, now=WEDNESDAY) == 1
    (text,) = told(town.yousaf.guardian)
    assert "آپ کی ملاقات کی یاد دہانی:" in text
    assert "Room 4" in text
    assert "Ms Amal" in text
    assert Reminder.objects.get().ask.label("2", "ur") == "تھوڑی دیر سے"
    says(town, "2", WEDNESDAY + A_MINUTE)
    seat = meeting.guests.get()
    assert seat.word == Word.YES
    assert seat.day_words.get().word == "late"


def test_nobody_is_told_twice_by_any_number_of_ticks(town: Town) -> None:
    meet(town)
    for at in (WEDNESDAY, WEDNESDAY + timedelta(minutes=2), WEDNESDAY + timedelta(minutes=5)):
        tick(at)
    assert Reminder.objects.get().before == Before.DAY
    tick(BEFORE_FIVE)
    tick(BEFORE_FIVE + timedelta(minutes=5))
    assert list(Reminder.objects.order_by("pk").values_list("before", flat=True)) == ["day", "hour"]
    assert len(told(town.yousaf.guardian)) == 2


def test_one_message_for_an_evening_with_two_children_and_one_answer_for_both(town: Town) -> None:
    first, sister = meet(town), Student.objects.create(school=town.school, name="Ayesha Yousaf")
    Guardianship.objects.create(school=town.school, guardian=town.yousaf.guardian, student=sister)
    second = meet(town, THURSDAY + timedelta(minutes=30), student=sister, hosts=[town.reyes], place="Library")
    assert remind(town.school, now=WEDNESDAY) == 1
    (text,) = told(town.yousaf.guardian)
    assert [word for word in ("Hamza", "Room 4", "Ayesha", "Library") if word not in text] == []
    says(town, "1", WEDNESDAY + A_MINUTE)
    assert [one.guests.get().word for one in (first, second)] == ["yes", "yes"]
    assert remind(town.school, now=BEFORE_FIVE) == 1  # one before the first, for both
    assert remind(town.school, now=BEFORE_FIVE + timedelta(minutes=30)) == 0


@pytest.mark.parametrize("word", [Word.ANOTHER, Word.CANNOT])
def test_who_said_another_time_or_cannot_is_left_alone(town: Town, word: Word) -> None:
    seat = meet(town).guests.get()
    say(seat, word, by=town.yousaf.guardian.actor(), now=NOW)
    assert remind(town.school, now=WEDNESDAY) == 0
    assert told(town.yousaf.guardian) == []


def test_cannot_after_all_is_said_to_the_meeting_and_ends_the_reminders(town: Town) -> None:
    meeting = meet(town)
    remind(town.school, now=WEDNESDAY)
    says(town, "3", WEDNESDAY + A_MINUTE)
    assert meeting.guests.get().word == Word.CANNOT
    assert remind(town.school, now=BEFORE_FIVE) == 0


def test_a_moved_meeting_is_reminded_anew_and_the_old_answer_is_kindly_refused(town: Town) -> None:
    meeting = meet(town)
    remind(town.school, now=WEDNESDAY)
    friday = THURSDAY + timedelta(days=1)
    moved_at = WEDNESDAY + timedelta(hours=1)
    move(
        meeting, starts_at=friday, ends_at=friday + timedelta(minutes=10), by=town.amal.actor(), now=moved_at
    )
    says(town, "1", moved_at + A_MINUTE)
    assert not DayWord.objects.exists()
    assert "وقت بعد میں بدل گیا" in Parcel.objects.latest("pk").text
    assert remind(town.school, now=BEFORE_FIVE + A_MINUTE) == 1  # of Friday, the day before it
    assert Reminder.objects.order_by("pk").last().revision == 1


def test_the_word_that_it_moved_stands_for_a_reminder_that_would_have_been_due(town: Town) -> None:
    meeting = meet(town)
    later = THURSDAY + timedelta(hours=1)
    moved_at = WEDNESDAY + timedelta(hours=1)
    move(meeting, starts_at=later, ends_at=later + timedelta(minutes=10), by=town.amal.actor(), now=moved_at)
    assert remind(town.school, now=moved_at + A_MINUTE) == 0
    assert remind(town.school, now=later - timedelta(hours=1)) == 1


def test_what_is_called_off_is_not_spoken_of(town: Town) -> None:
    call_off(meet(town), why="school", by=town.amal.actor(), now=NOW)
    assert remind(town.school, now=WEDNESDAY) == 0


def test_a_plan_that_families_do_not_know_is_not_spoken_of(town: Town) -> None:
    meet(town, is_told=False)
    assert remind(town.school, now=WEDNESDAY) == 0


def test_who_was_told_after_the_hour_of_the_reminder_needs_none(town: Town) -> None:
    meet(town, now=WEDNESDAY + timedelta(hours=1))
    assert remind(town.school, now=WEDNESDAY + timedelta(hours=2)) == 0
    assert remind(town.school, now=BEFORE_FIVE) == 1


def test_a_monday_is_told_on_friday_and_after_a_holiday_the_day_before(town: Town) -> None:
    monday = datetime(2026, 10, 19, 15, tzinfo=UTC)
    meeting = meet(town, monday)
    assert day_before(town, meeting) == datetime(2026, 10, 16, 15, tzinfo=UTC)
    Closure.objects.create(school=town.school, name="Half term", starts_on="2026-10-12", ends_on="2026-10-18")
    assert day_before(town, meeting) == datetime(2026, 10, 18, 15, tzinfo=UTC)


def test_never_at_night_and_an_hour_before_that_is_night_is_skipped(town: Town) -> None:
    town.school.quiet_from, town.school.quiet_until = time(16, 0), time(9, 0)
    town.school.save()
    meet(town)
    for at in (WEDNESDAY, WEDNESDAY + timedelta(hours=3), BEFORE_FIVE):
        assert remind(town.school, now=at) == 0
    morning = datetime(2026, 10, 15, 8, 0, tzinfo=UTC)  # nine in London
    assert remind(town.school, now=morning) == 1
    assert Reminder.objects.get().before == Before.DAY


def test_a_father_abroad_is_told_at_four_by_his_own_clock(town: Town) -> None:
    town.yousaf.guardian.timezone = "Asia/Karachi"
    town.yousaf.guardian.save()
    meet(town)
    assert remind(town.school, now=datetime(2026, 10, 14, 11, 0, tzinfo=UTC)) == 1
    assert "رات 9 بجے" in told(town.yousaf.guardian)[0]


def test_who_may_no_longer_be_told_about_the_child_is_not_reminded(town: Town) -> None:
    meet(town)
    Guardianship.objects.update(may_receive=False)
    assert remind(town.school, now=WEDNESDAY) == 0


def test_parents_apart_are_each_reminded_of_their_own_time_alone(town: Town) -> None:
    mother = mother_apart(town)
    meet(town, place="Room 4")
    hers(town, mother, place="Library")
    assert remind(town.school, now=WEDNESDAY) == 2
    (to_him,), (to_her,) = told(town.yousaf.guardian), told(mother)
    assert "Room 4" in to_him
    assert "Library" not in to_him
    assert "5.20 pm" in to_her
    assert "Room 4" not in to_her
    says(town, "2", WEDNESDAY + A_MINUTE)
    assert DayWord.objects.get().seat.guardian == town.yousaf.guardian
    assert GuestSeat.objects.get(guardian=mother).word == ""


def test_of_counselling_a_phone_is_told_neither_with_whom_nor_where(town: Town) -> None:
    meet(town, sort=Sort.COUNSELLING)
    remind(town.school, now=WEDNESDAY)
    (text,) = told(town.yousaf.guardian)
    assert "Hamza" in text
    assert "Room 4" not in text
    assert text.count("Ms Amal") == 0


def test_a_call_is_told_as_a_call(town: Town) -> None:
    meet(town, mode=Mode.PHONE, place="")
    remind(town.school, now=WEDNESDAY)
    assert "فون پر، ہم آپ کو کال کریں گے" in told(town.yousaf.guardian)[0]


def test_a_hundred_seats_cost_no_more_questions_than_two(town: Town, django_assert_max_num_queries) -> None:
    for number in range(2, 12):
        home = town.home(number)
        at = THURSDAY + number * timedelta(minutes=10)
        meet(town, at, student=home.student, guests=[home.guardian])
    with django_assert_max_num_queries(9):
        assert len(groups(town.school, WEDNESDAY)) == 10


def test_the_colleague_sees_late_as_soon_as_it_is_said(town: Town) -> None:
    meet(town)
    remind(town.school, now=BEFORE_FIVE)
    assert "A little late" not in html(opens(town.amal, "/meetings/mine/", BEFORE_FIVE))
    says(town, "2", BEFORE_FIVE + A_MINUTE)
    shown = opens(town.amal, "/meetings/mine/", BEFORE_FIVE + 2 * A_MINUTE)
    assert "A little late" in html(shown)
    assert shown["Refresh"] == "60"
