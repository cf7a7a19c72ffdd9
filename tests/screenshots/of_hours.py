"""Hours that colleagues keep: for families, for counselling, for interpreting; and calls that are promised."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

from porchlight.conversations.call_list import waiting_for_a_call
from porchlight.meetings.hours.booking import book
from porchlight.meetings.hours.calls import look_back, promise_call, who_and_about
from porchlight.meetings.hours.counselling import ask_for_counselling
from porchlight.meetings.hours.free import free_times
from porchlight.meetings.hours.interpreting import book_interpreter, say_to_booking
from porchlight.meetings.hours.keeping import keep_hours
from porchlight.meetings.models import (
    CounsellingWish,
    HoursFor,
    InterpreterBooking,
    Meeting,
    Mode,
    Sort,
    StandingHours,
    Topic,
)
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import StaffRole
from porchlight.toolbox import school_time
from tests.screenshots import said
from tests.screenshots.shots import Shot, Where, at
from tests.screenshots.story import Fortnight

WEDNESDAY, THURSDAY = 2, 3
EVERY_WAY = (Mode.IN_PERSON, Mode.PHONE, Mode.VIDEO)
# Who took a time of Ms Amal's, about whom, in which way.
BOOKED = (
    ("Carmen Ruiz", "Lucía García Ruiz", Mode.IN_PERSON),
    ("Mr Yousaf", "Hamza Yousaf", Mode.IN_PERSON),
    ("Saima Khan", "Zainab Khan", Mode.PHONE),
)


def keeps(story: Fortnight, name: str, purpose: HoursFor, weekday: int, first: int, last: int) -> bool:
    """Somebody is there for this from now on. Whether that is new."""
    staff, now = story.maple.staff(name), school_time.now()
    if StandingHours.objects.in_school(story.maple.school).filter(staff=staff, purpose=purpose).exists():
        return False
    keep_hours(
        staff, purpose=purpose, weekday=weekday, starts=time(first), ends=time(last), minutes=15,
        modes=EVERY_WAY, until=None, by=staff.actor(), now=now,
    )  # fmt: skip
    return True


def there_on_thursdays(story: Fortnight) -> None:
    """Ms Amal keeps an hour, three families took a time of it, and one promised call was missed."""
    if not keeps(story, "Ms Amal", HoursFor.FAMILIES, THURSDAY, 16, 18):
        return
    school, amal, now = story.maple.school, story.maple.staff("Ms Amal"), school_time.now()
    times = free_times(school, [amal.pk], now=now)
    for slot, (adult, child, mode) in zip(times, BOOKED, strict=False):
        guardian, student = story.maple.guardian(adult), story.maple.student(child)
        book(slot, staff=amal, student=student, guardian=guardian, mode=mode, by=guardian.actor(), now=now)
    yesterday = now.replace(hour=15, minute=30, second=0, microsecond=0) - timedelta(days=1)
    promise_call(
        guardian=story.maple.guardian("Fadumo Warsame"), student=story.maple.student("Hodan Warsame"),
        staff=amal, starts_at=yesterday, ends_at=yesterday + timedelta(minutes=15),
        by=story.maple.actor("Mrs Okafor"), now=yesterday - timedelta(hours=5),
    )  # fmt: skip
    look_back(school, now=now)


def then(page: str, does: Callable[[Fortnight], object]) -> Where:
    def where(story: Fortnight) -> str:
        does(story)
        return at(page)

    return where


def hour_of(story: Fortnight, child: str) -> Meeting:
    """What was booked about this child."""
    there_on_thursdays(story)
    return Meeting.objects.standing().get(sort=Sort.OFFICE_HOUR, student=story.maple.student(child))


def booked(child: str) -> Where:
    return lambda story: at("meetings:booked_hour", key=hour_of(story, child).key)


def with_ms_amal(story: Fortnight) -> str:
    there_on_thursdays(story)
    return at("meetings:hours_of", key=story.maple.staff("Ms Amal").key)


def asks_to_be_rung(story: Fortnight) -> str:
    """Ewa Kowalczyk let it ring twice and hung up: please ring me."""
    there_on_thursdays(story)
    office, now = story.maple.actor("Mrs Okafor"), school_time.now()
    mother = story.maple.guardian("Ewa Kowalczyk")

    def found() -> list[str]:
        """Hers among what waits for a call."""
        items = waiting_for_a_call(office)
        return [
            item.key
            for item in items
            if any(tie.guardian_id == mother.pk for tie in who_and_about(item, now=now))
        ]

    if not found():
        story.hears(("Ewa Kowalczyk", "#"))
        story.last()
    return at("meetings:promise_call", key=found()[0])


def interprets(story: Fortnight) -> None:
    """Ms Reyes interprets from Urdu: one meeting she takes, another she cannot, and the office looks for somebody."""
    there_on_thursdays(story)
    keeps(story, "Ms Reyes", HoursFor.INTERPRETING, THURSDAY, 15, 18)
    if InterpreterBooking.objects.in_school(story.maple.school).exists():
        return
    amal, reyes, now = story.maple.actor("Ms Amal"), story.maple.staff("Ms Reyes"), school_time.now()
    for child, word in (("Hamza Yousaf", ""), ("Zainab Khan", InterpreterBooking.Said.NO)):
        row = book_interpreter(hour_of(story, child), staff=reyes, language="ur", by=amal, now=now)
        if word:
            say_to_booking(row, InterpreterBooking.Said(word), by=reyes.actor(), now=now)


def interpreted(story: Fortnight) -> str:
    interprets(story)
    return at("meetings:interpreted", key=hour_of(story, "Hamza Yousaf").key)


def counsels(story: Fortnight) -> None:
    """Ms Reyes counsels as well, on Wednesdays."""
    role = {"staff": story.maple.staff("Ms Reyes"), "role": Role.COUNSELLOR}
    StaffRole.objects.get_or_create(school=story.maple.school, **role)
    keeps(story, "Ms Reyes", HoursFor.COUNSELLING, WEDNESDAY, 13, 15)


def as_student(story: Fortnight, name: str) -> Actor:
    """A student who does something with their own sign-in."""
    student = story.maple.student(name)
    return Actor(Kind.STUDENT, student.school_id, student.pk, name=student.short_name)


def some_asked_to_talk(story: Fortnight) -> None:
    """A father, a teacher and a student, each for themselves."""
    counsels(story)
    maple = story.maple
    asked = (
        (maple.guardian("Mr Yousaf").actor(), "Hamza Yousaf", Topic.FEELINGS, said.AFRAID_AT_NIGHT),
        (maple.actor("Ms Amal"), "Finn Doyle", Topic.FRIENDS, ""),
        (as_student(story, "Hamza Yousaf"), "Hamza Yousaf", Topic.OTHER, ""),
    )
    for by, child, topic, words in asked:
        ask_for_counselling(
            student=maple.student(child), counsellor=maple.staff("Ms Reyes"), topic=topic, words=words, by=by,
            now=school_time.now(),
        )  # fmt: skip
    assert CounsellingWish.objects.in_school(maple.school).count() == len(asked)


def for_finn(story: Fortnight) -> str:
    counsels(story)
    return at("meetings:counselling_for", student_key=story.maple.student("Finn Doyle").key)


HOURS = (
    Shot("my-office-hours", "meetings:my_standing", then("meetings:my_standing", there_on_thursdays), "amal"),
    Shot("booked-hour", "meetings:booked_hour", booked("Lucía García Ruiz"), "amal"),
    Shot("with-teachers", "meetings:with_teachers", then("meetings:with_teachers", there_on_thursdays), "yousaf"),
    Shot("free-times", "meetings:hours_of", with_ms_amal, "yousaf"),
    Shot("promise-a-call", "meetings:promise_call", asks_to_be_rung, "okafor"),
    Shot("interpreting", "meetings:interpreting", then("meetings:interpreting", interprets), "reyes"),
    Shot("interpreting-office", "meetings:interpreting", then("meetings:interpreting", interprets), "okafor"),
    Shot("interpreted", "meetings:interpreted", interpreted, "reyes"),
    Shot("booked-hour-interpreted", "meetings:booked_hour", booked("Hamza Yousaf"), "amal"),
    Shot("my-counselling", "meetings:my_counselling", then("meetings:my_counselling", counsels), "hamza"),
    Shot("counselling-for", "meetings:counselling_for", for_finn, "amal"),
    Shot("counselling", "meetings:counselling", then("meetings:counselling", some_asked_to_talk), "reyes"),
    Shot("counselling-of-school", "meetings:counselling", then("meetings:counselling", some_asked_to_talk), "bell"),
    Shot("counselling-at-home", "meetings:counselling_at_home",
         then("meetings:counselling_at_home", some_asked_to_talk), "yousaf"),
    Shot("my-counselling-asked", "meetings:my_counselling",
         then("meetings:my_counselling", some_asked_to_talk), "hamza"),
    Shot("my-dates", "conversations:my_dates", at("conversations:my_dates"), "yousaf"),
)  # fmt: skip
