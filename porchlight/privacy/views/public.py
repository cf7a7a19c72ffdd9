"""What the school keeps and how long, for everybody: no sign-in, plain words, from the register itself."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from porchlight.privacy.register_words import lines
from porchlight.schools.doors import SchoolRequest


@require_safe
def retention(request: SchoolRequest, school: str) -> HttpResponse:
    """By how long it is kept."""
    if request.school is None:
        raise Http404
    return render(request, "privacy/retention.html", {"lines": lines(request.school)})
