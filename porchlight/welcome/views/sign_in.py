"""Families come in by a code: ask for it, write it, and where several share a phone, say who is reading."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from porchlight.accounts.proving import end_after, mark_family_session, still_to_prove
from porchlight.design.direction import page_language
from porchlight.schools.actors import Actor, Kind, posts_of
from porchlight.schools.doors import SchoolRequest
from porchlight.toolbox import school_time
from porchlight.welcome import sign_in as door
from porchlight.welcome.coming_in import become_one, called, came_by, session_idle, session_length, user_of
from porchlight.welcome.forms import AskForCode, EnterCode
from porchlight.welcome.views.links import private

BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: SchoolRequest, school: str) -> HttpResponse:
    """Ask for a code. The answer is the same whether or not we know the number."""
    if request.school is None:
        raise Http404
    form = AskForCode(request.POST or None, school=request.school)
    if request.method != "POST":
        return private(render(request, "welcome/sign_in.html", {"form": form}))
    if not form.is_valid():
        return private(render(request, "welcome/sign_in.html", {"form": form}, status=422))
    try:
        mark = door.ask_for_code(
            school=request.school,
            value=form.cleaned_data["written"],
            language=page_language(),
            now=school_time.now(),
            place=get_adapter(request).place(request),
        )
    except door.TooMany:
        form.add_error(None, _("Many codes were asked for from here. Wait an hour, or ring the school."))
        return private(render(request, "welcome/sign_in.html", {"form": form}, status=429))
    request.session["sign_in_mark"] = mark
    request.session["sign_in_next"] = request.GET.get("next", "")
    return redirect("welcome:code", school=school)


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: SchoolRequest, school: str) -> HttpResponse:
    """Write the code. One person behind the number goes straight in; several say who they are."""
    mark = request.session.get("sign_in_mark", "")
    if request.school is None or not mark:
        return redirect("welcome:sign_in", school=school)
    form = EnterCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = school_time.now()
        address = door.address_for_code(
            school=request.school, mark=mark, code=form.cleaned_data["code"], now=now
        )
        people = door.people_at(request.school, address, now=now) if address else []
        if people:
            request.session["sign_in_address"] = address
            request.session["sign_in_people"] = [[type(one).__name__, one.pk] for one in people]
            request.session["sign_in_mine"] = form.cleaned_data["mine"]
            request.session["sign_in_until"] = (now + door.LASTS).timestamp()
            del request.session["sign_in_mark"]
            if len(people) == 1 and _colleague(request) is None:
                return _enter(request, people[0])
            return redirect("welcome:person", school=school)
        form.add_error("code", _("This code does not fit, or its ten minutes are over. Ask for a new one."))
    status = 422 if form.errors else 200
    return private(render(request, "welcome/code.html", {"form": form}, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: SchoolRequest, school: str) -> HttpResponse:
    """Several people share the number, or a colleague is a parent too: who is reading?"""
    people = _known_a_moment_ago(request)
    if not people:
        return redirect("welcome:sign_in", school=school)
    chosen = next((one for one in people if one.key == request.POST.get("person")), None)
    colleague = _colleague(request)
    if request.method == "POST" and chosen is not None:
        if colleague is not None and request.user.is_authenticated and "both" in request.POST:
            become_one(chosen, request.user)
            return _on(request)
        return _enter(request, chosen)
    page = {"people": [(one.key, called(one)) for one in people], "colleague": colleague}
    return private(render(request, "welcome/person.html", page))


def _known_a_moment_ago(request: SchoolRequest) -> list[door.Person]:
    """Behind a right code somebody may wait as long as before it, and only while the address is still theirs."""
    now = school_time.now()
    if now.timestamp() > request.session.get("sign_in_until", 0):
        return []
    known = request.session.get("sign_in_people", [])
    return door.people_again(request.school, request.session.get("sign_in_address", 0), known, now=now)


def _colleague(request: SchoolRequest) -> Actor | None:
    """The staff post of who is signed in already, when this session may open staff pages."""
    if not request.user.is_authenticated or still_to_prove(request):
        return None
    return next(iter(posts_of(request.user, request.school, Kind.STAFF)), None)


def _enter(request: SchoolRequest, chosen: door.Person) -> HttpResponse:
    """Start the session: a new key, its length by whose phone it is."""
    mine, after = bool(request.session.get("sign_in_mine")), request.session.get("sign_in_next", "")
    address = request.session["sign_in_address"]
    login(request, user_of(chosen), backend=BACKEND)
    request.session["sign_in_next"] = after
    came_by(request.session, chosen, address)
    end_after(request.session, session_length(mine=mine), idle=session_idle(mine=mine))
    mark_family_session(request.session)
    return _on(request)


def _on(request: SchoolRequest) -> HttpResponse:
    """To the page they wanted, or to the front door, which knows everybody's first page."""
    after = request.session.pop("sign_in_next", "")
    for name in ("sign_in_people", "sign_in_mine", "sign_in_address", "sign_in_until"):
        request.session.pop(name, None)
    if not url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure()):
        after = f"/{request.school.slug}/"
    return redirect(after)
