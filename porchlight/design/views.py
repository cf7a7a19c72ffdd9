"""The language switch, and the pages for when something goes wrong."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from porchlight.design.direction import page_languages
from porchlight.design.signals import language_chosen

YEAR = 365 * 24 * 60 * 60


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language someone chose, in this browser; rooms above keep it with the person."""
    chosen = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = redirect(back)
    if chosen in page_languages():
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=YEAR,
            samesite="Lax",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )
        language_chosen.send(sender=None, request=request, language=chosen)
    return response


ERRORS = {
    400: (
        _("We could not read that"),
        _("Something in the address or the form was cut short. Go back and try once more."),
    ),
    403: (
        _("This page is not open to you"),
        _("You did nothing wrong. If you should see it, ask the school office."),
    ),
    404: (
        _("There is no page at this address"),
        _("The page moved or the link was cut short. Your messages are safe."),
    ),
    413: (_("That was too much at once"), _("The file is too large for us to take. Try a smaller one.")),
}


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """One of our plain error pages."""
    title, words = ERRORS[status]
    page = {"title": title, "words": words, "status": status}
    response = render(request, "design/error.html", page, status=status)
    add_never_cache_headers(response)  # what is not there for one may be there for another, or tomorrow
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400"""
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403"""
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not yours; the page is the same."""
    return error_page(request, 404)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form's key does not match: the page stood open too long, or cookies are off."""
    return render(request, "design/error_form.html", {"status": 403}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """500: written without the database, the session or anything else that may be what broke."""
    return HttpResponse(render_to_string("design/error_static.html", {"status": 500}), status=500)


def closed(request: HttpRequest, retry_after: int = 120) -> HttpResponse:
    """503 while the house is being worked on."""
    return HttpResponse(
        render_to_string("design/error_static.html", {"status": 503}),
        status=503,
        headers={"Retry-After": str(retry_after)},
    )


def full(request: HttpRequest, retry_after: int = 120) -> HttpResponse:
    """507 while the disk has no room for what was sent."""
    return HttpResponse(
        render_to_string("design/error_static.html", {"status": 507}),
        status=507,
        headers={"Retry-After": str(retry_after)},
    )
