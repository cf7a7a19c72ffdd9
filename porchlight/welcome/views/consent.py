"""Consent as families gave it at enrolment, written down for many at once; and taken back when that was a mistake."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.families.consenting import meant_by, take_back, write_down
from porchlight.families.models import ConsentRound
from porchlight.schools.actors import KEEPERS, Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time
from porchlight.welcome.consent_form import ConsentForm


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def consent(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Fill in, see whom it is about, and only then write it down."""
    now = school_time.now()
    today = request.school.local(now).date()
    form = ConsentForm(request.POST or None, actor=actor, school=request.school, today=today)
    meant = None
    if request.method == "POST" and form.is_valid():
        classes = list(form.cleaned_data["classes"])
        meant = meant_by(request.school, classes, on=today)
        if "write" in request.POST and request.POST.get("adults") == str(meant.adults):
            write_down(
                school=request.school,
                classes=classes,
                given_on=form.cleaned_data["given_on"],
                source=form.cleaned_data["source"],
                by=actor,
                now=now,
            )
            words = ngettext("Written down for one adult.", "Written down for %(n)s adults.", meant.adults)
            flash.success(request, words % {"n": meant.adults})
            return redirect("welcome:consent", school=request.school.slug)
    rounds = ConsentRound.objects.visible_to(actor).select_related("recorded_by", "undone_by")
    page = {"form": form, "meant": meant, "rounds": rounds.order_by("-recorded_at")[:20]}
    return render(request, "welcome/consent.html", page, status=422 if form.errors else 200)


@require_POST
@staff_page(*KEEPERS)
def consent_removal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """It was a mistake: what nobody has said themselves since is closed again."""
    made = get_object_or_404(ConsentRound.objects.visible_to(actor), key=key)
    count = take_back(made, by=actor, now=school_time.now())
    words = ngettext(
        "Taken back: one number or mailbox is no longer written to.",
        "Taken back: %(n)s numbers and mailboxes are no longer written to.",
        count,
    )
    flash.success(request, words % {"n": count} if count else _("Taken back. It changes nothing any more."))
    return redirect("welcome:consent", school=request.school.slug)
