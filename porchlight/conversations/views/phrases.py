"""The office's page of phrases that parents said better: taken over with one press, and given back with one."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.conversations.models import ParentVerdict
from porchlight.conversations.phrases_better import offered, take, taken_over
from porchlight.languages.models import OwnPhrase
from porchlight.languages.own_phrases import CannotTakeOver, withdraw
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OwnPhrase.KEPT_BY)
def own_phrases(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """What was said better, what homes get; with POST one is taken over."""
    if request.method == "POST":
        said = ParentVerdict.objects.visible_to(actor).exclude(after="").select_related("reader__guardian")
        verdict = get_object_or_404(
            said, reader__key=request.POST.get("reader", ""), phrase=request.POST.get("phrase") or None
        )
        try:
            take(verdict, school=request.school, by=actor, now=school_time.now())
        except CannotTakeOver as problem:
            flash.error(request, str(problem))
        else:
            flash.success(request, _("From now on homes that read this language get the better words."))
        return redirect("conversations:own_phrases", school=request.school.slug)
    page = {"offered": offered(request.school, actor), "taken": taken_over(request.school, actor)}
    return render(request, "conversations/own_phrases.html", page)


@require_POST
@staff_page(*OwnPhrase.KEPT_BY)
def own_phrase_removal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Homes get ours again."""
    row = get_object_or_404(OwnPhrase.objects.visible_to(actor), key=key)
    withdraw(row, school=request.school, by=actor, now=school_time.now())
    flash.success(request, _("Taken back. From now on homes get Porchlight’s own words again."))
    return redirect("conversations:own_phrases", school=request.school.slug)
