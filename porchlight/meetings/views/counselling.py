"""The counsellor's pages, and how an adult, a student or a teacher asks for a talk."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages as flash
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.conversations.views.family import my_ties
from porchlight.design.direction import page_language
from porchlight.design.moments import slot as in_words
from porchlight.families.models import Student
from porchlight.meetings.arranging import Taken
from porchlight.meetings.hours.booking import Gone
from porchlight.meetings.hours.counselling import (
    ask_for_counselling,
    counsellors,
    offer_times,
    take_time,
    times_of,
)
from porchlight.meetings.hours.forms import CounsellingForm, slot_of
from porchlight.meetings.models import CounsellingWish, Mode, Topic
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, guardian_page, staff_page, student_page
from porchlight.toolbox import school_time


@require_safe
@staff_page(Role.COUNSELLOR, Role.LEADER)
def counselling(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Who asked to talk: the counsellor's own; a leader sees all."""
    rows = CounsellingWish.objects.visible_to(actor).open()
    rows = rows.select_related("student", "counsellor", "by_guardian", "by_staff")
    now = school_time.now()
    page = {
        "rows": [(row, times_of(row, now=now) if row.counsellor_id == actor.post_id else []) for row in rows]
    }
    return render(request, "meetings/counselling.html", page)


@require_POST
@staff_page(Role.COUNSELLOR)
def counselling_times(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Times to the adult who asked; for a student, one is set."""
    rows = CounsellingWish.objects.visible_to(actor).open().filter(counsellor=actor.post_id)
    wish, now = get_object_or_404(rows, key=key), school_time.now()
    if wish.by_guardian_id is not None:
        if offer_times(wish, by=actor, now=now) is not None:
            flash.success(request, _("Sent. They choose on their own phone."))
        else:
            flash.warning(request, _("You have no free hour for counselling in the next two weeks."))
    else:
        _take(request, actor, wish)
    return redirect("meetings:counselling", school=request.school.slug)


def _take(request: SchoolRequest, actor: Actor, wish: CounsellingWish) -> bool:
    now = school_time.now()
    slot = slot_of(times_of(wish, now=now), request.POST.get("slot", ""))
    try:
        if slot is None:
            raise Gone
        take_time(wish, slot, mode=Mode(slot.modes[0]), by=actor, now=now)
    except (Gone, Taken):
        flash.warning(request, _("That time is not free any more. Choose another."))
        return False
    flash.success(request, _("It is agreed. We look forward to it."))
    return True


def _ask(
    request: SchoolRequest, actor: Actor, student: Student, template: str, own: Mapping[str, object]
) -> HttpResponse:
    """Ask, or take a time of what was asked."""
    now = school_time.now()
    wishes = CounsellingWish.objects.visible_to(actor).filter(student=student)
    wishes = wishes.select_related("counsellor", "meeting", "by_guardian", "student__school", "school")
    if not actor.is_staff and request.POST.get("wish"):
        wish = get_object_or_404(wishes.open(), key=request.POST["wish"])
        _take(request, actor, wish)
        return redirect(request.get_full_path())
    form = CounsellingForm(request.POST or None, people=counsellors(request.school, student))
    if request.method == "POST" and form.is_valid():
        ask_for_counselling(
            student=student, counsellor=form.chosen, topic=Topic(form.cleaned_data["topic"]),
            words=form.cleaned_data["words"], by=actor, now=now,
        )  # fmt: skip
        flash.success(request, _("Asked. Only your counsellor and the head of the school can read it."))
        return redirect(request.get_full_path())
    zone = request.school.zone
    asked = [
        (wish, [(one, in_words(one.starts_at, zone=zone, language=page_language())) for one in times])
        for wish in ([] if actor.is_staff else wishes.open())
        for times in [times_of(wish, now=now)]
    ]
    met = wishes.filter(meeting__called_off_at=None, meeting__ends_at__gt=now)
    page = {"student": student, "form": form, "asked": asked, "met": met, "has_some": form.people, **own}
    return render(request, template, page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def counselling_for(request: SchoolRequest, actor: Actor, student_key: str) -> HttpResponse:
    """A teacher asks for a child."""
    student = get_object_or_404(Student.objects.visible_to(actor).on_roll(), key=student_key)
    return _ask(request, actor, student, "meetings/counselling_for.html", {})


@require_http_methods(["GET", "HEAD", "POST"])
@guardian_page()
def counselling_at_home(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """An adult asks, about one child."""
    ties = list(my_ties(request, actor).select_related("student__school"))
    child = request.GET.get("child", "")
    tie = next((one for one in ties if one.student.key == child or not child), None)
    if tie is None:
        raise Http404
    own = {"children": [one.student for one in ties]}
    return _ask(request, actor, tie.student, "meetings/counselling_at_home.html", own)


@require_http_methods(["GET", "HEAD", "POST"])
@student_page()
def my_counselling(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """A student asks: no adult at home is told."""
    student = get_object_or_404(Student.objects.visible_to(actor).select_related("school"), pk=actor.post_id)
    return _ask(request, actor, student, "meetings/counselling_at_home.html", {"children": []})
