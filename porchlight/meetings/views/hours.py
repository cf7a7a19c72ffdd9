"""A colleague's own hours and what is booked in them; moving it, calling it off, asking an interpreter to it."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.delivery.by_hand.entrusting import sees_numbers
from porchlight.families.models import Student
from porchlight.languages.phrases import languages
from porchlight.meetings.arranging import Taken
from porchlight.meetings.hours.calls import rung
from porchlight.meetings.hours.forms import StandingHoursForm, slot_of
from porchlight.meetings.hours.free import free_times
from porchlight.meetings.hours.interpreting import CannotInterpret, book_interpreter, who_can
from porchlight.meetings.hours.keeping import give_up_hours, keep_hours
from porchlight.meetings.hours.moving import call_off_and_tell, move_and_ask
from porchlight.meetings.hours.slots import Slot
from porchlight.meetings.models import (
    AtMeetings,
    CallBack,
    HoursFor,
    InterpreterBooking,
    Meeting,
    Mode,
    Sort,
    StandingHours,
)
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import StaffMember
from porchlight.toolbox import school_time, scripts

OF_HOURS = (Sort.OFFICE_HOUR, Sort.CALL_BACK, Sort.COUNSELLING)
MOST = 60


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def my_standing(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """When I am there for families, and who comes."""
    me, now = me_of(actor), school_time.now()
    form = StandingHoursForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        keep_hours(me, by=actor, now=now, **form.cleaned_data)
        flash.success(request, _("Kept. Families see the free times at once."))
        return redirect("meetings:my_standing", school=request.school.slug)
    mine = StandingHours.objects.visible_to(actor).kept().filter(staff=me)
    coming = Meeting.objects.visible_to(actor).standing().filter(sort__in=OF_HOURS, ends_at__gt=now)
    calls = CallBack.objects.visible_to(actor).filter(meeting__hosts__staff=me, rung_at=None)
    page = {
        "rows": mine.order_by("weekday", "starts", "pk"),
        "form": form,
        "coming": coming.filter(hosts__staff=me).select_related("student").order_by("starts_at")[:MOST],
        "missed": calls.exclude(missed_at=None).select_related("guardian", "meeting")[:MOST],
    }
    return render(request, "meetings/standing.html", page, status=422 if form.errors else 200)


def me_of(actor: Actor) -> StaffMember:
    """An operator of the server who looks in has no hours here."""
    if actor.post_id is None:
        raise Http404
    return get_object_or_404(StaffMember.objects.visible_to(actor), pk=actor.post_id)


@require_POST
@staff_page()
def standing_removal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """One's own alone."""
    rows = StandingHours.objects.visible_to(actor).filter(staff=me_of(actor))
    give_up_hours(get_object_or_404(rows, key=key), by=actor, now=school_time.now())
    flash.success(request, _("Given up. What is booked already stands."))
    return redirect("meetings:my_standing", school=request.school.slug)


def of_hours(actor: Actor, key: str) -> Meeting:
    """A meeting of these hours that this colleague sees, other than as its interpreter."""
    rows = Meeting.objects.visible_to(actor).filter(sort__in=OF_HOURS).exclude(interpreter=actor.post_id)
    return get_object_or_404(rows.select_related("student", "school", "interpreter"), key=key)


@require_safe
@staff_page()
def booked_hour(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """One of them: what may be done about it."""
    meeting = of_hours(actor, key)
    speaks = {scripts.base(seat.guardian.speaks) for seat in meeting.guests.select_related("guardian")}
    language = request.GET.get("language", "") or meeting.language
    language = language or next((tag for tag in sorted(speaks) if tag != request.school.language), "")
    person = request.GET.get("person", _wished(meeting))
    person = person if person in AtMeetings.Person.values else ""
    page = {
        "meeting": meeting,
        "knows_child": Student.objects.visible_to(actor).filter(pk=meeting.student_id).exists(),
        "hosts": [seat.staff for seat in meeting.hosts.select_related("staff").order_by("pk")],
        "guests": meeting.guests.select_related("guardian").order_by("pk"),
        "call": CallBack.objects.visible_to(actor).filter(meeting=meeting).first(),
        "sees_numbers": sees_numbers(actor),
        "times": _other_times(meeting),
        "language": language,
        "languages": sorted({scripts.base(tag) for tag in languages()} | speaks),
        "person": person,
        "persons": AtMeetings.Person.choices,
        "can": who_can(meeting, language, person=person) if language else [],
        "booking": InterpreterBooking.objects.visible_to(actor).standing().filter(meeting=meeting).first(),
    }
    return render(request, "meetings/booked_hour.html", page)


def _wished(meeting: Meeting) -> str:
    """On the telephone an interpreter is a voice too: a woman, where they wish to be rung by one."""
    wishes = meeting.guests.values_list("guardian__may_ring", flat=True)
    return next(iter(wishes), "") if meeting.mode == Mode.PHONE else ""


def _other_times(meeting: Meeting) -> list[Slot]:
    host = meeting.hosts.order_by("pk")[0].staff_id
    purpose = HoursFor.COUNSELLING if meeting.sort == Sort.COUNSELLING else HoursFor.FAMILIES
    times = free_times(meeting.school, [host], now=school_time.now(), purpose=purpose)
    return [slot for slot in times if meeting.mode in slot.modes][:12]


def _there(request: SchoolRequest, meeting: Meeting) -> HttpResponse:
    return redirect("meetings:booked_hour", school=request.school.slug, key=meeting.key)


@require_POST
@staff_page()
def booked_time(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """To another free time; the family is asked whether it suits."""
    meeting = of_hours(actor, key)
    slot = slot_of(_other_times(meeting), request.POST.get("slot", ""))
    try:
        if slot is None or not meeting.is_on:
            raise Taken(meeting)
        move_and_ask(meeting, starts_at=slot.starts_at, ends_at=slot.ends_at, by=actor, now=school_time.now())
        flash.success(request, _("Moved. The family is told, and asked whether it suits."))
    except Taken:
        flash.warning(request, _("That time is not free any more. Choose another."))
    return _there(request, meeting)


@require_POST
@staff_page()
def booked_removal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Called off; the family is told, and how to get another time."""
    meeting = of_hours(actor, key)
    call_off_and_tell(meeting, by=actor, now=school_time.now())
    flash.success(request, _("Called off. The family is told, and how to get another time."))
    return redirect("meetings:my_standing", school=request.school.slug)


@require_POST
@staff_page()
def booked_interpreter(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Ask somebody to interpret."""
    meeting = of_hours(actor, key)
    staff = get_object_or_404(StaffMember.objects.visible_to(actor), key=request.POST.get("staff", ""))
    language = request.POST.get("language", "")
    try:
        book_interpreter(meeting, staff=staff, language=language, by=actor, now=school_time.now())
        flash.success(request, _("Asked. They see this meeting and nothing else of the child."))
    except (Taken, CannotInterpret):
        flash.warning(request, _("They are not free then. Choose somebody else."))
    return _there(request, meeting)


@require_POST
@staff_page()
def call_rung(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """A promised call was made."""
    row = get_object_or_404(CallBack.objects.visible_to(actor).filter(rung_at=None), key=key)
    rung(row, by=actor, now=school_time.now())
    flash.success(request, _("Written down: rung."))
    return redirect("meetings:my_standing", school=request.school.slug)
