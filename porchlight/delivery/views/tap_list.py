"""The tap-to-send list: each row opens the phone's own program with the words in it, and one tap says it left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages as flash
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from porchlight.delivery.by_hand.carrying import (
    UNDO_FOR,
    CarriedAlready,
    MayNotGo,
    carried,
    check_again,
    take_back,
)
from porchlight.delivery.by_hand.entrusting import sees_numbers
from porchlight.delivery.by_hand.lists import not_ones_own, ready
from porchlight.delivery.by_hand.saying import why_not
from porchlight.delivery.gateways.by_hand import TAPPED, opens
from porchlight.delivery.models import CameOf, Delivery, Handing
from porchlight.delivery.switches import standing
from porchlight.families.models import Channel
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time, sms_segments

JUST_NOW = timedelta(minutes=10)
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One home to be written to."""

    delivery: Delivery
    children: str
    text: str
    texts: int  # on the colleague's own bill; 0: none


class ToThePhone(HttpResponseRedirect):
    """Leads out of the browser, into the program that texts."""

    allowed_schemes = ["sms", "https"]


@require_safe
@staff_page()
def tap_list(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """What may go now, urgent first; and what this colleague marked as sent lately."""
    _only_who_sees_numbers(actor)
    now = school_time.now()
    found = ready(school=request.school, actor=actor, gateways=TAPPED, now=now)
    mine = Handing.objects.visible_to(actor).standing().filter(by_id=actor.post_id, came_of=CameOf.SENT)
    lately = list(
        mine.filter(at__gt=now - UNDO_FOR)
        .select_related("delivery__parcel__guardian")
        .order_by("-pk")[:SHOWN]
    )
    switches = standing(request.school)
    page = {
        "rows": [_row(one) for one in found.rows],
        "later": found.later,
        "lately": lately,
        "last": lately[0] if lately and lately[0].at > now - JUST_NOW else None,
        "off": [switches[code] for code in ("", Channel.SMS, Channel.WHATSAPP) if code in switches],
    }
    return render(request, "delivery/tap_list.html", page)


def _row(one: Delivery) -> Row:
    text = one.body["text"]
    children = ", ".join(about.student.short_name for about in one.parcel.about.all())
    texts = sms_segments.count(text).segments if one.channel == Channel.SMS else 0
    return Row(one, children, text, texts)


@require_safe
@staff_page()
def opening(request: SchoolRequest, actor: Actor, reference: str) -> HttpResponse:
    """Into the phone's own program, when it may still go: the last check is made at this tap."""
    row = _mine(actor, reference)
    try:
        check_again(row, school_time.now())
    except (MayNotGo, CarriedAlready) as held:
        flash.warning(request, why_not(held))
        return redirect("delivery:tap_list", school=request.school.slug)
    return ToThePhone(opens(row.channel, row.to, row.body["text"]))


@require_POST
@staff_page()
def sending_by_hand(request: SchoolRequest, actor: Actor, reference: str) -> HttpResponse:
    """It has left the colleague's phone."""
    row = _mine(actor, reference)
    try:
        carried(row, came_of=CameOf.SENT, by=actor, now=school_time.now())
    except CarriedAlready as held:
        flash.info(request, why_not(held))
    except MayNotGo as held:
        flash.warning(
            request,
            why_not(held)
            + " "
            + _("It was not marked as sent. If it has left your phone already, tell the safeguarding lead."),
        )
    return redirect("delivery:tap_list", school=request.school.slug)


@require_POST
@staff_page()
def tap_undo(request: SchoolRequest, actor: Actor, pk: int) -> HttpResponse:
    """It did not leave after all: it stands on the list again."""
    _only_who_sees_numbers(actor)
    mine = Handing.objects.visible_to(actor).standing().filter(by_id=actor.post_id)
    if take_back(get_object_or_404(mine, pk=pk), by=actor, now=school_time.now()):
        flash.success(request, _("It stands on the list again."))
    else:
        flash.info(request, _("That was too long ago to take back."))
    return redirect("delivery:tap_list", school=request.school.slug)


def _mine(actor: Actor, reference: str) -> Delivery:
    _only_who_sees_numbers(actor)
    rows = not_ones_own(Delivery.objects.visible_to(actor), actor).filter(account__gateway__in=TAPPED)
    return get_object_or_404(rows.select_related("account__school", "parcel__guardian"), reference=reference)


def _only_who_sees_numbers(actor: Actor) -> None:
    if not sees_numbers(actor):
        raise Http404
