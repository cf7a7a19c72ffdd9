"""T20. Whoever gave a password alone, or only a family's code, gets to the second step and to nothing else of a school."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from porchlight.accounts.models import User
from porchlight.accounts.proving import mark_family_session
from porchlight.accounts.tests.browsers import browser_of
from porchlight.accounts.tests.identity_kit import providers, town
from porchlight.families.models import Address, ContactPoint, Guardian, Guardianship, Student
from porchlight.schools.actors import Role
from porchlight.schools.models import School
from porchlight.schools.tests.colleagues import colleague
from porchlight.welcome.coming_in import came_by

__all__ = ["providers", "town"]

MAIL, PASSWORD = "amal@example.org", "three cups of tea"
CANARY = "Qz7canary"
VERIFY = {"account_logout", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
ENROL = VERIFY | {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn"}
GUARDED_OTHERWISE = ("schools:changes",)  # what only listens is told that it is over
OF_ONES_SIGN_IN = ("mfa_", "socialaccount_connections", "account_change", "account_set")


def addresses(
    patterns: list[URLPattern | URLResolver] | None = None, before: str = "/", room: str = ""
) -> Iterator[tuple[str, str]]:
    """Every address of the house by its name, with made-up keys in it."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, route, entry.namespace or room)
        elif "^" not in route:  # allauth's two addresses of a secret, tried by their own tests
            path = route.replace("<slug:school>", "maple-street").replace("<slug:provider_id>", "google")
            path = re.sub(r"<int:\w+>", "999999", path)
            yield f"{room}:{entry.name}".lstrip(":"), re.sub(r"<\w+:\w+>", "nobody234567", path)


@pytest.fixture
def amal(db: None, settings) -> Iterator[User]:
    """She holds every post there is, and her own child is at the school."""
    cache.clear()
    settings.SECOND_STEP = True
    school = School.objects.create(slug="maple-street", name="Maple Street School")
    user = User.objects.create_user(MAIL, PASSWORD, name="Ms Amal")
    colleague(school, CANARY, *Role, user=user)
    student = Student.objects.create(school=school, name=CANARY)
    guardian = Guardian.objects.create(school=school, user=user, name=CANARY, addressed_as=CANARY)
    Guardianship.objects.create(school=school, guardian=guardian, student=student)
    address = Address.objects.create(school=school, channel="sms", value="+447700900001")
    ContactPoint.objects.create(school=school, address=address, guardian=guardian, consented=True)
    yield user
    cache.clear()


def by_password() -> Client:
    client = Client()
    assert client.post("/accounts/login/", {"login": MAIL, "password": PASSWORD}).status_code == 302
    return client


def by_family_code(user: User) -> Client:
    client = browser_of(user)
    session = client.session
    mark_family_session(session)
    came_by(session, Guardian.objects.get(), Address.objects.get().pk)
    session.save()
    return client


def answers(client: Client) -> Iterator[tuple[str, str, str, int, str]]:
    """Name, method, path, status and where it sends, of every address; signing out comes last."""
    for name, path in sorted(addresses(), key=lambda one: "logout" in one[0]):
        for method in ("get", "post"):
            answer = getattr(client, method)(path)
            body = b"" if answer.streaming else answer.content
            assert CANARY not in body.decode(errors="replace"), f"{method} {path}"
            yield name, method, path, answer.status_code, answer.headers.get("Location", "")


def is_shut(status: int, to: str) -> bool:
    """Not there, not by this method, or sent to where the second step is; the front doors lead to the desk."""
    sent = ("/accounts/2fa/", "/accounts/reauthenticate/", "/accounts/login/", "/accounts/logout/")
    leads = {"/maple-street/", "/maple-street/desk/"}
    return status in {404, 405} or (status in {302, 303} and (to.startswith(sent) or to in leads))


def as_to_a_stranger(method: str, path: str, status: int, to: str) -> bool:
    """Whether somebody who is not signed in at all gets the same: then it is nothing of a school."""
    answer = getattr(Client(), method)(path)
    return (answer.status_code, answer.headers.get("Location", "")) == (status, to)


def test_t20_a_password_alone_opens_the_second_step_and_nothing_of_a_school(amal: User, town) -> None:
    walked, wrongly_open = 0, []
    for name, method, path, status, to in answers(by_password()):
        walked += 1
        if name in ENROL or name.startswith(GUARDED_OTHERWISE) or is_shut(status, to):
            continue
        if not as_to_a_stranger(method, path, status, to):
            wrongly_open.append(f"{method} {path}: {status} {to}")
    assert walked > 300
    assert wrongly_open == []


def test_t20_a_familys_code_opens_the_familys_pages_and_no_way_round_the_second_step(amal: User) -> None:
    """Nor does the password on top of it: with a second step set up, that alone is asked for."""
    Authenticator.objects.create(user=amal, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = by_family_code(amal)
    assert client.get("/maple-street/week/").status_code == 200
    for and_the_password in (False, True):
        if and_the_password:
            assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302
        tried = [
            path for name, path in addresses() if name.startswith(OF_ONES_SIGN_IN) and name not in VERIFY
        ]
        assert len(tried) > 12
        for path in [*tried, "/maple-street/desk/"]:
            answer = client.get(path)
            assert answer.status_code == 404 or answer.url.startswith("/accounts/2fa/reauthenticate/"), path
