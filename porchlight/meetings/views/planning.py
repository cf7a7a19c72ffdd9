"""The plan of a round: what cannot be met, the search while it goes on, and taking what it found."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.meetings.models import Planning, Round, Wish
from porchlight.meetings.models.meetings import SEES_EVERY_MEETING
from porchlight.meetings.planned import searching, taking
from porchlight.meetings.planned.loading import Asked
from porchlight.meetings.planned.staff_words import who, why_unmet
from porchlight.meetings.planned.standing import standing_of
from porchlight.meetings.planned.unmet import cannot_be
from porchlight.meetings.views.rounds_seen import round_of, seen_by
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time


class SearchForm(forms.Form):
    """How long a worker looks."""

    seconds = forms.TypedChoiceField(
        label=gettext_lazy("How long to look for a better one"),
        coerce=int,
        initial=60,
        choices=[
            (20, gettext_lazy("20 seconds")),
            (60, gettext_lazy("A minute")),
            (300, gettext_lazy("Five minutes")),
        ],
    )


@dataclass(frozen=True)
class Reason:
    """One line: whose wish, with whom, and why not."""

    wish: Wish | None
    who: str
    why: str


def reasons_for(facts: list[dict[str, Any]], asked: Asked, seen: Collection[str]) -> list[Reason]:
    """In words; of wishes that the reader may not see nothing."""
    found = []
    for fact in facts:
        key = fact.get("wish", "")
        if key and (key not in seen or key not in asked.wishes):
            continue
        wish = asked.wishes.get(key)
        found.append(Reason(wish, who(asked, wish) if wish else "", why_unmet(fact, asked)))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*SEES_EVERY_MEETING)
def plan(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Before: what cannot be met. Meanwhile: how far it is. Afterwards: the figures, to take or to try again."""
    round_, now = round_of(actor, key), school_time.now()
    form = SearchForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _asked(request, round_, form.cleaned_data["seconds"], actor)
        return redirect("meetings:round_plan", school=request.school.slug, key=key)
    planning = _latest(actor, round_)
    page = {"round": round_, "form": form, "planning": planning} | _figures(planning)
    page["silent"] = planning is not None and searching.is_silent(planning, now)
    if request.htmx:
        return render(request, "meetings/plan_progress.html", page)
    if planning is None or planning.ended_at is not None or page["silent"]:
        standing = standing_of(round_, now=now)
        page["reasons"] = reasons_for(cannot_be(standing), standing.asked, seen_by(actor, round_))
        page["wishes"] = len(standing.asked.wishes)
    return render(request, "meetings/plan.html", page, status=422 if form.errors else 200)


def _asked(request: SchoolRequest, round_: Round, seconds: int, actor: Actor) -> None:
    try:
        searching.ask(round_, by=actor, now=school_time.now(), seconds=seconds)
    except searching.Busy:
        flash.info(request, _("A plan is being looked for already."))
    except searching.Told:
        flash.error(request, _("Families know their times. From now on only single times change."))


def _latest(actor: Actor, round_: Round) -> Planning | None:
    rows = Planning.objects.visible_to(actor).filter(round=round_, what=Planning.What.PLAN)
    return rows.order_by("-pk").first()


def _figures(planning: Planning | None) -> dict[str, Any]:
    """How far it is: seconds, wishes with a time, and how much better than the first plan."""
    if planning is None or not planning.progress:
        return {"seconds": 0, "held": 0, "better": 0, "done": 0}
    seconds, held, penalty = planning.progress[-1]
    first = planning.progress[0][2]
    return {
        "seconds": round(seconds),
        "held": held,
        "better": round(100 * (first - penalty) / first) if first else 0,
        "done": min(100, round(100 * seconds / max(1, planning.seconds))),
    }


@require_POST
@staff_page(*SEES_EVERY_MEETING)
def stopping(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Enough: the best so far is the plan."""
    round_ = round_of(actor, key)
    rows = Planning.objects.visible_to(actor).under_way().filter(round=round_)
    for planning in rows:
        searching.stop(planning, by=actor, now=school_time.now())
    return redirect("meetings:round_plan", school=request.school.slug, key=key)


@require_POST
@staff_page(*SEES_EVERY_MEETING)
def taking_it(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """The plan stands on the board; families know nothing of it."""
    round_ = round_of(actor, key)
    rows = Planning.objects.visible_to(actor).filter(round=round_, what=Planning.What.PLAN)
    planning = get_object_or_404(rows, key=request.POST.get("planning", ""))
    try:
        taken = taking.take(planning, by=actor, now=school_time.now())
    except taking.Told:
        flash.error(request, _("Families know their times. From now on only single times change."))
        return redirect("meetings:round_plan", school=request.school.slug, key=key)
    flash.success(request, _("It stands on the board. No family knows of it yet."))
    if taken.gone:
        said = _("Changed meanwhile, and without a time now: %(count)d.")
        flash.warning(request, said % {"count": len(taken.gone)})
    return redirect("meetings:round_board", school=request.school.slug, key=key)
