"""A browser in which somebody is signed in: what the tests of pages begin with."""

from __future__ import annotations

import time
from typing import Any, Protocol

from django.test import Client

from porchlight.accounts.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


class Person(Protocol):
    """A post that somebody may sign in to: a colleague, an adult of a home, a student."""

    pk: Any
    user: Any

    def save(self) -> None: ...


def browser_of(who: Person | User) -> Client:
    """Theirs, signed in; a post that nobody could sign in to yet can be from now on."""
    if isinstance(who, User):
        user = who
    else:
        if who.user is None:
            kind = type(who).__name__.lower()
            who.user = User.objects.create_user(f"{kind}{who.pk}@example.org", name=str(who))
            who.save()
        user = who.user
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def proves(browser: Client, seconds_ago: float = 0.0) -> None:
    """This browser's holder took the second step then."""
    session = browser.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time() - seconds_ago}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
