"""The family's own page of how often it hears from school."""

from __future__ import annotations

from datetime import time

from django import forms
from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from porchlight.conversations.dosing import WORDS, Wish, choose, waits_for, wish_of
from porchlight.families.models import Guardian
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, guardian_page
from porchlight.toolbox import school_time

HOURS = [f"{hour:02}:00" for hour in (7, 8, 10, 12, 14, 17, 18, 19)]


class DoseForm(forms.Form):
    """How often, and at which hour."""

    wish = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=[(wish.value, words) for wish, words in WORDS.items()],
        widget=forms.RadioSelect,
    )
    hour = forms.ChoiceField(
        label=gettext_lazy("At which hour, when all comes together"), choices=[(hour, hour) for hour in HOURS]
    )


@require_http_methods(["GET", "HEAD", "POST"])
@guardian_page()
def my_dose(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Urgent words and answers to them come at any time; this is about everything else."""
    guardian = get_object_or_404(Guardian.objects.visible_to(actor), pk=actor.post_id)
    wish, hour = wish_of(guardian)
    standing = {"wish": wish.value, "hour": (hour or time(17)).strftime("%H:%M")}
    form = DoseForm(request.POST or None, initial=standing)
    if request.method == "POST" and form.is_valid():
        at = time.fromisoformat(form.cleaned_data["hour"])
        choose(guardian, Wish(form.cleaned_data["wish"]), by=actor, now=school_time.now(), hour=at)
        flash.success(request, _("Thank you. From now on it comes as you said."))
        return redirect("conversations:my_dose", school=request.school.slug)
    page = {"form": form, "waiting": waits_for(guardian)}
    return render(request, "conversations/my_dose.html", page, status=422 if form.errors else 200)
