"""Visits, for colleagues: those they may know of, who was never visited, asking, and an afternoon's way."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.conversations.views.compose import WRITERS
from porchlight.errands.models import Errand, ErrandKind
from porchlight.families.models import Guardianship, Student, own_children
from porchlight.families.models.ties import GuardianshipQuerySet
from porchlight.meetings.models import Travel, Visit, VisitHelp
from porchlight.meetings.visits import checking, offering, route
from porchlight.meetings.visits.forms import AskForm, CallersForm, RouteForm, TravelForm, people_of
from porchlight.meetings.visits.rules import NotNow
from porchlight.meetings.visits.words import WHY_NOT
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import SchoolClass
from porchlight.toolbox import school_time

MOST = 100


@require_safe
@staff_page()
def visits(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """By what they wait for; what this colleague has to do; and the classes whose homes are offered one."""
    rows = (
        Visit.objects.visible_to(actor)
        .standing()
        .select_related("student", "guardian", "meeting", "first", "second")
    )
    mine = (
        VisitHelp.objects.visible_to(actor).open().filter(who=actor.post_id).select_related("visit__student")
    )
    leads = actor.is_one_of(Role.LEADER)
    people = checking.callers(request.school) if leads else []
    page = {
        "visits": rows.order_by("meeting__starts_at", "-asked_at")[:MOST],
        "mine": mine,
        "overdue": checking.overdue_for(actor),
        "classes": SchoolClass.objects.visible_to(actor).current().order_by("name"),
        "callers": people,
        "callers_form": CallersForm(people=people_of(request.school)) if leads else None,
    }
    return render(request, "meetings/visits.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*WRITERS)
def of_class(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Who was never visited, with counts and no order among families; POST asks a few of their homes."""
    now = school_time.now()
    rows = SchoolClass.objects.visible_to(actor).current().select_related("school")
    school_class = get_object_or_404(rows, key=key)
    if request.method == "POST":
        count = offering.offer_to_class(school_class, by=actor, now=now)
        said = ngettext("One home is asked.", "%(n)s homes are asked.", count) % {"n": count}
        flash.success(request, said if count else _("Nobody is asked now: a few homes a week, none twice."))
        return redirect("meetings:visits_of_class", school=request.school.slug, key=key)
    standing = offering.standing_of(school_class, actor=actor, now=now)
    page = {"school_class": school_class, "standing": standing, "gentle": offering.GENTLE}
    return render(request, "meetings/visits_of_class.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*WRITERS)
def new_visit(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Ask one adult of a child: to say hello, or openly about something serious."""
    now = school_time.now()
    rows = Student.objects.visible_to(actor).exclude(pk__in=own_children(actor)).select_related("school")
    student = get_object_or_404(rows, key=key)
    ties = _ties(request, actor, student)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        tie = get_object_or_404(ties, key=request.POST.get("tie", ""))
        words = form.cleaned_data["words"]
        try:
            if form.cleaned_data["serious"]:
                visit = offering.ask_openly(
                    student=student, guardian=tie.guardian, words=words, by=actor, now=now
                )
            else:
                visit = offering.offer(student=student, guardian=tie.guardian, by=actor, now=now)
        except NotNow as no:
            flash.warning(request, str(WHY_NOT[no.why]))
        else:
            return redirect("meetings:visit", school=request.school.slug, key=visit.key)
    page = {"student": student, "ties": ties, "form": form}
    return render(request, "meetings/visit_new.html", page, status=422 if form.errors else 200)


def _ties(request: SchoolRequest, actor: Actor, student: Student) -> GuardianshipQuerySet:
    today = request.school.local(school_time.now()).date()
    rows = Guardianship.objects.visible_to(actor).current(on=today).receiving(on=today)
    return rows.filter(student=student).select_related("guardian").order_by("pk")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def afternoon(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Times for several visits of one afternoon, with the way between them: proposed, and fixed one by one."""
    people = people_of(request.school)
    form = RouteForm(request.POST or None, people=people, zone=request.school.zone)
    found = None
    if request.method == "POST" and form.is_valid():
        rows = Visit.objects.visible_to(actor).welcomed().select_related("student__school", "guardian")
        said = form.cleaned_data
        found = route.propose(
            list(rows.order_by("pk")[:12]), (said["first"], said["second"]), said["starts"], said["ends"]
        )
    page = {
        "form": form,
        "route": found,
        "travel_form": TravelForm(auto_id="travel_%s"),
        "ways": _ways(actor),
    }
    return render(request, "meetings/visits_afternoon.html", page, status=422 if form.errors else 200)


def _ways(actor: Actor) -> list[Travel]:
    return list(Travel.objects.visible_to(actor).order_by("one", "other"))


@require_POST
@staff_page()
def travel(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Minutes from one part of the town to another, as somebody who knows the way says."""
    form = TravelForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        route.keep_travel(request.school, said["one"], said["other"], said["minutes"])
        flash.success(request, _("Kept."))
    for error in [error for errors in form.errors.values() for error in errors]:
        flash.warning(request, str(error))
    return redirect("meetings:visits_afternoon", school=request.school.slug)


@require_POST
@staff_page(Role.LEADER)
def callers(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Whom to call when two have not come out of a visit."""
    form = CallersForm(request.POST, people=people_of(request.school))
    if form.is_valid():
        people = [form.cleaned_data["first"], form.cleaned_data["second"]]
        checking.name_callers(request.school, people, by=actor)
        flash.success(request, _("Kept."))
    return redirect("meetings:visits", school=request.school.slug)


@require_POST
@staff_page()
def overdue(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """I have heard from the two: nobody else is called."""
    rows = Errand.objects.visible_to(actor).open().filter(kind=ErrandKind.VISIT_OVERDUE)
    checking.reached(get_object_or_404(rows, key=key), by=actor, now=school_time.now())
    return redirect("meetings:visits", school=request.school.slug)
