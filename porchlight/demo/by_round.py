"""A conference season, for those who try Porchlight: three classes, their hosts and hours, who would come together.

All eight colleagues take part: the class teachers, Ms Tran, Mr Bell, who takes 6C for music, Ms Reyes, who interprets,
and two who come along where a teacher names them. Only the demo has it. Families are not asked yet: Mrs Okafor presses
that herself, and their phones ring in the town. Beside it stand hours of every week, and a talk that Mr Yousaf has
arranged.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from porchlight.families.models import Guardian, Student
from porchlight.languages.models import KnownLanguage
from porchlight.meetings.hours.booking import book
from porchlight.meetings.hours.free import for_guardian, free_times
from porchlight.meetings.hours.keeping import keep_hours
from porchlight.meetings.models import HoursFor, Mode, Round, RoundHost
from porchlight.meetings.rounds.hosts import DayHours, add_host, set_hours
from porchlight.meetings.rounds.making import Facts, make_round
from porchlight.meetings.rounds.musts import Must, mark
from porchlight.meetings.rounds.parties import form_parties
from porchlight.schools.actors import Role
from porchlight.schools.models import School, SchoolClass, StaffMember, StaffRole, Teaching

CLASSES = ("4A", "5B", "6C")
OFFICE, TEACHER, INTERPRETER = "Mrs Okafor", "Ms Amal", "Ms Reyes"
FATHER, CHILD = "Mr Yousaf", "Hamza Yousaf"
SPOKEN = ("ur", "ps")  # by Ms Reyes
# Days from the Tuesday on which the demo opens; half-term is the week after the second.
DAYS = (
    (timedelta(days=8), time(15, 30), time(19, 30)),  # Wednesday
    (timedelta(days=9), time(15, 30), time(19, 30)),  # Thursday
    (timedelta(days=11), time(9), time(13)),  # Saturday
)
ANSWER_BY = timedelta(days=6, hours=4, minutes=50)  # Monday, eight in the evening
# Where each is to be found, and in which part of the school.
ROOMS = {
    "Ms Amal": ("Room 4", 0),
    "Ms Tran": ("Room 5", 0),
    "Mr Lindqvist": ("Room 11", 1),
    "Mrs Osei": ("Room 12", 1),
    "Ms Reyes": ("Library", 0),
    "Mr Bell": ("Music room", 1),
    "Mr Whitfield": ("Room 2", 0),
    "Mrs Okafor": ("Office", 0),
}
MUSIC, MUSICIAN = "6C", "Mr Bell"
COUNSELLOR = "Mr Whitfield"
# Who is there on some of the days alone, by their number; the others are on all of them.
SOME_DAYS = {MUSICIAN: (0,), COUNSELLOR: (0, 1), OFFICE: (2,)}
# Who must be spoken with, by whom, who comes along, and about what.
TOGETHER = (
    ("Ms Amal", "Zainab Khan", COUNSELLOR, "How she is since she came back."),
    ("Mr Lindqvist", "Jakub Nowak", OFFICE, "His bus, and the mornings when it is late."),
)
LAST_THURSDAY = timedelta(
    days=5
)  # before anybody opens it: the clock begins after the last word that was said
SUPPER = (time(17, 30), time(18))
WEDNESDAY, THURSDAY = 2, 3
TALK_BY = (Mode.IN_PERSON, Mode.PHONE)


def a_round_to_be_asked(school: School, *, now: datetime) -> None:
    """`now` is the Tuesday on which the demo opens; a second time changes nothing."""
    people = {
        one.name: one for one in StaffMember.objects.in_school(school).working().select_related("school")
    }
    if Round.objects.in_school(school).exists() or not {OFFICE, TEACHER, INTERPRETER} <= people.keys():
        return
    for language in SPOKEN:
        KnownLanguage.objects.get_or_create(school=school, staff=people[INTERPRETER], language=language)
    StaffRole.objects.get_or_create(school=school, staff=people[INTERPRETER], role=Role.INTERPRETER)
    music = SchoolClass.objects.in_school(school).filter(name=MUSIC).first()
    if music is not None and MUSICIAN in people:
        Teaching.objects.get_or_create(school=school, school_class=music, staff=people[MUSICIAN])
    _hours(people, now - LAST_THURSDAY)
    _a_talk(school, people[TEACHER], now - LAST_THURSDAY)
    _season(school, people[OFFICE], now)


def _season(school: School, office: StaffMember, now: datetime) -> None:
    """Made, everybody's hours set, parties formed; nobody is asked."""
    today = school.local(now).date()
    classes = list(SchoolClass.objects.in_school(school).filter(name__in=CLASSES).order_by("name"))
    days = [(today + later, starts, ends) for later, starts, ends in DAYS]
    facts = Facts("Autumn conferences", now + ANSWER_BY, days, classes)
    made = make_round(school, facts, by=office.actor(), now=now)
    for staff in StaffMember.objects.in_school(school).working().filter(name__in=(COUNSELLOR, OFFICE)):
        add_host(made, staff, by=office.actor())
    for host in made.hosts.select_related("staff__school").order_by("pk"):
        _set(made, host, now)
    form_parties(made, now=now)
    for teacher, child, along, why in TOGETHER:
        _together(made, teacher, child, along, why, now)


def _together(made: Round, teacher: str, child: str, along: str, why: str, now: datetime) -> None:
    """A teacher has to speak about a child, and a colleague comes along."""
    hosts = {one.staff.name: one for one in made.hosts.select_related("staff__school")}
    student = Student.objects.in_school(made.school_id).filter(name=child).first()
    if student is not None and {teacher, along} <= hosts.keys():
        host = hosts[teacher]
        mark(host, [Must(student, why, hosts[along])], by=host.staff.actor(), now=now)


def _set(made: Round, host: RoundHost, now: datetime) -> None:
    """As they said themselves: there on their days, in the evenings with a break, together with the others'."""
    place, zone = ROOMS.get(host.staff.name, ("", 0))
    hours: Sequence[DayHours] = [
        DayHours(day, day.starts, day.ends, *(SUPPER if day.ends > SUPPER[1] else (None, None)))
        if number in SOME_DAYS.get(host.staff.name, range(len(DAYS)))
        else DayHours(day)
        for number, day in enumerate(made.days.order_by("day"))
    ]
    set_hours(host, hours, place=place, zone=zone, by=host.staff.actor(), now=now)


def _hours(people: dict[str, StaffMember], now: datetime) -> None:
    """Ms Amal talks with families on Thursdays; Ms Reyes interprets then, and on Wednesdays."""
    kept = [
        (TEACHER, HoursFor.FAMILIES, THURSDAY),
        (INTERPRETER, HoursFor.INTERPRETING, WEDNESDAY),
        (INTERPRETER, HoursFor.INTERPRETING, THURSDAY),
    ]
    for name, purpose, weekday in kept:
        keep_hours(
            people[name], purpose=purpose, weekday=weekday, starts=time(15, 45), ends=time(17), minutes=15,
            modes=TALK_BY, until=None, by=people[name].actor(), now=now,
        )  # fmt: skip


def _a_talk(school: School, teacher: StaffMember, now: datetime) -> None:
    """Mr Yousaf has taken the first free time of the week that begins: his page has something on it."""
    father = Guardian.objects.in_school(school).filter(addressed_as=FATHER).first()
    child = Student.objects.in_school(school).filter(name=CHILD).select_related("school").first()
    if father is None or child is None:
        return
    times = for_guardian(free_times(school, [teacher.pk], now=now), father, school)
    if times:
        book(
            times[0], staff=teacher, student=child, guardian=father, mode=Mode(times[0].modes[0]),
            by=father.actor(), now=now,
        )  # fmt: skip
