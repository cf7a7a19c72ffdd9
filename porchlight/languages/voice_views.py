"""Voices of companies, for a school that has an account there: which reads what, and what may go there."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.languages.account_pages import at_its_page, closed, personal_words, settings_kept
from porchlight.languages.models import VoiceAccount
from porchlight.languages.voice_accounts import change_voice, open_voice
from porchlight.languages.voices.registry import COMPANIES
from porchlight.languages.voices_form import VoiceForm
from porchlight.schools.actors import KEEPERS, Actor
from porchlight.schools.doors import SchoolRequest, staff_page


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def new_voice(request: SchoolRequest, actor: Actor, company: str) -> HttpResponse:
    """Open an account with one company's voices."""
    if company not in COMPANIES:
        raise Http404
    form = VoiceForm(request.POST if request.method == "POST" else None, company=COMPANIES[company])
    if request.method == "POST" and form.is_valid():
        made = open_voice(school=request.school, company=company, by=actor, **form.written())
        return at_its_page(request, made)
    page = {"form": form, "company": COMPANIES[company]}
    return render(request, "languages/new_voice.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def voice(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """One account: its settings, what it reads, what it may be given."""
    row = get_object_or_404(VoiceAccount.objects.visible_to(actor).open(), key=key)
    form = VoiceForm(request.POST if request.method == "POST" else None, company=row.adapter, account=row)
    if request.method == "POST" and form.is_valid():
        change_voice(row, by=actor, **form.written())
        return settings_kept(request, row)
    status = 422 if form.errors else 200
    return render(request, "languages/voice.html", {"row": row, "form": form}, status=status)


@require_POST
@staff_page(*KEEPERS)
def voice_personal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Whether personal words may go there too."""
    row = get_object_or_404(VoiceAccount.objects.visible_to(actor).open(), key=key)
    return personal_words(request, actor, row)


@require_POST
@staff_page(*KEEPERS)
def voice_closing(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Nothing goes there any more."""
    row = get_object_or_404(VoiceAccount.objects.visible_to(actor).open(), key=key)
    return closed(request, actor, row)
