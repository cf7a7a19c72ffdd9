"""Who a worry goes to: seen by those who keep the school, chosen by its leaders."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.welcome.safeguarding import GuardsForm, guards, name_guards


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Role.OFFICE, Role.LEADER, Role.SAFEGUARDING)
def safeguarding(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """The named people, and what is missing; leaders name others."""
    may_choose = actor.is_one_of(Role.LEADER)
    if request.method == "POST" and not may_choose:
        raise Http404
    form = GuardsForm(request.POST or None, actor=actor, school=request.school) if may_choose else None
    if form is not None and form.is_valid():
        name_guards(school=request.school, by=actor, **form.cleaned_data)
        flash.success(request, _("Kept. From now on a worry goes to them."))
        return redirect("welcome:safeguarding", school=request.school.slug)
    people = guards(request.school)
    page = {
        "people": people,
        "has_lead": any(not one.is_deputy for one in people),
        "has_deputy": any(one.is_deputy for one in people),
        "form": form,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "welcome/safeguarding.html", page, status=status)
