"""The page a notice link leads to. A GET shows a doorstep and changes nothing; a person presses, and it opens."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from porchlight.conversations.views.files import played, shown
from porchlight.conversations.views.read_out import heard, with_words
from porchlight.schools.doors import SchoolRequest
from porchlight.toolbox import school_time
from porchlight.welcome import links, one_item
from porchlight.welcome.languages import page_language

COOKIE = "porchlight-link"


def private[R: HttpResponseBase](response: R) -> R:
    """Pages behind a secret address: kept nowhere, and their address told to nobody.

    With "no-referrer" browsers would send their forms from `Origin: null`, which no form of ours takes.
    """
    add_never_cache_headers(response)
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def _opened(request: SchoolRequest, secret: str) -> links.Opened | None:
    if request.school is None:
        raise Http404
    return links.look_up(secret, school=request.school, now=school_time.now())


def _over(request: SchoolRequest) -> HttpResponse:
    """Too late, another school's, made up, or no longer theirs to read: one answer for all."""
    return private(render(request, "welcome/link_over.html", status=404))


@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: SchoolRequest, school: str, secret: str) -> HttpResponse:
    """The doorstep of a notice link: says only that a message waits. Pressing opens it on this device."""
    opened = _opened(request, secret)
    if opened is None:
        return _over(request)
    with translation.override(page_language(opened.guardian.reading)):
        if request.method != "POST":
            return private(render(request, "welcome/doorstep.html"))
        mark = links.open_on(opened.token, request.COOKIES.get(COOKIE, ""))
        if mark is None:
            return private(render(request, "welcome/other_device.html", status=403))
    response = redirect("welcome:notice_message", school=school, secret=secret)
    response.set_cookie(
        COOKIE,
        mark,
        max_age=int(links.LASTS.total_seconds()),
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
        path=f"/{school}/n/",
    )
    return private(response)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_message(request: SchoolRequest, school: str, secret: str) -> HttpResponse:
    """The item itself, with its answer form; only on the device that opened it."""
    opened = _opened(request, secret)
    if opened is None:
        return _over(request)
    if not links.is_bound_to(opened.token, request.COOKIES.get(COOKIE, "")):
        return private(redirect("welcome:notice", school=school, secret=secret))
    return private(one_item.respond(request, opened))


def _opened_here(request: SchoolRequest, secret: str) -> links.Opened:
    """What the link opened; nothing on any other device than that which opened it."""
    opened = _opened(request, secret)
    if opened is None or not links.is_bound_to(opened.token, request.COOKIES.get(COOKIE, "")):
        raise Http404
    return opened


@require_http_methods(["GET", "HEAD"])
def notice_sound(request: SchoolRequest, school: str, secret: str, key: str) -> HttpResponseBase:
    """A spoken answer among what the link opened; only on the device that opened it."""
    message = (
        _opened_here(request, secret)
        .messages.filter(key=key)
        .exclude(sound=None)
        .select_related("sound")
        .first()
    )
    return private(played(request, message.sound if message is not None else None))


@require_http_methods(["GET", "HEAD"])
def notice_read_out(request: SchoolRequest, school: str, secret: str, key: str) -> HttpResponseBase:
    """The words of a message that the link opened, read out; only on the device that opened it."""
    opened = _opened_here(request, secret)
    message = get_object_or_404(with_words(opened.messages), key=key)
    return private(heard(request, message, opened.guardian))


@require_http_methods(["GET", "HEAD"])
def notice_enclosed(request: SchoolRequest, school: str, secret: str, key: str) -> HttpResponseBase:
    """The photo or letter of a message that the link opened; only on the device that opened it."""
    said = _opened_here(request, secret).messages.filter(key=key).exclude(enclosed=None)
    message = said.select_related("enclosed").first()
    return private(shown(request, message.enclosed if message is not None else None))
