"""Two providers of the practice town, a browser that walks to them and back, and a colleague whom one of them knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

import practice
from porchlight.accounts.models import User

MAIL, PASSWORD = "amal@example.org", "three cups of tea"
PEOPLE = [
    {"sub": "248289761001", "name": "Amal Haddad", "email": MAIL},
    {"sub": "248289761002", "name": "Sam Bello", "email": "bello@example.org"},
]


@pytest.fixture(scope="session")
def providers() -> Iterator[practice.ThreadedTown]:
    """The town, once a run: making a provider's key takes a while."""
    with practice.town_in_thread() as town:
        yield town


@pytest.fixture
def town(providers: practice.ThreadedTown, settings) -> practice.ThreadedTown:
    """Google and Microsoft as two providers with the same people, both known here."""
    settings.IDENTITY_PROVIDERS = []
    for realm in ("google", "microsoft"):
        providers.identity(
            realm,
            client_id=f"porchlight-at-{realm}",
            client_secret="practice-secret",
            people=PEOPLE,
            rude="",
            callbacks=[f"http://testserver/accounts/with/{realm}/back/"],
        )
        settings.IDENTITY_PROVIDERS.append(
            {
                "id": realm,
                "name": realm.capitalize(),
                "issuer": f"{providers.url}/identity/{realm}",
                "client_id": f"porchlight-at-{realm}",
                "secret": "practice-secret",
            }
        )
    return providers


@pytest.fixture
def amal(db: None) -> Iterator[User]:
    """A colleague with a password. allauth counts sign-ins from one place in the cache: we leave none behind."""
    cache.clear()
    yield User.objects.create_user(MAIL, PASSWORD, name="Ms Amal")
    cache.clear()


@dataclass
class Browser:
    """One browser: ours is Django's test client, the provider's pages are asked for over HTTP."""

    client: Client = field(default_factory=Client)

    def come_in(self, password: str = PASSWORD) -> HttpResponse:
        return self.client.post("/accounts/login/", {"login": MAIL, "password": password})

    def go(self, provider: str = "google", **data: str) -> str:
        """Press the button; where the page in between leads."""
        answer = self.client.post(f"/accounts/with/{provider}/", data)
        assert answer.status_code == 200, answer.headers.get("Location")
        return str(answer.context["address"])

    def chosen(self, address: str, who: int = 0) -> str:
        """Say at the provider who one is; the address it sends back to, not yet followed."""
        where = urlsplit(address)
        data = {**dict(parse_qsl(where.query)), "person": PEOPLE[who]["sub"]}
        answer = requests.post(address.partition("?")[0], data=data, allow_redirects=False, timeout=5)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def follow(self, location: str) -> HttpResponse:
        """Back at our door."""
        return self.client.get(location.removeprefix("http://testserver"))

    def walk(self, provider: str = "google", who: int = 0, **data: str) -> HttpResponse:
        """There and back."""
        return self.follow(self.chosen(self.go(provider, **data), who))

    def connect(self, provider: str = "google", who: int = 0) -> HttpResponse:
        """Signed in by password, connect an account."""
        self.come_in()
        self.client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        return self.walk(provider, who, process="connect")

    @property
    def is_in(self) -> bool:
        return self.client.get("/accounts/sessions/").status_code == 200


def in_the_address(location: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(location).query))
