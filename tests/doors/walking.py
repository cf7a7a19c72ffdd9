"""Trying one address by one method as one actor, and leaving no trace of it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.template import Template
from django.test import Client
from django.test import utils as test_utils
from django.test.utils import override_settings

from porchlight.accounts.models import User
from porchlight.api.tokens import make_token
from porchlight.schools.actors import Scope
from porchlight.schools.granting import ask_to_look, let_in
from porchlight.schools.wall import school_context
from tests.full_school.more import complete
from tests.full_school.people import NOW, FullSchool, cookie_of, people

SIGN_IN = ("/sign-in/", "/accounts/login/", "/accounts/reauthenticate/", "/accounts/2fa/")
MARKS = ("wren7q", "oak3zk", "elm9vd")
UNTRIED = "before the second step"


@dataclass
class Street:
    """The schools and everybody's cookies."""

    full: FullSchool
    others: list[FullSchool]
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)  # of who comes without cookies
    browser: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    @contextmanager
    def untouched(self) -> Iterator[None]:
        """What happens inside has not happened."""
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    def asks(self, actor: str, method: str, path: str, data: Any = None, **more: Any) -> HttpResponseBase:
        """One request, taken back."""
        second_step = override_settings(SECOND_STEP=True) if actor == UNTRIED else nullcontext()
        sender = self.browser
        sender.cookies.clear()
        sender.cookies.load(self.cookies[actor])
        more.setdefault("headers", self.headers.get(actor))
        with self.untouched(), second_step:
            if method in {"GET", "POST"}:
                response = getattr(sender, method.lower())(path, data or {}, **more)
            else:
                response = sender.generic(method, path, **more)
            if response.streaming:
                response.text_of_it = b"".join(response.streaming_content)
        return response


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the database is told meanwhile, each statement without its values.

    Django's own CaptureQueriesContext asks SQLite, for each, to quote its values: as much work again as the statement.
    """
    said: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        said.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield said


def answer_of(response: HttpResponseBase) -> str:
    """As the table writes it."""
    if response.status_code in {301, 302, 303} and any(
        place in response.headers["Location"].partition("?")[0] for place in SIGN_IN
    ):
        return "sign-in"
    return str(response.status_code)


@contextmanager
def street(*slugs: str) -> Iterator[Street]:
    """Full schools side by side, in a transaction that is taken back; the clock stands."""
    with time_machine.travel(NOW, tick=False), transaction.atomic(), _as_served():
        yield built(*slugs)
        transaction.set_rollback(True)


def built(*slugs: str) -> Street:
    """Full schools and everybody's cookies. The first is the one that is looked at."""
    cache.clear()
    schools = [
        people(slug, mark, place + 1) for place, (slug, mark) in enumerate(zip(slugs, MARKS, strict=False))
    ]
    for full in schools:
        with school_context(full.school):
            complete(full)
    made = Street(schools[0], schools[1:])
    _cookies(made)
    _token(made)
    for actor in made.cookies:  # the list of somebody's sessions is written at the first page they see
        made.browser.cookies.load(made.cookies[actor])
        made.browser.get("/no-such-page/")
        made.browser.cookies.clear()
    return made


@contextmanager
def _as_served() -> Iterator[None]:
    """Pages are made as a server makes them: nothing is kept of their templates, and no line of a log is laid out."""
    plain = test_utils._TestState.saved_data.template_render
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", plain)
        logging.disable(logging.ERROR)
        yield
        logging.disable(logging.NOTSET)


def _cookies(street: Street) -> None:
    users = dict(street.full.users)
    users["leader elsewhere"] = street.others[0].users["leader"]
    users[UNTRIED] = users["leader"]
    users["who runs the server"] = User.objects.create_user(
        "runs@example.org", is_staff=True, is_superuser=True
    )
    users["operator let in"] = _let_in(street.full)
    session = settings.SESSION_COOKIE_NAME
    street.cookies = {who: {session: cookie_of(user)} for who, user in users.items()}
    street.cookies["nobody"] = {}
    holder = Client()
    holder.post(f"/{street.full.school.slug}/n/{street.full.secrets['notice']}/")
    street.cookies["link holder"] = {name: one.value for name, one in holder.cookies.items()}


def _let_in(full: FullSchool) -> User:
    """Who runs the server, with the school's own yes for an hour."""
    operator = User.objects.create_user("let-in@example.org", name="Sam at the host", is_staff=True)
    with school_context(full.school):
        grant = ask_to_look(full.school, operator, why="Texts have not left since noon.")
        let_in(grant, by=full.staff["leader"].actor())
    return operator


def _token(street: Street) -> None:
    """Another system of the school, with every scope there is."""
    full = street.full
    with school_context(full.school):
        _row, secret = make_token(
            school=full.school,
            by=full.staff["leader"],
            label="Library",
            scopes=Scope,
            per_minute=100_000,
            expires_at=NOW + timedelta(days=30),
        )
    street.cookies["token"], street.headers["token"] = {}, {"Authorization": f"Bearer {secret}"}
