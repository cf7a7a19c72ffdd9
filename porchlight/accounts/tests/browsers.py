"""A browser in which somebody is signed in: what the tests of pages begin with."""

from __future__ import annotations

from typing import Any, Protocol

from django.test import Client

from porchlight.accounts.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


class Person(Protocol):
    """A post that somebody may sign in to: a colleague, an adult of a home, a student."""

    pk: Any
    user: Any

    def save(self) -> None: ...


def browser_of(person: Person) -> Client:
    """Theirs, signed in; who could not sign in yet can from now on."""
    if person.user is None:
        kind = type(person).__name__.lower()
        person.user = User.objects.create_user(f"{kind}{person.pk}@example.org", name=str(person))
        person.save()
    client = Client()
    client.force_login(person.user, backend=BACKEND)
    return client
