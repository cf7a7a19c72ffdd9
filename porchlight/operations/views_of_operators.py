"""Operators of the server who ask to look into the school: let in for an hour, or not."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from porchlight.accounts.proving import second_step
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.granting import let_in, send_away
from porchlight.schools.models import OperatorGrant

SHOWN = 30


@require_safe
@staff_page(Role.LEADER)
def operators(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Who asks, who is in, who was."""
    rows = OperatorGrant.objects.visible_to(actor).select_related("operator", "approved_by")
    live = set(rows.in_force().values_list("pk", flat=True))
    grants = [
        {"row": row, "is_live": row.pk in live, "waits": row.approved_at is None and row.ended_at is None}
        for row in rows.order_by("-pk")[:SHOWN]
    ]
    return render(request, "operations/operators.html", {"grants": grants})


@require_POST
@staff_page(Role.LEADER)
def letting_in(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Yes, for an hour; asks for the second step again."""
    grant = get_object_or_404(OperatorGrant.objects.visible_to(actor), key=key)
    here = reverse("operations:operators", kwargs={"school": request.school.slug})
    if first := second_step(request, here):
        return first
    if let_in(grant, by=actor):
        flash.success(request, _("They may look for an hour. Each page they open is written down."))
    else:
        flash.error(request, _("This was answered already."))
    return redirect(here)


@require_POST
@staff_page(Role.LEADER)
def sending_away(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """No, or no longer."""
    grant = get_object_or_404(OperatorGrant.objects.visible_to(actor), key=key)
    if send_away(grant, by=actor):
        flash.success(request, _("They see nothing of the school."))
    return redirect("operations:operators", school=request.school.slug)
