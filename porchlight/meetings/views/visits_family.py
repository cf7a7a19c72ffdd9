"""A family's own page of visits: asked for, welcomed or put off, and the note read and put right. No script."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages as flash
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.accounts.proving import has_shown_who
from porchlight.conversations.views.family import my_ties
from porchlight.design.moments import slot
from porchlight.meetings.models import NoteHeard, Visit, VisitHelp, VisitNote, Welcome, Where
from porchlight.meetings.visits import notes, welcoming
from porchlight.meetings.visits.asking import close_questions, free_times
from porchlight.meetings.visits.forms import RightForm, WelcomeForm, WishForm, may_still_say
from porchlight.meetings.visits.offering import wish_for
from porchlight.meetings.visits.rules import NotNow
from porchlight.meetings.visits.words import WHY_NOT
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, family_sign_in, guardian_page, show_who_again
from porchlight.toolbox import school_time

MOST = 10


@require_http_methods(["GET", "HEAD", "POST"])
@guardian_page()
def my_visits(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Visits to them, and asking for one."""
    ties = list(my_ties(request, actor))
    form = WishForm(request.POST or None, initial={"purpose": "hello"})
    if request.method == "POST" and form.is_valid():
        tie = get_object_or_404(my_ties(request, actor), student__key=request.POST.get("student", ""))
        said = form.cleaned_data
        visit = wish_for(
            student=tie.student, guardian=tie.guardian, now=school_time.now(), purpose=said["purpose"],
            words=said["words"],
        )  # fmt: skip
        return redirect("meetings:my_visit", school=request.school.slug, key=visit.key)
    visits = Visit.objects.visible_to(actor).select_related("student", "meeting", "first", "second")
    page = {"ties": ties, "visits": visits.order_by("-asked_at")[:MOST], "form": form}
    return render(request, "meetings/my_visits.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guardian_page()
def my_visit(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """One visit: what it is for, who comes and when; what they say to it."""
    now, visit = school_time.now(), _mine(actor, key)
    form = _form(request, visit, now)
    if request.method == "POST" and form.is_valid() and may_still_say(visit, now):
        _say(visit, form.cleaned_data, request, actor, now)
        flash.success(request, _("Thank you. You can change it here at any time."))
        return redirect("meetings:my_visit", school=request.school.slug, key=key)
    note = VisitNote.objects.visible_to(actor).filter(visit=visit).first()
    proved = has_shown_who(request)
    page = {
        "visit": visit,
        "form": form if may_still_say(visit, now) else None,
        "proved": proved,
        "personal": "" if proved else family_sign_in(request.school, request.get_full_path()),
        "is_personal": bool(note or visit.words),
        "note": note if proved else None,
        "helps": VisitHelp.objects.visible_to(actor).filter(visit=visit).select_related("who")
        if proved
        else [],
        "right": RightForm(initial={"version": note.version, "readers": note.readers}) if note else None,
    }
    return render(request, "meetings/my_visit.html", page, status=422 if form.errors else 200)


@require_POST
@guardian_page()
def my_note(request: SchoolRequest, actor: Actor, key: str) -> HttpResponseBase:
    """It is right, or what is not. Asked of nobody who has not shown who they are."""
    note = get_object_or_404(VisitNote.objects.visible_to(actor).select_related("visit"), visit__key=key)
    if not has_shown_who(request):
        return show_who_again(request)
    form = RightForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            notes.hear_note(
                note, how=NoteHeard.How.PAGE, by=actor, now=school_time.now(), version=said["version"],
                correction=said["correction"], readers=said["readers"],
            )  # fmt: skip
            flash.success(request, _("Thank you. We have your words."))
        except NotNow as no:
            flash.warning(request, str(WHY_NOT[no.why]))
    return redirect("meetings:my_visit", school=request.school.slug, key=key)


def _mine(actor: Actor, key: str) -> Visit:
    rows = Visit.objects.visible_to(actor)
    rows = rows.select_related("student__school", "guardian", "meeting__interpreter", "first", "second")
    return get_object_or_404(rows, key=key)


def _form(request: SchoolRequest, visit: Visit, now: datetime) -> WelcomeForm:
    zone = visit.guardian.zone(request.school.zone)
    rows = [] if visit.meeting is not None else list(free_times(visit, now))
    times = [(one.key, slot(one.starts_at, zone=zone)) for one in rows]
    first = {
        "word": visit.word,
        "place": visit.place,
        "person": visit.person,
        "interpreter": bool(visit.language),
        "times": [one.key for one in rows if one.chosen_at],
    }
    return WelcomeForm(
        request.POST if request.method == "POST" else None, times=times, zone=zone, initial=first
    )


def _say(visit: Visit, said: dict[str, Any], request: SchoolRequest, actor: Actor, now: datetime) -> None:
    """The word first; then what goes with a yes."""
    visit.person = said["person"]
    visit.language = visit.guardian.spoken if said["interpreter"] else ""
    visit.save(update_fields=["person", "language"])
    word = Welcome(said["word"])
    if word != visit.word:
        visit = welcoming.welcome(visit, word, by=actor, now=now)
    if visit.meeting is None:
        close_questions(visit, now=now)  # what they said here, the phone need not ask
    if word not in welcoming.YES:
        return
    place = Where.HOME if word == Welcome.HOME else said["place"]
    if place and not (word == Welcome.ELSEWHERE and place == Where.HOME):
        visit = welcoming.choose_place(visit, Where(place), words=said["place_words"], by=actor, now=now)
    chosen = [one.starts_at for one in visit.times.filter(key__in=said.get("times", []))]
    if said["other"] and said["other"] > now:
        chosen.append(said["other"])
    if visit.meeting is None and chosen:
        welcoming.choose_times(visit, chosen, by=actor, now=now)
