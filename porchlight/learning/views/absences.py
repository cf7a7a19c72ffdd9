"""Who is away on a day: the list, what is put right by hand, and what is written down for a family that rang."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.design import moments
from porchlight.families.models import Guardianship, Student
from porchlight.families.models.ties import GuardianshipQuerySet
from porchlight.learning.forms import AbsenceForm, ByHandForm
from porchlight.learning.listing import away_on, classes_on
from porchlight.learning.models import Absence, How, Why
from porchlight.learning.noting import Said, correct, note, take_off
from porchlight.schools.actors import Actor, Role
from porchlight.schools.calendar import is_school_day
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time

WRITERS = (Role.OFFICE, Role.LEADER)
LOOKED_AT = timedelta(days=3660)  # around today
FOUND = 20  # children of one name


@require_safe
@staff_page()
def absences(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Who, class, why, said by whom and how, until when."""
    now = school_time.now()
    today = request.school.local(now).date()
    day = _day_of(request, today)
    rows = away_on(request.school, actor, day, now=now)
    page = {
        "day": day,
        "is_today": day == today,
        "day_words": moments.day(day, now=now, zone=request.school.zone),
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "is_school_day": is_school_day(request.school, day),
        "rows": rows,
        "not_told": [row for row in rows if not row.why],
        "classes": classes_on(request.school, actor, day),
        "may_write": actor.is_one_of(*WRITERS),
    }
    return render(request, "learning/absences.html", page)


def _day_of(request: HttpRequest, today: date) -> date:
    """The day asked for; today where none is, or one that no list was ever kept of."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today
    return day if abs(day - today) <= LOOKED_AT else today


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*WRITERS)
def by_hand(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """A family rang, came by or sent a note: find the child, choose who told, write it down."""
    now = school_time.now()
    today = request.school.local(now).date()
    ties = _ties(actor, today)
    tie = ties.filter(key=request.POST.get("tie", "")).first()
    form = ByHandForm(
        request.POST if request.method == "POST" else None, initial={"first_day": today, "how": How.PHONE}
    )
    if request.method == "POST":
        if tie is None:
            form.add_error(None, _("Choose the child and who told you."))
        if form.is_valid() and tie is not None:
            said = form.cleaned_data
            note(
                student=tie.student,
                first=said["first_day"],
                last=said["last_day"],
                said=Said(Why(said["why"]), How(said["how"]), now, tie.guardian),
                by=actor,
            )
            flash.success(request, _("Written down: %(child)s.") % {"child": tie.student.name})
            return redirect("learning:absences", school=request.school.slug)
    sought = (request.GET.get("child") or request.POST.get("child", "")).strip()
    children = (
        Student.objects.visible_to(actor).on_roll().filter(name__icontains=sought).order_by("name", "pk")
    )
    shown = list(children.values_list("pk", flat=True)[: FOUND + 1]) if sought else []
    page = {
        "form": form,
        "sought": sought,
        "ties": ties.filter(student__in=shown[:FOUND]),
        "are_more": len(shown) > FOUND,
        "chosen": tie.key if tie else "",
    }
    return render(request, "learning/by_hand.html", page, status=422 if form.errors else 200)


def _ties(actor: Actor, today: date) -> GuardianshipQuerySet:
    ties = Guardianship.objects.visible_to(actor).current(on=today)
    return ties.select_related("guardian", "student").order_by("student__name", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*WRITERS)
def absence(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Put one absence right."""
    rows = Absence.objects.visible_to(actor).standing().select_related("student", "said_by", "message")
    found = get_object_or_404(rows, key=key)
    first = {"first_day": found.first_day, "last_day": found.last_day, "why": found.why}
    form = AbsenceForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        correct(
            found,
            first=said["first_day"],
            last=said["last_day"],
            why=said["why"],
            by=actor,
            now=school_time.now(),
        )
        flash.success(request, _("Kept: %(child)s.") % {"child": found.student.name})
        return redirect("learning:absences", school=request.school.slug)
    page = {"absence": found, "form": form}
    return render(request, "learning/absence.html", page, status=422 if form.errors else 200)


@require_POST
@staff_page(*WRITERS)
def removal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """The child is here, or it was a mistake."""
    found = get_object_or_404(Absence.objects.visible_to(actor).standing(), key=key)
    take_off(found, by=actor, now=school_time.now())
    flash.success(request, _("%(child)s is no longer on the list.") % {"child": found.student.name})
    return redirect("learning:absences", school=request.school.slug)
