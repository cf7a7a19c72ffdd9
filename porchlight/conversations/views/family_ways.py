"""The family's own page of how the school reaches them, and how that is changed: never here alone."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from porchlight.conversations.families_cost import told_at_home
from porchlight.conversations.forms import NumberChangedForm
from porchlight.conversations.heeding import ask_the_office_for
from porchlight.delivery.news import public_key, screens_of
from porchlight.families.models import Channel, ContactPoint, Guardian
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, guardian_page
from porchlight.toolbox import school_time


@require_http_methods(["GET", "HEAD", "POST"])
@guardian_page()
def my_ways(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Their ways, with all but the last digits hidden; with POST the office is asked to call on them."""
    guardian = get_object_or_404(Guardian.objects.visible_to(actor))
    form = NumberChangedForm(request.POST or None)
    points = ContactPoint.objects.visible_to(actor).known().filter(guardian=guardian)
    points = points.select_related("address").order_by("rank", "pk")
    if request.method == "POST" and form.is_valid():
        ask_the_office_for(guardian, form.cleaned_data["words"], points.first(), now=school_time.now())
        flash.success(request, _("Thank you. The office has it. Nothing is changed before we have spoken."))
        return redirect("conversations:my_ways", school=request.school.slug)
    page = {
        "ways": [(point.address.channel, point.address.ending) for point in points],
        "costs": told_at_home(request.school)
        if any(one.address.channel == Channel.SMS for one in points)
        else "",
        "form": form,
        "screens": screens_of(guardian),
        "push_key": public_key(request.school),
    }
    return render(request, "conversations/my_ways.html", page, status=422 if form.errors else 200)
