"""Visits to families: asked for, welcomed, permitted, made, written down; and an afternoon of several."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from playwright.sync_api import Page

from porchlight.meetings.models import NoteHeard, Purpose, Visit, VisitHelp
from porchlight.meetings.models import Where as Place
from porchlight.meetings.visits import checking, notes, offering, pairing, route, welcoming
from porchlight.toolbox import school_time
from tests.screenshots import said
from tests.screenshots.of_staff import school_class
from tests.screenshots.shots import Shot, Where, at
from tests.screenshots.story import LAST, Fortnight

FRIDAY = LAST.replace(hour=15, minute=40, second=0) + timedelta(days=3)
LAST_WEEK = FRIDAY - timedelta(days=8)


def first_of(story: Fortnight, adult: str, child: str) -> Visit | None:
    """The first visit to this adult about this child."""
    rows = Visit.objects.in_school(story.maple.school).select_related("student__school", "guardian", "staff")
    about = {"guardian": story.maple.guardian(adult), "student": story.maple.student(child)}
    return rows.filter(**about).order_by("pk").first()


def offered(story: Fortnight, adult: str, child: str, now: datetime, *times: datetime) -> Visit:
    """Ms Amal asks whether we may come."""
    guardian, student = story.maple.guardian(adult), story.maple.student(child)
    by = story.maple.actor("Ms Amal")
    return offering.offer(student=student, guardian=guardian, by=by, now=now, times=times)


def with_day(story: Fortnight, visit: Visit, starts: datetime, now: datetime) -> Visit:
    """They said yes, at home. Ms Amal and Mr Bell may go, and the day stands."""
    amal, bell = story.maple.staff("Ms Amal"), story.maple.staff("Mr Bell")
    visit = welcoming.choose_place(visit, Place.HOME, by=visit.guardian.actor(), now=now)
    pairing.name_pair(visit, amal, bell, by=amal.actor(), now=now)
    pairing.permit(visit, pairing.Of.PAIR, by=bell.actor(), now=now)
    pairing.fix_day(visit, starts, by=amal.actor(), now=now)
    return Visit.objects.select_related("student__school", "guardian", "meeting").get(pk=visit.pk)


def only_asked(story: Fortnight) -> Visit:
    """Rania Haddad is asked, with two times to choose from."""
    found = first_of(story, "Rania Haddad", "Omar Haddad")
    day = timedelta(days=1)
    return found or offered(
        story, "Rania Haddad", "Omar Haddad", school_time.now(), FRIDAY - day, FRIDAY + 10 * day
    )


def welcomed(story: Fortnight) -> Visit:
    """Kelly Gibson would rather meet at the library; the two are named, and wait for a leader."""
    found = first_of(story, "Kelly Gibson", "Leo Gibson")
    if found is not None:
        return found
    now, amal = school_time.now(), story.maple.staff("Ms Amal")
    visit = offered(story, "Kelly Gibson", "Leo Gibson", now, FRIDAY + timedelta(hours=1))
    visit = welcoming.choose_place(
        visit, Place.LIBRARY, words=said.AT_THE_LIBRARY, by=visit.guardian.actor(), now=now
    )
    welcoming.choose_times(visit, [FRIDAY + timedelta(hours=1)], by=visit.guardian.actor(), now=now)
    return pairing.name_pair(visit, amal, story.maple.staff("Ms Reyes"), by=amal.actor(), now=now)


def day_stands(story: Fortnight) -> Visit:
    """On Friday at Morag Fraser's."""
    found = first_of(story, "Morag Fraser", "Isla Fraser")
    if found is not None:
        return found
    now = school_time.now()
    return with_day(story, offered(story, "Morag Fraser", "Isla Fraser", now), FRIDAY, now)


def made(story: Fortnight) -> Visit:
    """Last Thursday at Mr Yousaf's: a note he put right in one thing, and help that is promised."""
    found = first_of(story, "Mr Yousaf", "Hamza Yousaf")
    if found is not None:
        return found
    before = LAST_WEEK - timedelta(days=2)
    visit = with_day(story, offered(story, "Mr Yousaf", "Hamza Yousaf", before), LAST_WEEK, before)
    amal, bell, father = (story.maple.actor("Ms Amal"), story.maple.actor("Mr Bell"), visit.guardian.actor())
    for one in (amal, bell):
        checking.check_in(visit, by=one, now=LAST_WEEK)
        checking.check_out(visit, by=one, now=LAST_WEEK + timedelta(minutes=38))
    evening = LAST_WEEK + timedelta(hours=2)
    note = notes.write_note(visit, said.LEARNED, by=amal, now=evening)
    notes.show(note, by=amal, now=evening)
    notes.hear_note(
        note, how=NoteHeard.How.PAGE, by=father, now=evening + timedelta(hours=1), version=1,
        correction=said.NOT_QUITE, readers=note.readers,
    )  # fmt: skip
    notes.write_note(visit, said.LEARNED_ANEW, by=amal, now=evening + timedelta(hours=18))
    note.refresh_from_db()
    notes.show(note, by=amal, now=evening + timedelta(hours=18))
    notes.note_help(
        visit, sort=VisitHelp.Sort.PROMISED, words=said.LIBRARY_CARD, who=story.maple.staff("Ms Amal"),
        due_on=(LAST + timedelta(days=2)).date(), by=bell, now=evening,
    )  # fmt: skip
    return visit


def wished(story: Fortnight) -> Visit:
    """Mr Yousaf asks for another, about something he needs help with."""
    made(story)
    father, hamza = story.maple.guardian("Mr Yousaf"), story.maple.student("Hamza Yousaf")
    return offering.wish_for(
        student=hamza, guardian=father, now=school_time.now(), purpose=Purpose.HELP, words=said.COULD_YOU_COME
    )


def serious(story: Fortnight) -> Visit:
    """About something serious: said openly, and a leader reads it before it leaves."""
    found = first_of(story, "Helen Ward", "Jack Ward")
    guardian, student = story.maple.guardian("Helen Ward"), story.maple.student("Jack Ward")
    return found or offering.ask_openly(
        student=student, guardian=guardian, words=said.SERIOUS, by=story.maple.actor("Ms Amal"),
        now=school_time.now(),
    )  # fmt: skip


def all_of_them(story: Fortnight) -> str:
    for one in (only_asked, welcomed, day_stands, made, wished, serious):
        one(story)
    return at("meetings:visits")


def staffs(of: Callable[[Fortnight], Visit]) -> Where:
    return lambda story: at("meetings:visit", key=of(story).key)


def theirs(of: Callable[[Fortnight], Visit]) -> Where:
    return lambda story: at("meetings:my_visit", key=of(story).key)


def my_visits(story: Fortnight) -> str:
    wished(story)
    return at("meetings:my_visits")


def new_visit(story: Fortnight) -> str:
    return at("meetings:visit_new", key=story.maple.student("Mateo García Ruiz").key)


def of_4a(story: Fortnight) -> str:
    all_of_them(story)
    return at("meetings:visits_of_class", key=school_class(story, "4A").key)


def afternoon(story: Fortnight) -> str:
    """Three homes said yes; somebody who knows the way wrote two stretches of it."""
    for one in (welcomed, wished):
        one(story)
    for here, there, minutes in (("", "BD3", 10), ("BD3", "BD5", 15)):
        route.keep_travel(story.maple.school, here, there, minutes)
    return at("meetings:visits_afternoon")


def proposes(page: Page, story: Fortnight) -> None:
    """Ms Amal and Ms Reyes, on Friday afternoon."""
    for name, who in (("first", "Ms Amal"), ("second", "Ms Reyes")):
        page.locator(f"main [name={name}]").select_option(label=who)
    for name, hour in (("starts", "16:00"), ("ends", "19:00")):
        page.locator(f"main [name={name}]").fill(f"{FRIDAY:%Y-%m-%d}T{hour}")
    page.locator("main form.card").first.locator("button").first.click()
    page.wait_for_selector("#way")


VISITS = (
    Shot("visits", "meetings:visits", all_of_them, "amal"),
    Shot("visits-leader", "meetings:visits", all_of_them, "bell"),
    Shot("visits-of-class", "meetings:visits_of_class", of_4a, "amal"),
    Shot("visit-new", "meetings:visit_new", new_visit, "amal"),
    Shot("visit-asked", "meetings:visit", staffs(only_asked), "amal"),
    Shot("visit-welcomed", "meetings:visit", staffs(welcomed), "amal"),
    Shot("visit-to-permit", "meetings:visit", staffs(serious), "bell"),
    Shot("visit-day-stands", "meetings:visit", staffs(day_stands), "amal"),
    Shot("visit-made", "meetings:visit", staffs(made), "amal"),
    Shot("visits-afternoon", "meetings:visits_afternoon", afternoon, "amal"),
    Shot("visits-way", "meetings:visits_afternoon", afternoon, "amal", steps=proposes),
    Shot("my-visits", "meetings:my_visits", my_visits, "yousaf"),
    Shot("my-visit", "meetings:my_visit", theirs(wished), "yousaf"),
    Shot(
        "my-visit-note", "meetings:my_visit", theirs(made), "yousaf",
        told="What two teachers wrote down after a visit at home: it counts when the family says that it is right.",
        docs=("360-light",),
    ),
)  # fmt: skip
