"""What could not leave: seen by the office, with the reason, and sent again at one press."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from porchlight.delivery.actions import replay
from porchlight.delivery.by_hand.lists import not_ones_own
from porchlight.delivery.gateways.registry import UnknownGateway
from porchlight.delivery.models import Delivery
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.tiers import Tier

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Letter:
    """One of them."""

    delivery: Delivery
    name: str
    words: str  # the message, as far as it may be shown here
    why: str


@require_safe
@staff_page(Role.OFFICE, Role.LEADER)
def dead_letters(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Newest first."""
    rows = not_ones_own(Delivery.objects.visible_to(actor).dead(), actor)
    rows = rows.select_related("parcel__guardian", "account")
    page = {"letters": [_letter(row) for row in rows.order_by("-pk")[:SHOWN]], "count": rows.count()}
    return render(request, "delivery/dead_letters.html", page)


def _letter(row: Delivery) -> Letter:
    parcel = row.parcel
    try:
        why = row.account.carrier.explain(row.code) if row.code else row.detail
    except UnknownGateway:
        why = row.detail
    name = str(parcel.guardian or "") or row.to
    is_routine = parcel.tier <= Tier.L1 and not parcel.service_kind
    return Letter(row, name, parcel.text if is_routine else "", why)


@require_POST
@staff_page(Role.OFFICE, Role.LEADER)
def sending_again(request: SchoolRequest, actor: Actor, pk: int) -> HttpResponse:
    """Try once more, as a new delivery; every check before the wire is made again."""
    row = get_object_or_404(not_ones_own(Delivery.objects.visible_to(actor).dead(), actor), pk=pk)
    replay(row, by=actor)
    flash.success(request, _("It goes out once more."))
    return redirect("delivery:dead_letters", school=request.school.slug)
