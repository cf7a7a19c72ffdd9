"""Seasons of meetings: made by the office, found by every colleague, put to families."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.design.direction import page_language
from porchlight.meetings.models import Round
from porchlight.meetings.rounds import listing
from porchlight.meetings.rounds.asking import NotReady, ask_families, progress
from porchlight.meetings.rounds.forms import RoundForm, days_form, first_of
from porchlight.meetings.rounds.making import change_round, days_like, make_round
from porchlight.meetings.rounds.windows import in_words, label, windows_of
from porchlight.schools.actors import KEEPERS, Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import SchoolClass
from porchlight.toolbox import school_time, scripts


def round_of(actor: Actor, key: str) -> Round:
    """A season this person may see, or the same 404 as everywhere."""
    return get_object_or_404(Round.objects.visible_to(actor).select_related("school"), key=key)


@require_safe
@staff_page()
def rounds(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """All of them, the newest first; the next one is a copy of the last, or begun anew."""
    found = list(Round.objects.visible_to(actor).order_by("-made_at", "-pk"))
    page = {"rounds": found, "may_make": actor.is_one_of(*KEEPERS), "last": found[0] if found else None}
    return render(request, "meetings/rounds.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def new(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Empty, or like another (`?like=`), weeks later."""
    like = Round.objects.visible_to(actor).filter(key=request.GET.get("like", "")).first()
    today = request.school.local(school_time.now()).date()
    days = days_like(like, today=today) if like is not None else []
    first = first_of(like) if like is not None else {}
    first.pop("answer_by", None)
    return _facts(request, actor, None, days, first)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def facts(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """What was written of it, to put right; once families are asked, only days and classes come to it."""
    round_ = round_of(actor, key)
    days = [(one.day, one.starts, one.ends) for one in round_.days.order_by("day")]
    return _facts(request, actor, round_, days, first_of(round_))


def _facts(
    request: SchoolRequest,
    actor: Actor,
    round_: Round | None,
    first_days: Sequence[tuple[date, time, time]],
    first: dict[str, Any],
) -> HttpResponse:
    now, data = school_time.now(), request.POST if request.method == "POST" else None
    classes = SchoolClass.objects.visible_to(actor).current().order_by("year", "name")
    is_asked = round_ is not None and round_.asked_at is not None
    form = RoundForm(data, initial=first, school=request.school, classes=classes, now=now, is_asked=is_asked)
    days = days_form(data, first_days)
    if data is not None and form.is_valid() and days.is_valid():
        said = form.facts(days.days())
        if round_ is None:
            round_ = make_round(request.school, said, by=actor, now=now)
        else:
            change_round(round_, said, by=actor, now=now)
        flash.success(request, _("Kept."))
        return redirect("meetings:round", school=request.school.slug, key=round_.key)
    page = {"form": form, "days": days, "round": round_, "is_asked": is_asked}
    return render(request, "meetings/round_facts.html", page, status=422 if data is not None else 200)


@require_safe
@staff_page()
def one(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Where it stands: for colleagues their own part, for the office all of it. Asked by htmx, how many are asked."""
    round_ = round_of(actor, key)
    if request.htmx and actor.is_one_of(*KEEPERS):
        return render(request, "meetings/round_asked.html", _asked(round_))
    now, zone = school_time.now(), request.school.zone
    hosts = list(round_.hosts.select_related("staff").order_by("interprets", "staff__name"))
    page: dict[str, Any] = {
        "round": round_,
        "days": [in_words(one.day, one.starts, one.ends, zone=zone) for one in round_.days.order_by("day")],
        "host": next((one for one in hosts if one.staff_id == actor.post_id), None),
        "may_make": actor.is_one_of(*KEEPERS),
    }
    if page["may_make"]:
        page |= {
            "hosts": hosts,
            "confirmed": sum(one.said_at is not None for one in hosts),
            "windows": [label(one, zone=zone) for one in windows_of(round_)],
            "answered": listing.answered(round_, actor),
            "languages_without": listing.languages_without(round_, actor),
            "may_ask": now < round_.answer_by and round_.closed_at is None and round_.told_at is None,
        } | _asked(round_)
    return render(request, "meetings/round.html", page)


def _asked(round_: Round) -> dict[str, Any]:
    """How far the worker is."""
    found = progress(round_, now=school_time.now())
    return {"asked": found, "nobody": scripts.comma(page_language()).join(found.nobody)}


@require_POST
@staff_page(*KEEPERS)
def asking(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Families are asked, by a worker; pressed again, those who came since."""
    round_ = round_of(actor, key)
    try:
        ask_families(round_, by=actor, now=school_time.now())
    except NotReady:
        flash.warning(request, _("Nobody was asked: look at the days, the classes and the day to answer."))
    else:
        flash.success(request, _("Families are being asked. You may leave this page."))
    return redirect("meetings:round", school=request.school.slug, key=key)
