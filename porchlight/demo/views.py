"""Sign-in links for the practice cast. They exist only under `porchlight demo`, and only on this machine."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from porchlight.demo.cast import CAST, SLUG, user_for
from porchlight.schools.models import School
from porchlight.schools.wall import school_context

BACKEND = "django.contrib.auth.backends.ModelBackend"


SENT_ON = (
    "Forwarded",
    "X-Forwarded-For",
    "X-Real-Ip",
    "Via",
)  # a proxy on this machine asks for somebody elsewhere


def must_be_demo(request: HttpRequest) -> None:
    """Raises Http404 anywhere but in the demo, asked by a browser on this machine itself."""
    here = ip_address(request.META["REMOTE_ADDR"]).is_loopback
    if not (settings.DEMO and here) or any(name in request.headers for name in SENT_ON):
        raise Http404


@require_safe
def sign_in_as(request: HttpRequest, who: str) -> HttpResponse:
    """Become one of the cast. A GET, because it is a link in a terminal; that is why it exists nowhere else."""
    must_be_demo(request)
    person = next((one for one in CAST if one.who == who), None)
    school = School.objects.filter(slug=SLUG).first()
    if person is None or school is None:
        raise Http404
    with school_context(school):
        user = user_for(person, school)
    login(request, user, backend=BACKEND)
    response = redirect(f"/{SLUG}/")
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
    return response


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who can be tried."""
    must_be_demo(request)
    return render(
        request, "demo/people.html", {"cast": CAST, "town": f"http://127.0.0.1:{settings.DEMO_TOWN_PORT}/"}
    )
