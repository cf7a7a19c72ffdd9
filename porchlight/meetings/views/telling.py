"""Telling families their times, after a look; and what changes when they know them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as flash
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.meetings.models import GuestSeat, LateChange, Meeting, Planning, Round, RoundHost, Word
from porchlight.meetings.models.meetings import SEES_EVERY_MEETING, SeatQuerySet
from porchlight.meetings.planned import changing, proposing, searching, telling
from porchlight.meetings.planned.loading import Asked
from porchlight.meetings.planned.moving import NotThere
from porchlight.meetings.planned.staff_words import all_reasons
from porchlight.meetings.planned.standing import standing_of
from porchlight.meetings.planned.unmet import not_held
from porchlight.meetings.views.planning import reasons_for
from porchlight.meetings.views.rounds_seen import round_of, seen_by
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*SEES_EVERY_MEETING)
def times(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Who gets what, who has no time and why; then the button."""
    round_, now = round_of(actor, key), school_time.now()
    if request.method == "POST":
        telling.tell_the_families(round_, by=actor, now=now)
        flash.success(request, _("Families are being told. For half a minute you can take it back."))
        return redirect("meetings:round_times", school=request.school.slug, key=key)
    standing = standing_of(round_, now=now)
    meetings = Meeting.objects.visible_to(actor).standing().filter(wish__round=round_)
    page = {
        "round": round_,
        "meetings": meetings.select_related("student")
        .prefetch_related("guests__guardian", "hosts__staff")
        .order_by("wish__party", "starts_at"),
        "open": reasons_for(not_held(standing), standing.asked, seen_by(actor, round_)),
        "clashes": len(standing.at_odds),
        "waiting": telling.has_untold(round_),
        "can_take_back": round_.told_at is not None and now <= round_.told_at + telling.HOLD,
    }
    return render(request, "meetings/times.html", page)


@require_POST
@staff_page(*SEES_EVERY_MEETING)
def times_back(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Nobody is told after all."""
    try:
        telling.take_the_telling_back(round_of(actor, key), by=actor, now=school_time.now())
    except telling.TooLate:
        flash.error(request, _("It has left already. Only a second message can put it right."))
    else:
        flash.success(request, _("Taken back. No family was told."))
    return redirect("meetings:round_times", school=request.school.slug, key=key)


@require_safe
@staff_page(*SEES_EVERY_MEETING)
def changes(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """What families said, who waits for a person, and what moving a few would gain."""
    round_ = round_of(actor, key)
    standing = standing_of(round_, now=school_time.now())
    seen = seen_by(actor, round_)
    better = Planning.objects.visible_to(actor).filter(round=round_, what=Planning.What.BETTER)
    latest = better.order_by("-pk").first()
    page = {
        "round": round_,
        "days": standing.asked.clock.days,
        "hosts": list(standing.asked.hosts.values()),
        "counts": _counts(actor, round_),
        "waits": _waits(actor, round_),
        "open": reasons_for(not_held(standing), standing.asked, seen),
        "better": latest,
        "steps": _steps(latest, standing.asked, seen) if latest else [],
    }
    return render(request, "meetings/changes.html", page)


def _counts(actor: Actor, round_: Round) -> dict[str, int]:
    """By what was said; silence is a count like others, and nobody's fault."""
    seats = GuestSeat.objects.visible_to(actor).filter(
        meeting__wish__round=round_, meeting__told_at__isnull=False
    )
    on = seats.filter(meeting__called_off_at=None)
    return {
        "all": on.count(),
        "yes": on.filter(word=Word.YES).count(),
        "another": len(_asked_for_another(actor, round_, on)),
        "cannot": seats.filter(word=Word.CANNOT).count(),
    }


def _asked_for_another(actor: Actor, round_: Round, seats: SeatQuerySet[GuestSeat]) -> set[int]:
    """Wishes whose family said so of a time; also of one that it was given another for since."""
    changes = LateChange.objects.visible_to(actor).filter(wish__round=round_, why=LateChange.Why.ANOTHER)
    said = seats.filter(word=Word.ANOTHER)
    return {*changes.values_list("wish", flat=True), *said.values_list("meeting__wish", flat=True)}


def _waits(actor: Actor, round_: Round) -> list[LateChange]:
    """For whom no other time was found; the longest ago first."""
    rows = LateChange.objects.visible_to(actor).filter(wish__round=round_, outcome=LateChange.Outcome.NONE)
    rows = rows.select_related("wish__student", "wish__meeting").order_by("at", "pk")
    return [one for one in rows if _still_waits(one)]


def _still_waits(change: LateChange) -> bool:
    meeting = change.wish.meeting
    return meeting is None or not meeting.is_on or meeting.starts_at == change.starts_at


def _may_be_seen(planning: Planning, number: int, seen: set[str]) -> bool:
    """Whether this step moves nobody whom the reader may not see; one that there is not, is said to be gone."""
    steps = planning.proposals[number : number + 1]
    return all(one["request"] in seen for step in steps for one in step["changes"])


def _steps(planning: Planning, asked: Asked, seen: set[str]) -> list[dict[str, Any]]:
    """Each step: who moves from where to where. One that moves somebody the reader may not see is left to others."""
    found = []
    for number, step in enumerate(planning.proposals):
        keys = [one["request"] for one in step["changes"]]
        if step.get("taken_at") or not all(key in seen and key in asked.wishes for key in keys):
            continue
        moves = [
            {
                "wish": asked.wishes[one["request"]],
                "was": asked.clock.at(one["from"]["day"], one["from"]["start"]) if one["from"] else None,
                "to": asked.clock.at(one["to"]["day"], one["to"]["start"]),
            }
            for one in step["changes"]
        ]
        found.append({"number": number, "moves": moves})
    return found


def _back(request: SchoolRequest, key: str) -> HttpResponse:
    return redirect("meetings:round_changes", school=request.school.slug, key=key)


@require_POST
@staff_page(*SEES_EVERY_MEETING)
def away(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """A colleague is not there on one day: only those who were to meet them get another time."""
    round_ = round_of(actor, key)
    host = get_object_or_404(
        RoundHost.objects.visible_to(actor), round=round_, key=request.POST.get("host", "")
    )
    day = get_object_or_404(round_.days.all(), key=request.POST.get("day", ""))
    count = changing.away(host, day, by=actor, now=school_time.now())
    said = ngettext(
        "Written down. %(count)d time is looked for anew, and that family is told.",
        "Written down. %(count)d times are looked for anew, and those families are told.",
        count,
    )
    flash.success(request, said % {"count": count})
    return _back(request, key)


@require_POST
@staff_page(*SEES_EVERY_MEETING)
def filling(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Whatever fits beside what stands."""
    found = changing.put_in(round_of(actor, key), by=actor, now=school_time.now())
    said = ngettext("%(count)d wish has a time now.", "%(count)d wishes have a time now.", len(found))
    flash.success(request, said % {"count": len(found)})
    return _back(request, key)


@require_POST
@staff_page(*SEES_EVERY_MEETING)
def looking(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Have a worker look what moving a few would gain."""
    try:
        searching.ask(
            round_of(actor, key), by=actor, now=school_time.now(), what=Planning.What.BETTER, seconds=20
        )
    except searching.Busy:
        flash.info(request, _("A plan is being looked for already."))
    return _back(request, key)


@require_POST
@staff_page(*SEES_EVERY_MEETING)
def step(request: SchoolRequest, actor: Actor, key: str, planning_key: str, number: int) -> HttpResponse:
    """Take one step: those in it are moved, and told."""
    round_ = round_of(actor, key)
    planning = get_object_or_404(Planning.objects.visible_to(actor), round=round_, key=planning_key)
    if not _may_be_seen(planning, number, seen_by(actor, round_)):
        raise Http404
    try:
        proposing.take_step(planning, number, by=actor, now=school_time.now())
    except NotThere as no:
        for why in all_reasons(no.reasons, no.standing.asked, seen_by(actor, round_)):
            flash.error(request, why)
    except proposing.Gone:
        flash.info(request, _("Somebody has taken this step already."))
    else:
        flash.success(request, _("Taken. The families in it are told."))
    return _back(request, key)
