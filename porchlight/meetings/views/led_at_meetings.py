"""A student's part as others see it: adults who are asked to the meeting, and hosts, who open it and type in slips."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.design.moments import slot
from porchlight.meetings.led import parts
from porchlight.meetings.led.class_device import make_code
from porchlight.meetings.led.forms import LINES, SlipForm
from porchlight.meetings.models import Meeting, Shown, StudentPart
from porchlight.meetings.models.meetings import MeetingQuerySet
from porchlight.meetings.views.led import photo_of
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, guardian_page, staff_page
from porchlight.toolbox import school_time


@require_safe
@guardian_page()
def student_begins(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """What the student shows and asks, for the adults who come."""
    rows = StudentPart.objects.visible_to(actor).select_related("meeting__student", "meeting__school")
    part = get_object_or_404(rows, meeting__key=key)
    return render(request, "meetings/student_begins.html", _seen(request, part))


@require_safe
@guardian_page()
def student_begins_photo(request: SchoolRequest, actor: Actor, key: str, shown_key: str) -> HttpResponseBase:
    """A photo the student shows."""
    return photo_of(Shown.objects.visible_to(actor), key, shown_key)


@require_safe
@staff_page()
def student_leads(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """The same for hosts; from here they let the student lead, open a code for a class device, print a slip."""
    meeting = get_object_or_404(_meetings(actor), key=key)
    part = StudentPart.objects.visible_to(actor).filter(meeting=meeting).first()
    page: dict[str, object] = _seen(request, part) if part is not None else {"meeting": meeting}
    page["may_write"] = parts.may_write(meeting, school_time.now())
    return render(request, "meetings/student_leads.html", page)


@require_safe
@staff_page()
def student_leads_photo(request: SchoolRequest, actor: Actor, key: str, shown_key: str) -> HttpResponseBase:
    """A photo the student shows."""
    return photo_of(Shown.objects.visible_to(actor), key, shown_key)


@require_POST
@staff_page()
def student_leading(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """The student sits in it and begins."""
    meeting = _hosted(actor, key)
    parts.let_lead(meeting, by=actor, now=school_time.now())
    return redirect("meetings:student_leads", school=request.school.slug, key=key)


@require_POST
@staff_page()
def student_code(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """A code for a device of the class, shown once."""
    meeting, now = _hosted(actor, key), school_time.now()
    part = get_object_or_404(StudentPart.objects.visible_to(actor), meeting=meeting)
    if not parts.may_write(meeting, now):
        return redirect("meetings:student_leads", school=request.school.slug, key=key)
    page = {"meeting": meeting, "code": make_code(part, by=actor, now=now)}
    return render(request, "meetings/student_code.html", page)


@require_safe
@staff_page()
def student_slip(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """A paper slip with three lines to show and three to ask."""
    meeting = _hosted(actor, key)
    starts = slot(meeting.starts_at, zone=request.school.zone)
    page = {"meeting": meeting, "lines": range(LINES), "starts": starts}
    return render(request, "meetings/student_slip.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def student_slip_typed(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """What stands on the slip, typed in."""
    meeting = _hosted(actor, key)
    part = get_object_or_404(StudentPart.objects.visible_to(actor), meeting=meeting)
    form = SlipForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            parts.type_slip(
                part, shows=form.lines("show"), asks=form.lines("ask"), by=actor, now=school_time.now()
            )
        except parts.IsOver:
            form.add_error(None, _("This meeting is off or over: nothing is written to it any more."))
        except parts.Full:
            form.add_error(None, _("There is more than fits into one meeting. Leave a line out."))
        else:
            flash.success(request, _("Kept."))
            return redirect("meetings:student_leads", school=request.school.slug, key=key)
    page = {"meeting": meeting, "form": form}
    return render(request, "meetings/student_slip_typed.html", page, status=422 if form.errors else 200)


def _meetings(actor: Actor) -> MeetingQuerySet:
    return Meeting.objects.visible_to(actor).select_related("school", "student")


def _hosted(actor: Actor, key: str) -> Meeting:
    """Of those who sit in it or interpret; the office sees, and changes nothing of a child's part."""
    return get_object_or_404(_meetings(actor).of_staff(actor.post_id or 0), key=key)


def _seen(request: SchoolRequest, part: StudentPart) -> dict[str, object]:
    return {
        "part": part,
        "meeting": part.meeting,
        "starts": slot(part.meeting.starts_at, zone=request.school.zone),
        "shown": list(part.shown.select_related("photo")),
        "asked": list(part.asked.all()),
    }
