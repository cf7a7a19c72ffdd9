"""Around a meeting: what a family and a colleague read before it, on the evening itself, and afterwards."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from porchlight.meetings.around import evening, minutes, questions, steps
from porchlight.meetings.arranging import arrange
from porchlight.meetings.models import Doer, Meeting, Mode, Side, Sort
from porchlight.meetings.models.meetings import MeetingQuerySet
from tests.screenshots.shots import Shot, Where, at, presses
from tests.screenshots.story import LAST, Fortnight

TOMORROW = LAST.replace(hour=17, minute=40, second=0) + timedelta(days=1)
SOON = LAST.replace(hour=15, minute=20, second=0)
NOW_ON = LAST.replace(hour=15, minute=0, second=0)
LAST_WEEK = LAST.replace(hour=17, minute=20, second=0) - timedelta(days=5)
SAID = (
    "Hamza reads with ease and helps others. He would like more time to write. "
    "We agreed to talk about one page each evening."
)


def meets(
    story: Fortnight, starts: datetime, student: str, *guests: str, with_student: bool = False
) -> Meeting:
    """Ten minutes in Room 4 with Ms Amal, arranged a week before."""
    return arrange(
        sort=Sort.CONFERENCE, mode=Mode.IN_PERSON, student=story.maple.student(student),
        guests=[story.maple.guardian(one) for one in guests], hosts=[story.maple.staff("Ms Amal")],
        starts_at=starts, ends_at=starts + timedelta(minutes=10), place="Room 4", with_student=with_student,
        by=story.maple.actor("Ms Amal"), now=starts - timedelta(days=7),
    )  # fmt: skip


def has_meetings(story: Fortnight) -> None:
    """One held last week, one on now, one in ten minutes, and one tomorrow with Hamza in it."""
    if kept(story, LAST_WEEK).exists():
        return
    was_held(story)
    evening.begin(
        meets(story, NOW_ON, "Ruby Cole", "Natalie Cole"), by=story.maple.actor("Ms Amal"),
        now=NOW_ON + timedelta(minutes=2),
    )  # fmt: skip
    meets(story, SOON, "Hamza Yousaf", "Mr Yousaf")
    is_prepared(story, meets(story, TOMORROW, "Hamza Yousaf", "Mr Yousaf", with_student=True))


def was_held(story: Fortnight) -> None:
    """Minutes, and a step for each side."""
    by, after = story.maple.actor("Ms Amal"), LAST_WEEK + timedelta(minutes=12)
    meeting = meets(story, LAST_WEEK, "Hamza Yousaf", "Mr Yousaf", with_student=True)
    evening.begin(meeting, by=by, now=LAST_WEEK)
    evening.end(meeting, by=by, now=after)
    minutes.write(meeting, text=SAID, by=by, now=after)
    for doer, text, staff in (
        (Doer.SCHOOL, "Find a reading partner in 5B", story.maple.staff("Ms Amal")),
        (Doer.FAMILY, "Talk about one page each evening", None),
        (Doer.STUDENT, "Write three lines in the evening book", None),
    ):
        steps.agree(meeting, doer=doer, text=text, due_on=date(2026, 11, 6), by=by, now=after, staff=staff)
    minutes.send(meeting, by=by, now=after)


def is_prepared(story: Fortnight, meeting: Meeting) -> None:
    """Each side has asked the other something to think about."""
    amal, father = story.maple.actor("Ms Amal"), story.maple.guardian("Mr Yousaf").actor()
    now = LAST - timedelta(hours=4)
    asked = questions.put(
        meeting, to=Side.HOME, shipped=questions.TO_HOME[0], language="en", by=amal, now=now
    )
    questions.put(meeting, to=Side.SCHOOL, shipped=questions.TO_SCHOOL[0], language="en", by=father, now=now)
    said = "وہ دادا کے ساتھ روز کہانیاں پڑھتا ہے۔"
    questions.answer(asked, text=said, language="ur", by=father, now=now + timedelta(hours=1))


def kept(story: Fortnight, starts: datetime) -> MeetingQuerySet:
    rows = Meeting.objects.in_school(story.maple.school).filter(student=story.maple.student("Hamza Yousaf"))
    return rows.filter(starts_at=starts)


def around(page: str) -> Where:
    """A page of one's own meetings."""

    def where(story: Fortnight) -> str:
        has_meetings(story)
        return at(page)

    return where


def of_meeting(page: str, starts: datetime) -> Where:
    """A page of Hamza's meeting then."""

    def where(story: Fortnight) -> str:
        has_meetings(story)
        return at(page, key=kept(story, starts).get().key)

    return where


EVENINGS = (
    Shot("my-meetings-none", "meetings:my_meetings", at("meetings:my_meetings"), "yousaf"),
    Shot("student-meetings-none", "meetings:student_meetings", at("meetings:student_meetings"), "hamza"),
    Shot("mine-none", "meetings:mine", at("meetings:mine"), "reyes"),
    Shot("my-meetings", "meetings:my_meetings", around("meetings:my_meetings"), "yousaf"),
    Shot("my-meeting", "meetings:my_meeting", of_meeting("meetings:my_meeting", TOMORROW), "yousaf"),
    Shot("my-meeting-soon", "meetings:my_meeting", of_meeting("meetings:my_meeting", SOON), "yousaf"),
    Shot("my-meeting-held", "meetings:my_meeting", of_meeting("meetings:my_meeting", LAST_WEEK), "yousaf"),
    Shot("waiting-room", "meetings:waiting_room", of_meeting("meetings:waiting_room", SOON), "yousaf"),
    Shot("my-calendar", "meetings:my_calendar", around("meetings:my_calendar"), "yousaf"),
    Shot("my-calendar-address", "meetings:my_calendar", around("meetings:my_calendar"), "yousaf",
         presses("main form button")),
    Shot("meetings-mine", "meetings:mine", around("meetings:mine"), "amal"),
    Shot("meeting", "meetings:meeting", of_meeting("meetings:meeting", TOMORROW), "amal"),
    Shot("meeting-held", "meetings:meeting", of_meeting("meetings:meeting", LAST_WEEK), "amal"),
    Shot("meetings-calendar", "meetings:calendar", around("meetings:calendar"), "amal"),
    Shot("meeting-figures", "meetings:figures", around("meetings:figures"), "bell"),
    Shot("student-meetings", "meetings:student_meetings", around("meetings:student_meetings"), "hamza"),
)  # fmt: skip
