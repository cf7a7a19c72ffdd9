"""Students' sign-ins, given and taken away by those who keep the school."""

from __future__ import annotations

from django.contrib import messages as flash
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.families.models import ContactPoint, Student, own_children
from porchlight.families.models.people import StudentQuerySet
from porchlight.schools.actors import KEEPERS, Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time
from porchlight.welcome.students import (
    AgreedBy,
    SomebodyElses,
    StudentSignInForm,
    give_sign_in,
    take_sign_in_away,
)

MOST = 20  # students found at once


def _others_children(actor: Actor) -> StudentQuerySet:
    """Nobody gives or takes the sign-in of a child whom they care for at home."""
    return Student.objects.visible_to(actor).exclude(pk__in=own_children(actor))


@require_safe
@staff_page(*KEEPERS)
def students(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Who has a sign-in; others are found by their name."""
    everyone = _others_children(actor).on_roll().order_by("name", "pk")
    points = ContactPoint.objects.visible_to(actor).filter(ended_at=None, student__isnull=False)
    find = request.GET.get("find", "").strip()
    found = everyone.filter(Q(name__icontains=find) | Q(called__icontains=find)) if find else everyone.none()
    page = {
        "points": points.filter(student__in=everyone)
        .select_related("student", "address")
        .order_by("student__name"),
        "find": find,
        "found": found.exclude(pk__in=points.values("student"))[:MOST],
    }
    return render(request, "welcome/students.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def student_sign_in(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Give one student a sign-in of their own."""
    student = get_object_or_404(_others_children(actor).on_roll(), key=key)
    form = StudentSignInForm(request.POST or None, school=request.school)
    if request.method == "POST" and form.is_valid():
        try:
            give_sign_in(
                student,
                value=form.cleaned_data["written"],
                agreed_by=AgreedBy(form.cleaned_data["agreed_by"]),
                by=actor,
                now=school_time.now(),
            )
        except SomebodyElses:
            form.add_error(
                "written",
                _("Somebody else is reached there. A student needs a number or mailbox of their own."),
            )
        else:
            flash.success(request, _("%(name)s can come in now.") % {"name": student.name})
            return redirect("welcome:students", school=request.school.slug)
    page = {"student": student, "form": form}
    return render(request, "welcome/student_sign_in.html", page, status=422 if form.errors else 200)


@require_POST
@staff_page(*KEEPERS)
def student_sign_in_removal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Take a student's sign-in away."""
    student = get_object_or_404(_others_children(actor), key=key)
    take_sign_in_away(student, by=actor, now=school_time.now())
    flash.success(request, _("%(name)s no longer opens any page.") % {"name": student.name})
    return redirect("welcome:students", school=request.school.slug)
