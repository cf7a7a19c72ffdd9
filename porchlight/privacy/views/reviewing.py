"""What may do serious harm in a copy: a named person looks at each piece, decides, and says why."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from porchlight.privacy.actions import decide
from porchlight.privacy.copying import Reading, undecided
from porchlight.privacy.forms import DecisionForm
from porchlight.privacy.models import Decision, Request, RequestKind
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Role.SAFEGUARDING)
def review(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """One piece at a time; what was decided stands below and may be decided anew."""
    rows = Request.objects.visible_to(actor).open().filter(kind=RequestKind.COPY)
    row = get_object_or_404(rows, key=key)
    pieces = [] if row.subject is None else Reading.of(row).to_be_looked_at()
    form = DecisionForm(request.POST or None)
    chosen = next((one for one in pieces if one.key == request.POST.get("message")), None)
    if request.method == "POST" and chosen is not None and form.is_valid():
        given = form.cleaned_data["given"] == "yes"
        decide(request=row, message=chosen, is_given=given, why=form.cleaned_data["why"], by=actor)
        return redirect("privacy:review", school=request.school.slug, key=row.key)
    waiting = [] if row.subject is None else undecided(row)
    made = Decision.objects.visible_to(actor).filter(request=row).select_related("by")
    by_id = {one.about_id: one for one in made}
    page = {
        "row": row,
        "next": chosen or next(iter(waiting), None),
        "waiting": len(waiting),
        "decided": [(one, by_id[one.pk]) for one in pieces if one.pk in by_id],
        "form": form,
    }
    return render(request, "privacy/review.html", page, status=422 if form.errors else 200)
