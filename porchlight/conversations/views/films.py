"""How long and how heavy a colleague's film may be: the office and leaders set it."""

from __future__ import annotations

from django import forms
from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from porchlight.conversations.enclosing import film_rule, limit_films
from porchlight.design.weights import weight
from porchlight.schools.actors import KEEPERS, Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time

SECONDS = (15, 30, 45, 60)
KILOBYTES = (500, 1000, 2000, 3000, 5000, 10_000, 16_000)  # the last is what WhatsApp carries


class FilmForm(forms.Form):
    """Two choices, each with what it means for a home."""

    seconds = forms.TypedChoiceField(label=gettext_lazy("A film may last"), coerce=int)
    kilobytes = forms.TypedChoiceField(
        label=gettext_lazy("It is made so small that it costs a family at most"), coerce=int
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # a form's own arguments, handed on
        lasts = [(n, ngettext("%(n)s second", "%(n)s seconds", n) % {"n": n}) for n in SECONDS]
        self.fields["seconds"].choices = [(0, _("No films")), *lasts]  # type: ignore[attr-defined]  # django-stubs sees a plain Field here
        self.fields["kilobytes"].choices = [(n, weight(n * 1000)) for n in KILOBYTES]  # type: ignore[attr-defined]  # django-stubs sees a plain Field here


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def films(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Set it, for every colleague."""
    rule = film_rule(request.school)
    initial = {"seconds": rule.seconds, "kilobytes": rule.size // 1000}
    form = FilmForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        limit_films(request.school, **form.cleaned_data, by=actor, now=school_time.now())
        flash.success(request, _("Kept."))
        return redirect("conversations:films", school=request.school.slug)
    return render(request, "conversations/films.html", {"form": form}, status=422 if form.errors else 200)
