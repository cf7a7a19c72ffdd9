"""Meetings, a student's part and visits as a home meets them at their fullest."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpResponse

from porchlight.conversations.tests.conftest import staff
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.meetings.around import evening, minutes, questions, steps
from porchlight.meetings.arranging import arrange
from porchlight.meetings.led import parts
from porchlight.meetings.led.class_device import make_code
from porchlight.meetings.models import Doer, Meeting, Mode, Side, Sort, StudentPart, Visit, VisitHelp
from porchlight.meetings.models import Where as Place
from porchlight.meetings.video.accounts import open_account
from porchlight.meetings.video.rooms import want_rooms, work
from porchlight.meetings.visits import checking, notes, offering, pairing, welcoming
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import StaffMember
from tests.family_home import Home
from tests.family_hours import counselling_at_home, hours_of, my_counselling, with_teachers
from tests.family_meetings import wishes

SOON, HELD, NEXT_MONTH = (TUESDAY + timedelta(**far) for far in ({"minutes": 10}, {"days": -6}, {"days": 30}))
AT_SCHOOL = "/maple-street"


def _meets(home: Home, starts: datetime, mode: Mode = Mode.IN_PERSON) -> Meeting:
    """Ten minutes with the class's teacher, with Hamza in it; the same one at every asking."""
    amal, hamza = home.town.amal, home.town.yousaf.student
    known = Meeting.objects.in_school(home.town.school).filter(student=hamza, starts_at=starts).first()
    return known or arrange(
        sort=Sort.CONFERENCE, mode=mode, student=hamza, guests=[home.town.yousaf.guardian], hosts=[amal],
        starts_at=starts, ends_at=starts + timedelta(minutes=10), place="Room 4, first floor", with_student=True,
        by=amal.actor(), now=min(TUESDAY, starts) - timedelta(days=7),
    )  # fmt: skip


def _held(home: Home) -> Meeting:
    """Every question of ours to both sides, long minutes, and two steps for each who acts."""
    meeting, amal, father = _meets(home, HELD), home.town.amal, home.town.yousaf.guardian.actor()
    if hasattr(meeting, "held"):
        return meeting
    before, words = HELD - timedelta(days=1), home.said(2)[0]
    for side, ours, by in (
        (Side.HOME, questions.TO_HOME, amal.actor()),
        (Side.SCHOOL, questions.TO_SCHOOL, father),
    ):
        for one in ours:
            asked = questions.put(meeting, to=side, shipped=one, language=home.language, by=by, now=before)
            answerer = father if side == Side.HOME else amal.actor()
            questions.answer(asked, text=words, language=home.language, by=answerer, now=before)
    after = HELD + timedelta(minutes=12)
    evening.begin(meeting, by=amal.actor(), now=HELD)
    evening.end(meeting, by=amal.actor(), now=after)
    written = minutes.write(meeting, text=(home.said(3)[0] + " ") * 12, by=amal.actor(), now=after)
    for doer in Doer:
        for text in (home.said(5)[0], home.said(6)[0]):
            steps.agree(
                meeting, doer=doer, text=text, due_on=TUESDAY.date() + timedelta(days=9), by=amal.actor(),
                now=after, staff=amal if doer == Doer.SCHOOL else None,
            )  # fmt: skip
    minutes.send(meeting, by=amal.actor(), now=after)
    minutes.say_of(written, text=words, language=home.language, by=father, now=after)
    return meeting


def my_meetings(home: Home) -> HttpResponse:
    """One held, one in ten minutes, and four to come."""
    _held(home)
    for starts in (SOON, *(NEXT_MONTH + timedelta(days=n) for n in range(4))):
        _meets(home, starts)
    return home.father.get(f"{AT_SCHOOL}/meetings/")


def my_meeting(home: Home) -> HttpResponse:
    """Held, with everything that was said around it."""
    return home.father.get(f"{AT_SCHOOL}/meetings/{_held(home).key}/")


def my_meeting_to_come(home: Home) -> HttpResponse:
    """With the questions that may still be asked, and the child's own beginning."""
    return home.father.get(f"{AT_SCHOOL}/meetings/{_led(home).meeting.key}/")


def waiting_room(home: Home) -> HttpResponse:
    return home.father.get(f"{AT_SCHOOL}/meetings/{_meets(home, SOON).key}/waiting/")


def my_calendar(home: Home) -> HttpResponse:
    """With the address just made, which is shown this once."""
    page = f"{AT_SCHOOL}/meetings/calendar/"
    return home.father.post(page, {"names_children": "on"})


def joining(home: Home) -> HttpResponse:
    """The door is open."""
    school, by = home.town.school, home.town.okafor.actor()
    plain = {"base_url": "https://meet.example.org"}
    open_account(school=school, company="jitsi", settings=plain, secrets={}, by=by, now=TUESDAY)
    meeting = _meets(home, TUESDAY + timedelta(minutes=21), Mode.VIDEO)
    if want_rooms(school, TUESDAY):
        work(school.pk)
    return home.father.get(f"{AT_SCHOOL}/meetings/{meeting.key}/joining/")


def _led(home: Home) -> StudentPart:
    """Hamza begins, with as much as a part holds."""
    meeting = _meets(home, NEXT_MONTH)
    known = StudentPart.objects.filter(meeting=meeting).select_related("meeting__school").first()
    if known is not None:
        return known
    part = parts.let_lead(meeting, by=home.town.amal.actor(), now=TUESDAY)
    hamza = home.town.yousaf.student
    by = Actor(Kind.STUDENT, hamza.school_id, hamza.pk, name=hamza.short_name)
    try:
        while True:
            parts.show(part, by=by, now=TUESDAY, words=home.said(4)[0], link="https://example.org/rivers")
    except parts.Full:
        pass
    try:
        while True:
            parts.ask(part, by=by, now=TUESDAY, text=home.said(2)[0])
    except parts.Full:
        pass
    return part


def my_part(home: Home) -> HttpResponse:
    return home.child.get(f"{AT_SCHOOL}/my-meetings/{_led(home).meeting.key}/")


def student_begins(home: Home) -> HttpResponse:
    return home.father.get(f"{AT_SCHOOL}/meetings/{_led(home).meeting.key}/student/")


def class_device(home: Home) -> HttpResponse:
    """Opened with the code on the board, in the browser's language."""
    code = make_code(_led(home), by=home.town.amal.actor(), now=TUESDAY)
    browser = home.stranger()
    page = f"{AT_SCHOOL}/my-part/"
    browser.post(page, {"code": code})
    return browser.get(page)


def student_meetings(home: Home) -> HttpResponse:
    my_meetings(home)
    return home.child.get(f"{AT_SCHOOL}/my-meetings/")


def _leader(home: Home) -> StaffMember:
    found = StaffMember.objects.in_school(home.town.school).filter(name="Mr Bell").first()
    return found or staff(home.town.school, "Mr Bell", Role.LEADER)


def _visited(home: Home) -> Visit:
    """Last week, with a long note that waits for their word, and help of both kinds."""
    amal, hamza, father = home.town.amal, home.town.yousaf.student, home.town.yousaf.guardian
    known = Visit.objects.in_school(home.town.school).order_by("pk").first()
    if known is not None:
        return known
    asked, bell = HELD - timedelta(days=3), _leader(home)
    visit = offering.offer(student=hamza, guardian=father, by=amal.actor(), now=asked)
    visit = welcoming.choose_place(visit, Place.HOME, by=father.actor(), now=asked)
    pairing.name_pair(visit, amal, bell, by=amal.actor(), now=asked)
    pairing.permit(visit, pairing.Of.PAIR, by=bell.actor(), now=asked)
    starts = HELD + timedelta(hours=2)
    pairing.fix_day(visit, starts, by=amal.actor(), now=asked)
    visit = Visit.objects.select_related("student__school", "guardian", "meeting").get(pk=visit.pk)
    for one in (amal, bell):
        checking.check_in(visit, by=one.actor(), now=starts)
        checking.check_out(visit, by=one.actor(), now=starts + timedelta(minutes=30))
    after = starts + timedelta(hours=1)
    note = notes.write_note(visit, (home.said(3)[0] + " ") * 8, by=amal.actor(), now=after)
    notes.show(note, by=amal.actor(), now=after)
    for sort in VisitHelp.Sort:
        notes.note_help(
            visit, sort=sort, words=home.said(6)[0], who=amal, due_on=TUESDAY.date() + timedelta(days=3),
            by=bell.actor(), now=after,
        )  # fmt: skip
    return visit


def my_visits(home: Home) -> HttpResponse:
    _visited(home)
    _asked(home)
    return home.father.get(f"{AT_SCHOOL}/visit/")


def my_visit(home: Home) -> HttpResponse:
    """With the note, to be read and put right."""
    return home.father.get(f"{AT_SCHOOL}/visit/{_visited(home).key}/")


def _asked(home: Home) -> Visit:
    """About the other child, at as many times as an offer holds."""
    father = home.town.yousaf.guardian
    other = father.ties.exclude(student=home.town.yousaf.student).order_by("pk").first().student
    known = Visit.objects.in_school(home.town.school).filter(student=other).first()
    times = [TUESDAY + timedelta(days=n, hours=2) for n in range(7, 13)]
    return known or offering.offer(
        student=other, guardian=father, by=home.town.amal.actor(), now=TUESDAY, times=times
    )


def my_visit_asked(home: Home) -> HttpResponse:
    return home.father.get(f"{AT_SCHOOL}/visit/{_asked(home).key}/")


EVENINGS = {
    "meetings:wishes": (wishes, 200),
    "meetings:my_meetings": (my_meetings, 200),
    "meetings:my_meeting": (my_meeting, 200),
    "meetings:my_meeting, to come": (my_meeting_to_come, 200),
    "meetings:waiting_room": (waiting_room, 200),
    "meetings:my_calendar": (my_calendar, 200),
    "meetings:joining": (joining, 200),
    "meetings:my_part": (my_part, 200),
    "meetings:student_begins": (student_begins, 200),
    "meetings:class_device": (class_device, 200),
    "meetings:student_meetings": (student_meetings, 200),
    "meetings:my_visits": (my_visits, 200),
    "meetings:my_visit": (my_visit, 200),
    "meetings:my_visit, asked": (my_visit_asked, 200),
    "meetings:with_teachers": (with_teachers, 200),
    "meetings:hours_of": (hours_of, 200),
    "meetings:counselling_at_home": (counselling_at_home, 200),
    "meetings:my_counselling": (my_counselling, 200),
}
