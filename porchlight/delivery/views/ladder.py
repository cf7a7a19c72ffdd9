"""The page on which a school sets its ladder."""

from __future__ import annotations

from django.contrib import messages as flash
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from porchlight.activity.record import record
from porchlight.delivery.ladder_form import SET_FOR_ALL, LadderForm
from porchlight.delivery.models import Ladder
from porchlight.delivery.models.ladder import MAY_SET
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*MAY_SET)
def ladder(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Rungs, waits and what a day may cost; with “as it was from the start”."""
    standing = Ladder.objects.visible_to(actor).first()
    if request.method == "POST" and "usual" in request.POST:
        if standing is not None:
            _keep(standing, actor, None)
        flash.success(request, _("The ladder is as it was from the start."))
        return redirect("delivery:ladder", school=request.school.slug)
    row = standing or Ladder(school=request.school)
    form = LadderForm(request.POST if request.method == "POST" else None, standing=row)
    if request.method == "POST" and form.is_valid():
        _keep(row, actor, form)
        flash.success(request, _("Kept."))
        return redirect("delivery:ladder", school=request.school.slug)
    page = {"form": form, "is_own": standing is not None}
    return render(request, "delivery/ladder.html", page, status=422 if form.errors else 200)


@transaction.atomic
def _keep(row: Ladder, actor: Actor, form: LadderForm | None) -> None:
    """As written; without a form, as it was from the start. The record says who."""
    if form is None:
        record("ladder.reset", about=row, by=actor)
        row.delete()
        return
    row.order, row.urgent_waits, row.dated_waits = form.order(), form.waits("urgent"), form.waits("dated")
    for name in SET_FOR_ALL:
        setattr(row, name, form.cleaned_data[name])
    row.changed_at, row.changed_by_id = school_time.now(), actor.post_id
    row.save()
    record("ladder.changed", about=row, by=actor)
