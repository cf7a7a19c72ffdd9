"""Who may open a page. A page that is not yours is a page that is not there: the same 404."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django_htmx.middleware import HtmxDetails

from porchlight.accounts.held_words import give_back, hold
from porchlight.accounts.proving import by_family_code, still_to_prove
from porchlight.schools.actors import Actor, Kind, Role, posts_of
from porchlight.schools.looks import Looking, looking
from porchlight.schools.models import School
from porchlight.schools.signals import done, looked

type Page[**P] = Callable[Concatenate[SchoolRequest, Actor, P], HttpResponseBase]
type Door = Callable[..., HttpResponseBase]
type Gate = Callable[[SchoolRequest, Actor, Looking, HttpResponseBase, bool], HttpResponseBase | None]
type Outside = Callable[[SchoolRequest], HttpResponseBase]
type Guard = Callable[[SchoolRequest, Actor], bool]

_sign_in: dict[Kind, Callable[[School], str]] = {Kind.STAFF: lambda school: reverse("account_login")}
_guards: list[Guard] = []
_gates: list[Gate] = []


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


def register_gate(gate: Gate) -> None:
    """`gate(request, actor, seen, response, exports)` looks at what a colleague is about to get, and may give something
    else in its place; rooms above say what is too much at once.
    """
    if gate not in _gates:
        _gates.append(gate)


def staff_page[**P](
    *roles: Role, instead: Outside | None = None, exports: bool = False
) -> Callable[[Page[P]], Door]:
    """A page for staff; with roles, only for those who hold one of them.

    `exports`: it hands people's particulars out of Porchlight, as a file; that asks for a fresh second step, and
    a second leader hears of it.

    `instead` answers who has to sign in first, where a way to the sign-in page would mean nothing to the asker.
    """

    def may(actor: Actor) -> bool:
        return actor.is_staff and (not roles or actor.is_one_of(*roles))

    return _door(Kind.STAFF, may, instead, exports)


def guardian_page[**P]() -> Callable[[Page[P]], Door]:
    """A page for an adult of the family."""
    return _door(Kind.GUARDIAN, lambda actor: actor.kind is Kind.GUARDIAN)


def student_page[**P]() -> Callable[[Page[P]], Door]:
    """A page for the student."""
    return _door(Kind.STUDENT, lambda actor: actor.kind is Kind.STUDENT)


def _door(
    kind: Kind, may: Callable[[Actor], bool], instead: Outside | None = None, exports: bool = False
) -> Callable[[Page[Any]], Door]:
    def hang(page: Page[Any]) -> Door:
        @wraps(page)
        def open_door(request: SchoolRequest, *, school: str, **kwargs: Any) -> HttpResponseBase:
            if request.school is None:
                raise Http404
            if not request.user.is_authenticated:
                return _to_prove(request, _sign_in[kind](request.school), instead)
            posts = posts_of(request.user, request.school, kind)
            actor = next((post for post in posts if may(post)), None)
            if actor is None:
                raise Http404
            if first := _first(request, kind, actor):
                return _to_prove(request, first, instead)
            request.actor = actor
            if actor.grant_id is not None and (exports or request.method not in {"GET", "HEAD"}):
                raise PermissionDenied
            with looking() as seen, _changing_nothing(actor):
                response = page(request, actor, **kwargs)
            if actor.grant_id is not None:
                facts = {"page": _page_of(request)}
                done.send(sender=School, verb="operator.opened", about=request.school, by=actor, facts=facts)
            if actor.is_staff and request.method != "HEAD":
                response = past_the_gates(request, actor, seen, response, exports)
            response = give_back(request, response)
            add_never_cache_headers(response)
            return response

        open_door.opens_for = may  # type: ignore[attr-defined]  # read by docs/roles.md and the tests of the doors
        open_door.exports = exports  # type: ignore[attr-defined]  # and by the tests of exports
        return open_door

    return hang


def _first(request: SchoolRequest, kind: Kind, actor: Actor) -> str:
    """The page to go to before this one: of a session that may not be used any more, or lacks its second step."""
    if kind is Kind.STAFF or not by_family_code(request):
        return still_to_prove(request)
    if all(guard(request, actor) for guard in _guards):
        return ""
    logout(request)
    return _sign_in[kind](request.school)


def past_the_gates(
    request: SchoolRequest, actor: Actor, seen: Looking, response: HttpResponseBase, exports: bool = False
) -> HttpResponseBase:
    """What a colleague, or another system, gets: `response`, unless a gate gives something else in its place.

    One look for what it shows of personal or safeguarding words, whichever view made it.
    """
    for gate in _gates:
        other = gate(request, actor, seen, response, exports)
        if other is not None:
            return other  # the page itself goes nowhere
    if shown := seen.shown_in(response):
        looked.send(sender=School, by=actor, page=_page_of(request), shown=shown)
    return response


def _page_of(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


@contextmanager
def _changing_nothing(actor: Actor) -> Iterator[None]:
    """For an operator whom the school let in to look: whatever a page would write is taken back."""
    if actor.grant_id is None:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _to_prove(request: SchoolRequest, first: str, instead: Outside | None) -> HttpResponseBase:
    """To where they show who they are, and from there back here; what they had typed comes back with them."""
    if instead is not None:
        return instead(request)
    back = request.get_full_path()
    whose = request.user.pk or getattr(request, "was_user_id", None)
    if request.method == "POST" and whose is not None:
        back = hold(request, whose)
    return HttpResponseRedirect(f"{first}?{urlencode({'next': back})}")


def show_who_again(request: SchoolRequest) -> HttpResponseBase:
    """From inside a family's page: these words want its reader to come in anew."""
    return _to_prove(request, _sign_in[Kind.GUARDIAN](request.school), None)


def family_sign_in(school: School, back: str) -> str:
    """Where a family comes in, and from there goes `back`."""
    return f"{_sign_in[Kind.GUARDIAN](school)}?{urlencode({'next': back})}"
