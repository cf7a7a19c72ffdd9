"""A colleague's meetings: the evening in its order, and one meeting with all that stands around it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from porchlight.design import moments
from porchlight.errands.actions import finish
from porchlight.errands.models import Errand, ErrandKind
from porchlight.languages.phrases import say as phrase
from porchlight.languages.provenance import RenderedVersion
from porchlight.meetings.around import evening
from porchlight.meetings.around.feeds import own_feed
from porchlight.meetings.around.forms import MinutesForm, QuestionForm, StepForm
from porchlight.meetings.around.missing import AFTER_MISSED
from porchlight.meetings.around.questions import TO_HOME
from porchlight.meetings.around.reading import read_at_school
from porchlight.meetings.around.reminding import say_on_the_day
from porchlight.meetings.around.showing import Put, as_text, asked, guests_of, shown, with_all
from porchlight.meetings.around.steps import DONE
from porchlight.meetings.joining import link_of
from porchlight.meetings.models import (
    GuestSeat,
    HostSeat,
    Instead,
    Meeting,
    Minutes,
    OnTheDay,
    OpenQuestion,
    Side,
    Step,
    StudentPart,
)
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time

AHEAD, BACK = timedelta(days=60), timedelta(days=14)
EVERY = "60"  # seconds, between two looks at an evening under way


def sits_in(actor: Actor, meeting: Meeting) -> bool:
    """Whether this colleague holds the meeting: who only sees it, or interprets, writes nothing into it."""
    return HostSeat.objects.visible_to(actor).filter(meeting=meeting, staff=actor.post_id).exists()


def the_meeting(actor: Actor, key: str) -> Meeting:
    """One they may see, or the same 404 as everywhere."""
    return get_object_or_404(with_all(Meeting.objects.visible_to(actor)), key=key)


def held_by(actor: Actor, key: str) -> Meeting:
    """One they hold."""
    meeting = the_meeting(actor, key)
    if not sits_in(actor, meeting):
        raise Http404
    return meeting


@require_safe
@staff_page()
def mine(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """By day, today first; what nobody noted yet; and what was agreed and is to be done."""
    now, school = school_time.now(), request.school
    midnight = school.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    own = with_all(Meeting.objects.visible_to(actor).standing().of_staff(actor.post_id or 0))
    ahead = list(own.filter(starts_at__gte=midnight, starts_at__lt=now + AHEAD))
    before = own.filter(starts_at__lt=midnight, starts_at__gt=now - BACK, held=None, nobody_came=None)
    steps = Step.objects.visible_to(actor).standing().filter(staff=actor.post_id, done_at=None)
    steps = steps.exclude(errand__done_at__isnull=False).select_related("meeting__student")
    today = school.local(now).date()
    is_today = any(school.local(one.starts_at).date() == today for one in ahead)
    page = {
        "days": [
            (moments.day(day, now=now, zone=school.zone), day == today, [row(one, now) for one in rows])
            for day, rows in groupby(ahead, key=lambda one: school.local(one.starts_at).date())
        ],
        "not_noted": [row(one, now) for one in before],
        "steps": steps.order_by("due_on", "pk"),
        "wishes": wishes_of(actor),
        "feed": own_feed(actor),
        "leads": actor.is_one_of(Role.LEADER),
        "still": "still" in request.GET or not is_today,
        "at": now,
    }
    answer = render(request, "meetings/mine.html", page)
    if not page["still"]:
        answer["Refresh"] = EVERY
    return answer


def wishes_of(actor: Actor) -> list[tuple[Errand, str]]:
    """What families asked this colleague for after they had not met: another time, a call."""
    rows = Errand.objects.visible_to(actor).open().filter(kind=ErrandKind.DO, assigned_to=actor.post_id)
    rows = rows.filter(about__startswith=AFTER_MISSED).select_related("student", "guardian")
    return [(one, str(Instead(one.reason.removeprefix("meeting_")).label)) for one in rows]


@require_POST
@staff_page()
def wish(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """It is seen to."""
    found = next((one for one, _what in wishes_of(actor) if one.key == key), None)
    if found is None:
        raise Http404
    finish(found, by=actor, outcome=DONE, now=school_time.now())
    return redirect("meetings:mine", school=request.school.slug)


def row(meeting: Meeting, now: datetime) -> dict[str, Any]:
    """One line of an evening."""
    held = getattr(meeting, "held", None)
    left = None
    if held is not None and held.ended_at is None:
        left = evening.minutes_left(meeting, held, now)
    return {
        "one": shown(meeting, zone=meeting.school.zone),
        "guests": guests_of(meeting),
        "held": held,
        "missed": getattr(meeting, "nobody_came", None),
        "left": left,
        "may_begin": held is None and now >= meeting.starts_at - evening.BEFORE_IT and meeting.is_on,
        "may_miss": held is None and now >= meeting.starts_at and meeting.is_on,
    }


@require_safe
@staff_page()
def meeting(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Who comes, what was asked, what was written down, what was agreed."""
    return render(request, "meetings/meeting.html", page_of(request, actor, the_meeting(actor, key)))


def page_of(request: SchoolRequest, actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """Everything the page of a meeting shows to this colleague."""
    now, school = school_time.now(), request.school
    holds = sits_in(actor, meeting)

    def put(text: str, language: str) -> RenderedVersion:
        return read_at_school(text, language, meeting, now=now)

    questions = OpenQuestion.objects.visible_to(actor).filter(meeting=meeting)
    questions = questions.prefetch_related("answers__staff", "answers__guardian").order_by("put_at", "pk")
    found = asked(questions, meeting, tag=school.language, put=put)
    own = school.language
    return {
        "one": shown(meeting, zone=school.zone),
        "row": row(meeting, now),
        "holds": holds,
        "may_note": holds or actor.is_one_of(Role.OFFICE),
        "link": link_of(meeting, for_host=True),
        "student_begins": StudentPart.objects.visible_to(actor).filter(meeting=meeting).exists(),
        "to_home": [one for one in found if one.question.to == Side.HOME],
        "to_us": [one for one in found if one.question.to == Side.SCHOOL],
        "asks": holds and meeting.is_on and now < meeting.starts_at,
        "question": QuestionForm(
            to=Side.HOME,
            words=[phrase(one, own, of=school, child=meeting.student.short_name) for one in TO_HOME],
        ),
        "step": step_form(None, meeting, school.local(now).date()),
        "day_words": OnTheDay.choices,
        **_written(actor, meeting, put, now),
    }


def _written(actor: Actor, meeting: Meeting, put: Put, now: datetime) -> dict[str, Any]:
    """Minutes with what the family said of them, and the steps."""
    rows = Minutes.objects.visible_to(actor).filter(meeting=meeting)
    minutes = rows.prefetch_related("said__guardian", "said__read_by").first()
    said = minutes.said.all() if minutes else []
    steps = Step.objects.visible_to(actor).standing().filter(meeting=meeting)
    return {
        "minutes": minutes,
        "counts": minutes.counts(now) if minutes else False,
        "said": [
            (one, as_text(put(one.text, one.language), one.text, one.language, str(one.guardian)))
            for one in said
        ],
        "writing": MinutesForm(initial={"text": minutes.text if minutes else ""}),
        "steps": steps.select_related("staff", "errand").order_by("due_on", "pk"),
    }


def step_form(data: Any, meeting: Meeting, today: date) -> StepForm:
    """With the colleagues of this meeting to choose from."""
    hosts = [seat.staff for seat in meeting.hosts.all()]
    first = {"due_on": today + timedelta(days=14)}
    return StepForm(data, hosts=hosts, with_student=meeting.with_student, today=today, initial=first)


def back(request: HttpRequest, school: str, key: str) -> HttpResponse:
    """To where the tap was: the evening, or the meeting."""
    if "evening" in request.POST:
        return redirect("meetings:mine", school=school)
    return redirect("meetings:meeting", school=school, key=key)


def _noted(request: SchoolRequest, actor: Actor, key: str, act: Callable[..., object]) -> HttpResponse:
    """Who holds it, or the office, says what came of it."""
    meeting = the_meeting(actor, key)
    if not (sits_in(actor, meeting) or actor.is_one_of(Role.OFFICE)):
        raise Http404
    try:
        act(meeting, by=actor, now=school_time.now())
    except evening.NotYet:
        flash.error(request, _("That cannot be said of this meeting now."))
    return back(request, request.school.slug, key)


@require_POST
@staff_page()
def beginning(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """We have begun."""
    return _noted(request, actor, key, evening.begin)


@require_POST
@staff_page()
def ending(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """We have ended."""
    return _noted(request, actor, key, evening.end)


@require_POST
@staff_page()
def nobody(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Nobody came; the family is asked what would suit."""
    return _noted(request, actor, key, evening.nobody_came)


@require_POST
@staff_page()
def guest_word(request: SchoolRequest, actor: Actor, key: str, seat: str) -> HttpResponse:
    """What a family rang about: coming, late, cannot."""
    meeting = the_meeting(actor, key)
    seats = GuestSeat.objects.visible_to(actor).filter(meeting=meeting).select_related("meeting")
    row, said = get_object_or_404(seats, key=seat), request.POST.get("word", "")
    may = sits_in(actor, meeting) or actor.is_one_of(Role.OFFICE)
    if said not in OnTheDay.values or not meeting.is_on or not may:
        raise Http404
    say_on_the_day(row, OnTheDay(said), by=actor, now=school_time.now())
    return back(request, request.school.slug, key)
