"""Families' doors. A GET shows a page and changes nothing; what opens is always pressed by a person."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from porchlight.accounts.models import Token
from porchlight.families.models import Guardian
from porchlight.schools.doors import SchoolRequest
from porchlight.toolbox import school_time
from porchlight.welcome import links, one_item
from porchlight.welcome import sign_in as door
from porchlight.welcome.forms import AskForCode, EnterCode

COOKIE = "porchlight-link"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def _private(response: HttpResponse) -> HttpResponse:
    """Pages behind a secret address: kept nowhere, telling nobody where they came from."""
    add_never_cache_headers(response)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _token(request: SchoolRequest, secret: str) -> Token | None:
    if request.school is None:
        raise Http404
    return links.find(secret, school=request.school, now=school_time.now())


@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: SchoolRequest, school: str, secret: str) -> HttpResponse:
    """The doorstep of a notice link: says only that a message waits. Pressing opens it on this device."""
    token = _token(request, secret)
    if token is None:
        return _private(render(request, "welcome/link_over.html", status=404))
    if request.method != "POST":
        return _private(render(request, "welcome/doorstep.html"))
    mark = links.open_on(token, request.COOKIES.get(COOKIE, ""))
    if mark is None:
        return _private(render(request, "welcome/other_device.html", status=403))
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
    return _private(response)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_message(request: SchoolRequest, school: str, secret: str) -> HttpResponse:
    """The item itself, with its answer form; only on the device that opened it."""
    token = _token(request, secret)
    if token is None:
        return _private(render(request, "welcome/link_over.html", status=404))
    if not links.is_bound_to(token, request.COOKIES.get(COOKIE, "")):
        return _private(redirect("welcome:notice", school=school, secret=secret))
    item = links.item(token, request.school)
    if item is None:
        return _private(render(request, "welcome/link_over.html", status=404))
    return _private(one_item.respond(request, item))


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: SchoolRequest, school: str) -> HttpResponse:
    """Ask for a code. The answer is the same whether or not we know the number."""
    if request.school is None:
        raise Http404
    form = AskForCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = door.ask_for_code(
            school=request.school,
            written=form.cleaned_data["written"],
            language=get_language() or "en",
            now=school_time.now(),
        )
        request.session["sign_in_mark"] = asked.mark
        request.session["sign_in_next"] = request.GET.get("next", "")
        return redirect("welcome:code", school=school)
    return _private(render(request, "welcome/sign_in.html", {"form": form}, status=_status(request, form)))


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: SchoolRequest, school: str) -> HttpResponse:
    """Enter the code. One person behind the number goes straight in; several say who they are."""
    mark = request.session.get("sign_in_mark", "")
    if request.school is None or not mark:
        return redirect("welcome:sign_in", school=school)
    form = EnterCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        people = door.people_for_code(
            school=request.school, mark=mark, code=form.cleaned_data["code"], now=school_time.now()
        )
        if people:
            request.session["sign_in_people"] = [guardian.pk for guardian in people]
            request.session["sign_in_mine"] = form.cleaned_data["mine"]
            del request.session["sign_in_mark"]
            if len(people) == 1:
                return _enter(request, people[0])
            return redirect("welcome:person", school=school)
        form.add_error("code", _("This code does not fit, or its ten minutes are over. Ask for a new one."))
    return _private(render(request, "welcome/code.html", {"form": form}, status=_status(request, form)))


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: SchoolRequest, school: str) -> HttpResponse:
    """Several adults share the number: who is this?"""
    ids = request.session.get("sign_in_people", [])
    people = door.people(request.school, ids)
    if not people:
        return redirect("welcome:sign_in", school=school)
    chosen = next((one for one in people if one.key == request.POST.get("person")), None)
    if request.method == "POST" and chosen is not None:
        return _enter(request, chosen)
    return _private(render(request, "welcome/person.html", {"people": people}))


def _enter(request: SchoolRequest, guardian: Guardian) -> HttpResponse:
    """Start the session: a new key, its length by whose phone it is."""
    mine = bool(request.session.pop("sign_in_mine", False))
    after = request.session.pop("sign_in_next", "")
    request.session.pop("sign_in_people", None)
    login(request, door.user_of(guardian), backend=BACKEND)
    request.session.set_expiry(int(door.session_length(mine=mine).total_seconds()))
    if not url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure()):
        after = f"/{request.school.slug}/"  # the front door knows everybody's first page
    return redirect(after)


def _status(request: HttpRequest, form: AskForCode | EnterCode) -> int:
    return 422 if request.method == "POST" and form.errors else 200
