"""The gallery: every part of the design on a few pages, in any theme and language; for development and demo."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from porchlight.design import samples, views
from porchlight.design.direction import page_languages

PAGES = {
    "": "gallery/staff.html",
    "family": "gallery/family.html",
    "tokens": "gallery/tokens.html",
    "part": "gallery/part.html",
}
ERRORS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "400": views.bad_request,
    "403": views.forbidden,
    "404": views.not_found,
    "form": views.form_too_old,
    "500": views.broken,
    "503": views.closed,
    "507": views.full,
}


def page(request: HttpRequest, name: str = "") -> HttpResponse:
    """One gallery page; `?theme=dark` and `?lang=ur` choose how."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    asked = request.GET.get("lang", "")
    language = asked if asked in page_languages() else "en"
    with translation.override(language):
        if name in ERRORS:
            return ERRORS[name](request)
        if name == "sound":
            return HttpResponse(samples.sound(), content_type="audio/wav")
        if name not in PAGES:
            raise Http404
        theme = request.GET.get("theme", "")
        actor = samples.FATHER if name == "family" else samples.TEACHER
        return render(request, f"design/{PAGES[name]}", {**samples.context(actor, language), "theme": theme})
