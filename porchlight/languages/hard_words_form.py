"""The office's page of hard words."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.languages.hard_words import take_out_hard_word, write_hard_word
from porchlight.languages.models import HardWord
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time


class HardWordForm(forms.Form):
    """One word, and what to say instead."""

    words = forms.CharField(
        label=_("Hard word"),
        max_length=80,
        help_text=_("As colleagues write it: formative assessment, SEND, PTA."),
    )
    instead = forms.CharField(
        label=_("Plain words instead"), max_length=120, help_text=_("As you would say it at the gate.")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*HardWord.KEPT_BY)
def hard_words(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """The list, and a form for one more; in the language the school writes in."""
    form = HardWordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        language = request.school.language
        write_hard_word(
            school=request.school, language=language, by=actor, now=school_time.now(), **form.cleaned_data
        )
        return redirect("languages:hard_words", school=request.school.slug)
    page = {"form": form, "rows": HardWord.objects.visible_to(actor).order_by("words")}
    return render(request, "languages/hard_words.html", page, status=422 if form.errors else 200)


@require_POST
@staff_page(*HardWord.KEPT_BY)
def hard_word_removal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Take one out."""
    take_out_hard_word(get_object_or_404(HardWord.objects.visible_to(actor), key=key), by=actor)
    return redirect("languages:hard_words", school=request.school.slug)
