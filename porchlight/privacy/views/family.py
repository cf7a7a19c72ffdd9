"""A family's own page: what is kept about them, who can read it, and asking for a copy."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from porchlight.families.models import Guardian, Student
from porchlight.privacy.actions import ask
from porchlight.privacy.models import Request, RequestKind
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, guardian_page
from porchlight.toolbox import school_time


@require_http_methods(["GET", "HEAD", "POST"])
@guardian_page()
def mine(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """POST with `about` (a child's key, or empty for oneself) and `kind` asks."""
    me = get_object_or_404(Guardian.objects.visible_to(actor))
    children = Student.objects.visible_to(actor).on_roll().order_by("pk")
    if request.method == "POST":
        key = request.POST.get("about", "")
        about = get_object_or_404(children, key=key) if key else me
        kind = RequestKind.ERASURE if request.POST.get("kind") == RequestKind.ERASURE else RequestKind.COPY
        ask(kind=kind, about=about, asked_by=me, school=request.school, by=actor)
        flash.success(request, _("The school has your request. It answers by the date below."))
        return redirect("privacy:mine", school=request.school.slug)
    today = request.school.local(school_time.now()).date()
    rows = Request.objects.visible_to(actor).select_related("student").order_by("-pk")[:20]
    page = {
        "children": children,
        "asked": [{"row": row, "left": row.days_left(today)} for row in rows],
    }
    return render(request, "privacy/mine.html", page)
