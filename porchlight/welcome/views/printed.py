"""The poster for the gate and the cards for homes: pages to print, in two languages at a time."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from porchlight.languages.phrases import say
from porchlight.schools.actors import KEEPERS, Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time
from porchlight.welcome.cards import make_cards
from porchlight.welcome.printed import CardsForm, PrintForm, cards, numbers_of, start, without_way
from porchlight.welcome.views.links import private


@require_safe
@staff_page(*KEEPERS)
def poster(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """ "Send us salaam", with a picture for the camera and the number for everybody else."""
    form = PrintForm(request.GET or None, school=request.school)
    first, second = form.languages
    page = {
        "form": form,
        "sides": [(tag, say("ask_words", tag, of=request.school)) for tag in (first, second)],
        "start": start(request.school, numbers_of(request.school), language=first),
    }
    return render(request, "welcome/poster.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def hello_cards(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """A card for each adult of a class whom we know no agreed way to. Printing them ends earlier ones."""
    form = CardsForm(request.POST or None, school=request.school, actor=actor)
    numbers = numbers_of(request.school)
    if request.method != "POST" or not numbers or not form.is_valid():
        page = {"form": form, "numbers": numbers}
        return render(request, "welcome/cards.html", page, status=422 if form.errors else 200)
    now = school_time.now()
    ties = without_way(
        request.school, form.cleaned_data["school_class"], actor, on=request.school.local(now).date()
    )
    if not ties:
        flash.info(
            request, _("No card is needed: every adult of this class has an agreed way to be reached.")
        )
        return redirect("welcome:hello_cards", school=request.school.slug)
    codes = make_cards([tie.guardian for tie in ties], school=request.school, by=actor, now=now)
    first, second = form.languages
    page = {
        "cards": cards(request.school, ties, codes, language=second),
        "sides": [(tag, say("ask_words", tag, of=request.school)) for tag in (first, second)],
        "school_class": form.cleaned_data["school_class"],
    }
    return private(render(request, "welcome/cards_printed.html", page))
