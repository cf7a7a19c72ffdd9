"""A class's three texts: written, put into other languages, and read aloud."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from porchlight.conversations.forms import RecordedForm
from porchlight.conversations.views.compose import WRITERS
from porchlight.conversations.views.files import played
from porchlight.conversations.views.listening import recorded
from porchlight.conversations.wording import Words
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time, scripts
from porchlight.updates.facts import (
    facts_of,
    keep_fact,
    keep_reading,
    languages_of,
    readings_of,
    told,
    words_of,
)
from porchlight.updates.forms import FactsForm
from porchlight.updates.models import About, Fact, FactReading
from porchlight.updates.views.weeks import class_of


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*WRITERS)
def facts(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """What we learn, how school works, whom to ask: in the school's language first, then in those of the homes."""
    now = school_time.now()
    school_class = class_of(actor, key)
    offered = languages_of(school_class, by=actor, now=now)
    wanted = request.GET.get("language", "")
    language = wanted if wanted in offered else request.school.language
    written = facts_of(school_class, on=request.school.local(now).date())
    form = FactsForm(request.POST or None, initial=_standing(written, language))
    if request.method == "POST" and form.is_valid():
        for about in About:
            keep_fact(
                school_class, about, form.cleaned_data[about.value], language=language, by=actor, now=now
            )
        flash.success(request, _("Kept."))
        return redirect(request.get_full_path())
    words = told(written, request.school)
    page = {
        "school_class": school_class,
        "form": form,
        "language": language,
        "offered": offered,
        "written": written,
        "heard": _in(words, language),
        "reading": readings_of(school_class, words).get(language),
        "spoken": RecordedForm(auto_id="spoken_%s"),
    }
    return render(request, "updates/facts.html", page, status=422 if form.errors else 200)


def _standing(written: list[Fact], language: str) -> dict[str, str]:
    return {fact.about: _in(words_of(fact), language) for fact in written}


def _in(words: Words, language: str) -> str:
    """The words in this language; empty where nobody has put them into it."""
    version = words.for_reader(language)
    return version.text if scripts.same_reading(version.language, language) else ""


@require_http_methods(["POST"])
@staff_page(*WRITERS)
def aloud(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Somebody read it: the recording goes into calls, and stands on the homes' page."""
    now = school_time.now()
    school_class = class_of(actor, key)
    offered = languages_of(school_class, by=actor, now=now)
    language = request.POST.get("language", "")
    form = RecordedForm(request.POST, request.FILES)
    there = facts_of(school_class, on=request.school.local(now).date())
    if form.is_valid() and there and language in offered:
        row = recorded(
            form,
            lambda content, size: keep_reading(
                school_class, language=language, content=content, size=size, by=actor, now=now
            ),
        )
        if row is not None:
            flash.success(request, _("Kept. Who is rung hears your voice, and so does who opens the page."))
    for error in [error for errors in form.errors.values() for error in errors]:
        flash.warning(request, str(error))
    address = redirect("updates:facts", school=request.school.slug, key=key)
    address["Location"] += f"?language={language}" if language in offered else ""
    return address


@require_safe
@staff_page(*WRITERS)
def sound(request: SchoolRequest, actor: Actor, key: str) -> HttpResponseBase:
    """The recording, for colleagues of the class."""
    row = get_object_or_404(FactReading.objects.visible_to(actor).select_related("file"), key=key)
    return played(request, row.file)
