"""The call list: whom to ring, with the words, the hours and who may; what came of it is typed or tapped in a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages as flash
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from porchlight.conversations.call_list import WAITS_FOR_A_CALL, calls
from porchlight.conversations.call_taken_back import (
    done_lately,
    mine_about,
    mine_asked,
    not_rung_about,
    not_rung_back,
)
from porchlight.conversations.calling import Line, NoSuchTime, line_of, rang_about, rang_back
from porchlight.conversations.models import TriageItem
from porchlight.conversations.placing_by_hand import AlreadyPlaced
from porchlight.delivery.by_hand.carrying import CarriedAlready, MayNotGo
from porchlight.delivery.by_hand.entrusting import sees_numbers
from porchlight.delivery.by_hand.lists import not_ones_own
from porchlight.delivery.by_hand.saying import why_not
from porchlight.delivery.gateways.by_hand import CallList
from porchlight.delivery.models import CameOf, Delivery
from porchlight.families.models import MayRing
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time

WHO_MAY: dict[str, Promise] = {
    MayRing.ANYONE: gettext_lazy("Anyone may ring"),
    MayRing.WOMAN: gettext_lazy("Only a woman rings"),
    MayRing.MAN: gettext_lazy("Only a man rings"),
    MayRing.NOBODY: gettext_lazy("They asked not to be rung. Only because they rang us"),
}
SAID: dict[CameOf, Promise] = {
    CameOf.REACHED: gettext_lazy("Written down: reached."),
    CameOf.NO_ANSWER: gettext_lazy("Written down: no answer. It comes back in two hours."),
    CameOf.WRONG_NUMBER: gettext_lazy("Written down: wrong number. It is to be mended under “To be placed”."),
    CameOf.CALL_AGAIN: gettext_lazy("Written down. It comes back at that hour."),
}
TRIED: dict[str, Promise] = {
    CameOf.REACHED: gettext_lazy("reached"),
    CameOf.NO_ANSWER: gettext_lazy("no answer"),
    CameOf.CALL_AGAIN: gettext_lazy("asked to be rung again"),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed into a row that could not be taken: nothing of it is lost."""

    key: str
    words: str
    hour: str


@require_safe
@staff_page()
def call_list(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Whom to ring now; those who asked for it first."""
    return _page(request, actor, None)


def _page(request: SchoolRequest, actor: Actor, kept: Kept | None) -> HttpResponse:
    if not sees_numbers(actor):
        raise Http404
    by = request.GET.get("by", "")
    by = by if by in (MayRing.WOMAN, MayRing.MAN) else ""
    now = school_time.now()
    page = {
        "calls": calls(request.school, actor, now, by=by),
        "lately": done_lately(request.school, actor, now),
        "by": by,
        "who_may": WHO_MAY,
        "tried": TRIED,
        "kept": kept,
        "choices": [
            ("", _("Everybody")),
            (MayRing.WOMAN, _("A woman may ring")),
            (MayRing.MAN, _("A man may ring")),
        ],
    }
    return render(request, "conversations/calls.html", page, status=422 if kept else 200)


@require_POST
@staff_page()
def call_about(request: SchoolRequest, actor: Actor, reference: str) -> HttpResponse:
    """What came of a call about words of ours."""
    if not sees_numbers(actor):
        raise Http404
    rows = Delivery.objects.visible_to(actor).filter(account__gateway=CallList.name)
    row = get_object_or_404(not_ones_own(rows, actor), reference=reference)
    return _taken(
        request, actor, reference, lambda line: rang_about(row, line, by=actor, now=school_time.now())
    )


@require_POST
@staff_page(Role.OFFICE, Role.LEADER)
def call_asked(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """What came of a call that a family had asked for."""
    items = TriageItem.objects.visible_to(actor).filter(reason__in=WAITS_FOR_A_CALL)
    item = get_object_or_404(items.select_related("address", "message", "school"), key=key)
    return _taken(request, actor, key, lambda line: rang_back(item, line, by=actor, now=school_time.now()))


def _taken(
    request: SchoolRequest, actor: Actor, key: str, write_down: Callable[[Line], object]
) -> HttpResponse:
    words, hour = request.POST.get("words", ""), request.POST.get("again", "")
    try:
        line = line_of(
            pressed=request.POST.get("came_of", ""),
            words=words,
            hour=hour,
            answer=request.POST.getlist("choice"),
            school=request.school,
            now=school_time.now(),
        )
        write_down(line)
        flash.success(request, str(SAID[line.came_of]))
    except NoSuchTime:
        return _page(request, actor, Kept(key, words, hour))
    except (MayNotGo, CarriedAlready) as held:
        flash.warning(request, why_not(held))
    except AlreadyPlaced:
        flash.info(request, _("A colleague has rung them already."))
    by = request.GET.get("by", "")
    there = reverse("conversations:calls", kwargs={"school": request.school.slug})
    return redirect(f"{there}?by={by}" if by in (MayRing.WOMAN, MayRing.MAN) else there)


@require_POST
@staff_page()
def call_undo(request: SchoolRequest, actor: Actor, pk: int) -> HttpResponse:
    """Our words were not said after all."""
    if not sees_numbers(actor):
        raise Http404
    done = get_object_or_404(mine_about(actor).select_related("delivery__parcel__guardian"), pk=pk)
    return _back(request, not_rung_about(done, by=actor, now=school_time.now()))


@require_POST
@staff_page(Role.OFFICE, Role.LEADER)
def call_asked_undo(request: SchoolRequest, actor: Actor, pk: int) -> HttpResponse:
    """Whoever asked to be rung was not."""
    done = get_object_or_404(mine_asked(actor), pk=pk)
    return _back(request, not_rung_back(done, by=actor, now=school_time.now()))


def _back(request: SchoolRequest, is_back: bool) -> HttpResponse:
    if is_back:
        flash.success(request, _("It stands on the list again."))
    else:
        flash.info(request, _("That was too long ago to take back, or it has gone on since."))
    return redirect("conversations:calls", school=request.school.slug)
