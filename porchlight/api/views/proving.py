"""Before a secret is made, whoever makes it takes the second step again."""

from __future__ import annotations

from urllib.parse import urlencode

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse

from porchlight.accounts.proving import second_step
from porchlight.schools.doors import SchoolRequest


def second_step_with(request: SchoolRequest, page: str, form: type[Form]) -> HttpResponse | None:
    """The way there and back to this page; what was written in the form comes back with it. None if just taken."""
    here = reverse(page, kwargs={"school": request.school.slug})
    kept = {name: request.POST.getlist(name) for name in form.base_fields if name in request.POST}
    return second_step(request, f"{here}?{urlencode(kept, doseq=True)}" if kept else here)
