"""Maple Street School with a token for another system, and that system."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from porchlight.api.models import ApiToken
from porchlight.api.tokens import make_token
from porchlight.conversations.tests.conftest import Town, _gateways, staff, town
from porchlight.schools.actors import Role, Scope
from porchlight.schools.models import StaffMember
from porchlight.toolbox import school_time

__all__ = ["_gateways", "staff", "town"]  # fixtures, and a helper

ALL = tuple(Scope)


@dataclass
class System:
    """Another system that holds a token."""

    secret: str
    token: ApiToken
    client: Client = field(default_factory=lambda: Client(raise_request_exception=True))

    def get(self, path: str, **headers: str) -> HttpResponse:
        """What stands at an address."""
        return self.client.get(f"/api/v1/{path}", headers=self._headers(headers))

    def reads(self, path: str) -> Any:
        """The same, where nothing goes wrong."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def sends(self, path: str, body: object, **headers: str) -> HttpResponse:
        """POST as JSON."""
        text = json.dumps(body)
        return self.client.post(
            f"/api/v1/{path}", text, content_type="application/json", headers=self._headers(headers)
        )

    def hands_over(self, path: str, **fields: object) -> HttpResponse:
        """POST as a form with a file."""
        return self.client.post(f"/api/v1/{path}", fields, headers=self._headers({}))

    def _headers(self, headers: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return {"Authorization": f"Bearer {self.secret}", **named}


@pytest.fixture
def office(town: Town) -> StaffMember:
    """Who makes tokens."""
    return staff(town.school, "Ms Office", Role.OFFICE)


@pytest.fixture
def system(town: Town, office: StaffMember) -> Callable[..., System]:
    """`system(Scope.PEOPLE)`: another system with these scopes; with every one where none is named."""
    cache.clear()

    def come(*scopes: Scope, by: StaffMember = office, per_minute: int = 10_000) -> System:
        token, secret = make_token(
            school=town.school,
            by=by,
            label="Library",
            scopes=scopes or ALL,
            per_minute=per_minute,
            expires_at=school_time.now() + timedelta(days=30),
        )
        return System(secret, token)

    return come
