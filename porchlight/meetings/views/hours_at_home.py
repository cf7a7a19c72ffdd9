"""A family takes a free time with a teacher, and gives it back: plain pages, one tap."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages as flash
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.conversations.views.family import my_ties
from porchlight.design.direction import page_language
from porchlight.design.moments import slot as in_words
from porchlight.families.models import Guardianship, ties_at_home
from porchlight.meetings.arranging import Taken
from porchlight.meetings.hours.booking import Gone, book, give_back
from porchlight.meetings.hours.forms import slot_of
from porchlight.meetings.hours.free import for_guardian, free_times, teachers_of
from porchlight.meetings.hours.slots import Slot
from porchlight.meetings.models import HoursFor, Meeting, Mode, Sort, StandingHours
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, guardian_page
from porchlight.schools.models import StaffMember
from porchlight.toolbox import school_time

OF_HOURS = (Sort.OFFICE_HOUR, Sort.CALL_BACK, Sort.COUNSELLING)
MOST = 24  # times on one page


@dataclass(frozen=True, slots=True)
class Time:
    """One free time, said on the family's clock."""

    slot: Slot
    words: str


def said(slots: list[Slot], tie: Guardianship, request: SchoolRequest) -> list[Time]:
    """In the page's language, on their clock."""
    zone = tie.guardian.zone(request.school.zone)
    return [Time(one, in_words(one.starts_at, zone=zone, language=page_language())) for one in slots]


@require_safe
@guardian_page()
def with_teachers(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """For each child who of its teachers keeps hours, with the next free time; and what is booked."""
    now = school_time.now()
    children = []
    for tie in my_ties(request, actor).select_related("student__school"):
        found = []
        for staff in teachers_of(tie.student, now=now):
            times = _times(request, tie, staff)
            if times:
                found.append((staff, said(times[:1], tie, request)[0]))
        children.append((tie.student, found))
    rows = Meeting.objects.visible_to(actor).standing().filter(sort__in=OF_HOURS, ends_at__gt=now)
    rows = rows.select_related("student", "school").prefetch_related("hosts__staff").order_by("starts_at")
    adult = my_ties(request, actor).first()
    zone = adult.guardian.zone(request.school.zone) if adult is not None else request.school.zone
    booked = [(row, in_words(row.starts_at, zone=zone, language=page_language())) for row in rows[:20]]
    page = {"children": children, "booked": booked}
    return render(request, "meetings/with_teachers.html", page)


def _times(request: SchoolRequest, tie: Guardianship, staff: StaffMember) -> list[Slot]:
    times = free_times(request.school, [staff.pk], now=school_time.now())
    return for_guardian(times, tie.guardian, request.school)


@require_http_methods(["GET", "HEAD", "POST"])
@guardian_page()
def hours_of(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """The free times of one colleague; one tap takes one."""
    keeps = StandingHours.objects.visible_to(actor).filter(purpose=HoursFor.FAMILIES)
    keeps = keeps.filter(staff__key=key, staff__left_at=None).select_related("staff").order_by("pk")[:1]
    staff = next((row.staff for row in keeps), None)
    if staff is None:
        raise Http404
    ties = list(my_ties(request, actor).select_related("student__school"))
    ties = [one for one in ties if not ties_at_home(staff.actor()).filter(student=one.student_id).exists()]
    child = request.POST.get("child", request.GET.get("child", ""))
    tie = next((one for one in ties if one.student.key == child), None)
    if tie is None and (child or not ties):
        raise Http404
    tie = tie or ties[0]
    times = _times(request, tie, staff)[:MOST]
    if request.method == "POST":
        if _booked(request, actor, tie, staff, times):
            return redirect("meetings:with_teachers", school=request.school.slug)
        times = _times(request, tie, staff)[:MOST]
    offered = {mode for slot in times for mode in slot.modes}
    page = {
        "staff": staff,
        "student": tie.student,
        "children": [one.student for one in ties],
        "times": said(times, tie, request),
        "modes": [mode for mode in Mode if mode in offered],
    }
    return render(request, "meetings/hours_of.html", page, status=422 if request.method == "POST" else 200)


def _booked(
    request: SchoolRequest, actor: Actor, tie: Guardianship, staff: StaffMember, times: list[Slot]
) -> bool:
    slot, mode = slot_of(times, request.POST.get("slot", "")), request.POST.get("mode", "")
    mode = mode or (slot.modes[0] if slot is not None else "")
    if slot is not None and mode in slot.modes:
        try:
            book(
                slot, staff=staff, student=tie.student, guardian=tie.guardian, mode=Mode(mode), by=actor,
                now=school_time.now(),
            )  # fmt: skip
        except (Gone, Taken):
            slot = None
    elif slot is not None:
        flash.warning(request, _("Not in that way at that time. Choose another."))
        return False
    if slot is None:
        flash.warning(request, _("Somebody was a little quicker, sorry. These times are free."))
        return False
    flash.success(request, _("It is agreed. We look forward to it."))
    return True


@require_POST
@guardian_page()
def mine_removal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """We cannot come: no reason is asked."""
    rows = Meeting.objects.visible_to(actor).standing().filter(sort__in=OF_HOURS)
    give_back(get_object_or_404(rows, key=key), by=actor, now=school_time.now())
    flash.success(request, _("Thank you for saying so. Take another time whenever you like."))
    return redirect("meetings:with_teachers", school=request.school.slug)
