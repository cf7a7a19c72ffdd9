"""The register: everybody is here but who is tapped; a home that has not told us is asked, and its answer is on the
list."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.closing import draft_of
from porchlight.conversations.models import Message, TriageItem, TriageReason, Worry
from porchlight.conversations.notices import release, write
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.conversations.tests.hearing_kit import told
from porchlight.delivery.models import Delivery, Parcel
from porchlight.delivery.models.outbox import Stopped
from porchlight.families.models import ContactPoint, Guardian, Guardianship, Student
from porchlight.learning.listing import away_on
from porchlight.learning.models import Absence, AbsenceQuestion, Register
from porchlight.learning.registering import Taken, take_register
from porchlight.learning.tests.conftest import MORNING, listed, say
from porchlight.schools.models import SchoolClass, Term

TODAY = date(2026, 10, 13)


def take(town: Town, *missing: Student, at=MORNING) -> Taken:
    with time_machine.travel(at, tick=False):
        return take_register(town.class_4a, day=TODAY, missing=missing, by=town.actor(town.amal), now=at)


@pytest.fixture(autouse=True)
def _reads_english(town: Town) -> None:
    Guardian.objects.update(reads="en", script="")


@on_both_databases
def test_a_home_that_has_not_told_us_is_asked_and_its_digit_is_on_the_list(town: Town) -> None:
    other = town.home(2)
    taken = take(town, town.yousaf.student)
    assert (taken.missing, taken.asked) == (1, [town.yousaf.student])
    assert told(other.guardian) == []
    parcel = Parcel.objects.get(guardian=town.yousaf.guardian)
    assert parcel.text == "Hamza is not at school today, and we do not know why. Please tell us."
    assert [option["label"] for option in parcel.ask["options"]] == [
        "Ill", "Doctor", "Family matter", "Coming later", "I did not know",
    ]  # fmt: skip
    say(town, "1", at=MORNING + timedelta(minutes=5))
    assert listed() == [("Hamza", "2026-10-13", "2026-10-13", "ill")]
    absence = Absence.objects.get()
    assert (absence.missed_by, absence.said_by, absence.how, absence.channel) == (
        town.amal, town.yousaf.guardian, "answer", "sms",
    )  # fmt: skip


@pytest.mark.parametrize("town", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_who_writes_of_a_child_waits_for_who_writes_of_the_same_one(town: Town) -> None:
    """Else the register and the home, at the same moment, would write two absences of one."""
    with CaptureQueriesContext(connection) as seen:
        take(town, town.yousaf.student)
        say(town, "Hamza is ill today", at=MORNING + timedelta(minutes=5))
    said = [one["sql"] for one in seen]
    writing = [
        at
        for at, sql in enumerate(said)
        if sql.startswith(('INSERT INTO "learning_absence" ', 'UPDATE "learning_absence" '))
    ]
    waiting = [at for at, sql in enumerate(said) if "FOR NO KEY UPDATE" in sql and "families_student" in sql]
    assert len(writing) == 2
    assert all(any(before < at for before in waiting) for at in writing)
    assert waiting[-1] > writing[0]


@pytest.mark.parametrize(
    "text", ["Hamza bimar hai", "bukhar hai", "he has a headache", "Hamza has a dentist appointment"]
)
def test_the_answer_may_come_in_words(town: Town, text: str) -> None:
    take(town, town.yousaf.student)
    say(town, text, at=MORNING + timedelta(minutes=5))
    assert [row[3] for row in listed()] in (["ill"], ["appointment"])
    assert AbsenceQuestion.objects.filter(settled_at=None).count() == 0


def test_who_has_told_us_is_not_asked(town: Town) -> None:
    say(town, "Hamza is ill today")
    before = len(told(town.yousaf.guardian))
    taken = take(town, town.yousaf.student, at=MORNING + timedelta(minutes=20))
    assert taken.asked == []
    assert len(told(town.yousaf.guardian)) == before
    assert (Absence.objects.get().why, Absence.objects.get().missed_by) == ("ill", town.amal)


def test_a_slip_put_right_within_half_a_minute_asks_nobody(town: Town) -> None:
    take(town, town.yousaf.student)
    take(town, at=MORNING + timedelta(seconds=20))
    assert listed() == []
    assert Delivery.objects.get().stopped == Stopped.WITHDRAWN
    assert Message.objects.get().undone_at is not None


@pytest.mark.parametrize("digit", ["1", "5"])
def test_an_answer_about_a_child_who_came_after_all_changes_nothing(town: Town, digit: str) -> None:
    take(town, town.yousaf.student)
    Delivery.objects.update(lease_until=MORNING, copies=1)  # it has left already
    take(town, at=MORNING + timedelta(minutes=3))
    say(town, digit, at=MORNING + timedelta(minutes=5))
    assert (listed(), Worry.objects.count()) == ([], 0)


def test_a_child_who_is_here_after_all_leaves_the_list_from_that_day(town: Town) -> None:
    say(town, "Hamza jume tak nahi aayega", at=MORNING - timedelta(days=1))
    take(town)
    assert [row[1:3] for row in listed()] == [("2026-10-12", "2026-10-12")]


def test_nobody_missing_is_something_else_than_nobody_looked(town: Town) -> None:
    assert not Register.objects.exists()
    take(town)
    assert Register.objects.get().taken_by == town.amal
    take(town, at=MORNING + timedelta(minutes=1))
    assert Register.objects.count() == 1


def test_each_telephone_is_asked_once_and_two_adults_with_their_own_both(town: Town) -> None:
    mother = Guardian.objects.create(school=town.school, name="Mrs Yousaf")
    Guardianship.objects.create(school=town.school, guardian=mother, student=town.yousaf.student)
    ContactPoint.objects.create(
        school=town.school, address=town.yousaf.address, guardian=mother, consented=True
    )
    aunt = Guardian.objects.create(school=town.school, name="Aunt Samina")
    Guardianship.objects.create(school=town.school, guardian=aunt, student=town.yousaf.student)
    take(town, town.yousaf.student)
    asked = AbsenceQuestion.objects.values_list("thread__guardian__name", flat=True)
    assert sorted(asked) == ["Aunt Samina", "Guardian 1"]


def test_a_home_without_a_way_is_for_the_office_to_ring(town: Town) -> None:
    ContactPoint.objects.update(consented=False)
    take(town, town.yousaf.student)
    row = away_on(town.school, town.actor(town.okafor), TODAY, now=MORNING)[0]
    assert [str(tag.words) for tag in row.tags] == ["No way to ask the home. Please ring."]


def test_who_did_not_know_is_an_alarm_and_no_reason(town: Town) -> None:
    take(town, town.yousaf.student)
    say(town, "5", at=MORNING + timedelta(minutes=1))
    assert listed() == [("Hamza", "2026-10-13", "2026-10-13", "")]
    worry, item = Worry.objects.get(), TriageItem.objects.get()
    assert (worry.raised_by, worry.words) == (None, "I did not know")
    assert (item.reason, item.text) == (TriageReason.MAY_BE_MISSING, "I did not know")
    assert Parcel.objects.filter(service_kind="staff_alert").exists() is False  # Ms Reyes gave no number here
    say(town, "5", at=MORNING + timedelta(minutes=2))
    assert (Worry.objects.count(), TriageItem.objects.count()) == (1, 1)


def test_the_question_is_no_answer_to_what_a_home_wrote(town: Town) -> None:
    say(town, "Please look at his reading book", at=MORNING - timedelta(hours=1))
    take(town, town.yousaf.student)
    assert Message.objects.waiting().count() == 1


def test_why_yesterday_is_told_afterwards(town: Town) -> None:
    yesterday = MORNING - timedelta(days=1)
    with time_machine.travel(yesterday, tick=False):
        take_register(
            town.class_4a, day=TODAY - timedelta(days=1), missing=[town.yousaf.student],
            by=town.actor(town.amal), now=yesterday,
        )  # fmt: skip
    say(town, "Hamza kal nahi aaya kyun ke bimar tha")
    assert listed() == [("Hamza", "2026-10-12", "2026-10-12", "ill")]
    assert (
        told(town.yousaf.guardian)[-1] == "Thank you. We wrote down why Hamza was not at school (yesterday)."
    )


def test_a_class_that_is_told_it_is_closed_has_no_register_and_the_next_one_has(town: Town) -> None:
    other = SchoolClass.objects.create(school=town.school, name="5B")
    audience = Audience(AudienceKind.CLASSES, (town.class_4a.key,))
    draft = draft_of(school=town.school, audience=audience, why="water", day=TODAY, is_today=True)
    office = browser_of(town.okafor)
    with time_machine.travel(MORNING, tick=False):
        release(
            write(draft, school=town.school, by=town.okafor.actor(), now=MORNING),
            by=town.okafor.actor(),
            now=MORNING,
        )
        page = office.get("/maple-street/absences/").content.decode()
        shut = office.get(f"/maple-street/classes/{town.class_4a.key}/register/").content.decode()
        office.post(
            f"/maple-street/classes/{town.class_4a.key}/register/", {"missing": [town.yousaf.student.key]}
        )
        tomorrow = office.get("/maple-street/absences/?day=2026-10-14").content.decode()
    assert page.count("No school on this day") == 1
    assert (town.class_4a.key in page, other.key in page) == (False, True)
    assert "This class has no school today" in shut
    assert not Register.objects.exists()
    assert "No school on this day" not in tomorrow


@pytest.mark.parametrize(
    ("month", "day", "is_open", "said"),
    [(7, 21, True, ""), (8, 18, False, "No term is written down for today"), (9, 8, True, "")],
)
def test_behind_the_last_term_it_is_shut_for_the_holidays_and_says_why(
    town: Town, month: int, day: int, is_open: bool, said: str
) -> None:
    Term.objects.create(
        school=town.school, name="Year", starts_on=date(2025, 9, 3), ends_on=date(2026, 7, 21)
    )
    address = f"/maple-street/classes/{town.class_4a.key}/register/"
    with time_machine.travel(MORNING.replace(month=month, day=day), tick=False):
        office = browser_of(town.okafor)
        page = office.get(address).content.decode()
        office.post(address, {"missing": []})
    assert ("Tap who is missing" in page, said in page) == (is_open, True)
    assert Register.objects.exists() == is_open
