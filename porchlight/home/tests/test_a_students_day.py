"""A student sees their own school day and what every home of the class was told; a guardian's thread, never."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from porchlight.accounts.models import User
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Answer, Ask, Message, Notice, Thread, Worry
from porchlight.conversations.notices import Draft, Question, release, write
from porchlight.conversations.taking_back import undo
from porchlight.conversations.tell import reply
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.conftest import staff as colleague
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Guardian, Guardianship, Household, HouseholdMembership, Student
from porchlight.home.tests.conftest import BASE, heard
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import Closure, SchoolClass, StaffMember, Teaching
from porchlight.schools.tiers import Tier

SECRET = "canary4417"  # a word that only a guardian and the school know


def sign_in_for(student: Student, language: str = "en") -> Client:
    student.user = User.objects.create_user(name=student.short_name, language=language)
    student.save()
    return browser_of(student)


@pytest.fixture
def hamza(town: Town) -> Client:
    return sign_in_for(town.yousaf.student)


def tell_class(town: Town, text: str = "4A goes to the museum on Friday.", **fields: object) -> Notice:
    """A notice to 4A by Ms Amal, unless the fields say otherwise."""
    audience = fields.pop("audience", Audience(AudienceKind.CLASSES, (town.class_4a.key,)))
    by: StaffMember = fields.pop("by", town.amal)
    draft = Draft(text, "en", audience, **fields)
    notice = write(draft, school=town.school, by=by.actor(), now=TUESDAY)
    return release(notice, by=by.actor(), now=TUESDAY)


def page_of(browser: Client) -> str:
    answer = browser.get(f"{BASE}/day/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_greets_says_the_hours_and_who_teaches(town: Town, hamza: Client) -> None:
    second = colleague(town.school, "Mr Bell", Role.TEACHER)
    Teaching.objects.create(school=town.school, school_class=town.class_4a, staff=second)
    Teaching.objects.filter(staff=town.amal).update(is_lead=True)
    gone = colleague(town.school, "Mr Gone", Role.TEACHER)
    Teaching.objects.create(
        school=town.school, school_class=town.class_4a, staff=gone, until=TUESDAY.date() - timedelta(days=1)
    )
    Closure.objects.create(school=town.school, name="Half-term", starts_on="2026-10-26", ends_on="2026-10-30")
    page = page_of(hamza)
    for words in (
        "<h1>Hello, Hamza</h1>",
        "Tuesday 13 October",
        "School is open until 4 pm.",
        "from Monday 26 October to Friday 30 October",
        "<b><bdi>Ms Reyes</bdi></b>",
        "999",
    ):
        assert words in page
    taught = page.split('id="teach"')[1].split("</section>")[0]
    assert taught.index("Ms Amal") < taught.index("Mr Bell")
    assert "Mr Gone" not in page
    assert "Mrs Okafor" not in page  # of staff, only those who teach and those who listen


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-10-13T07:00+01:00", "School is open from 8 am to"),
        ("2026-10-13T18:00+01:00", "School is open from 8 am to"),
        ("2026-10-17T10:00+01:00", "No school today."),
    ],
)
def test_before_and_after_school_and_at_the_weekend(town: Town, clock, moment: str, words: str) -> None:
    clock.move_to(datetime.fromisoformat(moment))
    assert words in page_of(sign_in_for(town.yousaf.student))


def test_what_every_home_of_the_class_was_told_is_there_with_their_own_name(
    town: Town, hamza: Client
) -> None:
    town.home(2)
    tell_class(town, "{child} of {class} needs water on Friday.")
    page = page_of(hamza)
    assert "Hamza of 4A needs water on Friday." in page
    assert page.count("needs water on Friday.") == 1  # once, however many adults were told
    assert "Child2" not in page


def test_a_question_says_that_the_home_was_asked_and_no_more(town: Town, hamza: Client) -> None:
    notice = tell_class(town, "May they swim?", kind="question", question=Question("yes_no"))
    Answer.objects.create(
        school=town.school, ask=notice.ask, thread=town.thread, keys=["no"], text=SECRET, at=TUESDAY
    )
    page = page_of(hamza)
    assert "May they swim?" in page
    assert "Your home was asked" in page
    assert SECRET not in page
    assert 'name="ask"' not in page


def test_words_come_in_the_students_language_with_the_original_behind(town: Town) -> None:
    urdu = Version("جمعہ کو عجائب گھر جائیں گے۔", "ur", Provenance.SCHOOL_TEMPLATE, "Mr Rehman")
    tell_class(town, "Museum on Friday.", versions={"ur": urdu})
    page = page_of(sign_in_for(town.yousaf.student, "ur"))
    assert '<html lang="ur" dir="rtl">' in page
    assert 'lang="ur" dir="rtl">جمعہ کو عجائب گھر جائیں گے۔</p>' in page
    assert 'lang="en" dir="ltr">Museum on Friday.</p>' in page


def homes_of(town: Town) -> Audience:
    home = Household.objects.create(school=town.school, label="Yousaf family")
    HouseholdMembership.objects.create(school=town.school, household=home, guardian=town.yousaf.guardian)
    return Audience(AudienceKind.HOUSEHOLDS, (home.key,))


HIDDEN = {
    "a reply": lambda town: reply(
        thread=town.thread, text=SECRET, language="en", by=town.amal.actor(), now=TUESDAY
    ),
    "good news to the father": lambda town: reply(
        thread=town.thread, text=SECRET, language="en", by=town.amal.actor(), now=TUESDAY, kind="good_news"
    ),
    "words from home": lambda town: heard(town.yousaf, SECRET),
    "chosen families": lambda town: tell_class(town, SECRET, audience=homes_of(town)),
    "chosen children": lambda town: tell_class(
        town, SECRET, audience=Audience(AudienceKind.STUDENTS, (town.yousaf.student.key,))
    ),
    "personal": lambda town: tell_class(town, SECRET, tier=Tier.L2),
    "a worry": lambda town: tell_class(town, SECRET, kind="worry"),
    "not sent yet": lambda town: tell_class(town, SECRET, goes_at=TUESDAY + timedelta(days=1)),
    "taken back": lambda town: undo(tell_class(town, SECRET), by=town.amal.actor(), now=TUESDAY),
    "more than a week ago": lambda town: Notice.objects.filter(pk=tell_class(town, SECRET).pk).update(
        sent_at=TUESDAY - timedelta(days=8)
    ),
    "why it was urgent": lambda town: tell_class(town, "School is shut.", urgent_reason=SECRET),
    "a safeguarding worry": lambda town: Worry.objects.create(
        school=town.school, message=heard(town.yousaf), raised_by=town.amal, words=SECRET, raised_at=TUESDAY
    ),
}


@pytest.mark.parametrize("said", HIDDEN.values(), ids=HIDDEN)
def test_nothing_between_home_and_school_is_there(town: Town, hamza: Client, said) -> None:
    tell_class(town, "Museum on Friday.")  # something that may be seen, so that the page is not empty
    said(town)
    page = page_of(hamza)
    assert "Museum on Friday." in page
    assert SECRET not in page


def test_what_another_class_was_told_is_not_there(town: Town, hamza: Client) -> None:
    elsewhere = town.home(2)
    elsewhere.student.enrolments.update(
        school_class=SchoolClass.objects.create(school=town.school, name="5B")
    )
    five_b = Audience(AudienceKind.CLASSES, (SchoolClass.objects.get(name="5B").key,))
    tell_class(town, SECRET, audience=five_b, by=town.okafor)
    assert Message.objects.filter(text=SECRET).count() == 1
    assert SECRET not in page_of(hamza)
    assert SECRET in page_of(sign_in_for(elsewhere.student))


def test_what_a_home_was_not_told_the_student_is_not_told_either(town: Town) -> None:
    """No adult of this child may be told: then nothing was said about them, and nothing is shown."""
    other = town.home(2)
    Guardianship.objects.filter(student=other.student).update(may_receive=False)
    tell_class(town, SECRET)
    assert SECRET not in page_of(sign_in_for(other.student))


def test_no_table_of_talk_shows_a_student_a_row(town: Town) -> None:
    tell_class(town, "May they swim?", kind="question", question=Question("yes_no"))
    heard(town.yousaf, SECRET)
    student = Actor(Kind.STUDENT, town.school.pk, town.yousaf.student.pk)
    for model in (Thread, Message, Answer, Worry, Guardian, Guardianship, Household, StaffMember):
        assert model.objects.exists() or model in {Answer, Worry, Household}
        assert not model.objects.visible_to(student).exists(), model
    assert Notice.objects.visible_to(student).count() == Ask.objects.visible_to(student).count() == 1


def test_a_student_without_a_sign_in_has_no_page_and_one_who_left_has_none_any_more(
    town: Town, hamza: Client
) -> None:
    assert hamza.get(f"{BASE}/").url == f"{BASE}/day/"
    assert page_of(hamza)
    Student.objects.update(left_at=TUESDAY)
    assert hamza.get(f"{BASE}/day/").status_code == 404
    assert hamza.get(f"{BASE}/").status_code == 404
    stranger = Client().get(f"{BASE}/day/")
    assert (stranger.status_code, stranger.url) == (302, f"{BASE}/sign-in/?next=%2Fmaple-street%2Fday%2F")


def test_the_number_of_queries_does_not_grow_with_what_was_told(town: Town, hamza: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page_of(hamza)
            return len(queries)

    tell_class(town, "One.")
    page_of(hamza)
    few = asked()
    for number in range(5):
        tell_class(town, f"Number {number}.")
    assert asked() == few


def test_a_school_that_named_nobody_still_says_whom_to_speak_with(town: Town, hamza: Client) -> None:
    StaffMember.objects.filter(pk=town.reyes.pk).update(left_at=TUESDAY)
    town.class_4a.teachings.all().delete()
    page = page_of(hamza)
    assert "Speak with a teacher you trust, or go to the office." in page
    assert "nobody is written down yet" in page
    town.yousaf.student.enrolments.all().delete()
    assert "You are not written down in a class yet." in page_of(hamza)
