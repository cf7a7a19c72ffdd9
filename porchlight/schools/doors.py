"""Who may open a page. A page that is not yours is a page that is not there: the same 404."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django_htmx.middleware import HtmxDetails

from porchlight.accounts.proving import by_family_code, still_to_prove
from porchlight.schools.actors import Actor, Kind, Role, posts_of
from porchlight.schools.models import School

type Page[**P] = Callable[Concatenate[SchoolRequest, Actor, P], HttpResponseBase]
type Door = Callable[..., HttpResponseBase]
type Outside = Callable[[SchoolRequest], HttpResponseBase]
type Guard = Callable[[SchoolRequest, Actor], bool]

_guards: list[Guard] = []
_sign_in: dict[Kind, Callable[[School], str]] = {Kind.STAFF: lambda school: reverse("account_login")}


class SchoolRequest(HttpRequest):
    """A request inside a school's pages: the middleware and the door have set these."""

    school: School
    actor: Actor
    htmx: HtmxDetails  # of the middleware of that name


def register_sign_in(kind: Kind, address: Callable[[School], str]) -> None:
    """Where people of this kind sign in; rooms above know the way for families."""
    _sign_in[kind] = address


def register_guard(guard: Guard) -> Guard:
    """Rooms above say whether a session that a family's code opened may still be used."""
    if guard not in _guards:
        _guards.append(guard)
    return guard


def staff_page[**P](*roles: Role, instead: Outside | None = None) -> Callable[[Page[P]], Door]:
    """A page for staff; with roles, only for those who hold one of them.

    `instead` answers who has to sign in first, where a way to the sign-in page would mean nothing to the asker.
    """

    def may(actor: Actor) -> bool:
        return actor.is_staff and (not roles or actor.is_one_of(*roles))

    return _door(Kind.STAFF, may, instead)


def guardian_page[**P]() -> Callable[[Page[P]], Door]:
    """A page for an adult of the family."""
    return _door(Kind.GUARDIAN, lambda actor: actor.kind is Kind.GUARDIAN)


def student_page[**P]() -> Callable[[Page[P]], Door]:
    """A page for the student."""
    return _door(Kind.STUDENT, lambda actor: actor.kind is Kind.STUDENT)


def _door(
    kind: Kind, may: Callable[[Actor], bool], instead: Outside | None = None
) -> Callable[[Page[Any]], Door]:
    def hang(page: Page[Any]) -> Door:
        @wraps(page)
        def open_door(request: SchoolRequest, *, school: str, **kwargs: Any) -> HttpResponseBase:
            if request.school is None:
                raise Http404
            if not request.user.is_authenticated:
                return _to_prove(request, _sign_in[kind](request.school), instead)
            actor = next((post for post in posts_of(request.user, request.school) if may(post)), None)
            if actor is None:
                raise Http404
            as_family = kind is not Kind.STAFF and by_family_code(request)
            if as_family and not all(guard(request, actor) for guard in _guards):
                logout(request)
                return _to_prove(request, _sign_in[kind](request.school), instead)
            first = "" if as_family else still_to_prove(request)
            if first:
                return _to_prove(request, first, instead)
            request.actor = actor
            response = page(request, actor, **kwargs)
            add_never_cache_headers(response)
            return response

        open_door.opens_for = may  # type: ignore[attr-defined]  # read by docs/roles.md and the tests of the doors
        return open_door

    return hang


def _to_prove(request: SchoolRequest, first: str, instead: Outside | None) -> HttpResponseBase:
    """To where they show who they are, and from there back here."""
    if instead is not None:
        return instead(request)
    return HttpResponseRedirect(f"{first}?{urlencode({'next': request.get_full_path()})}")
