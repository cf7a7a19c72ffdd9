from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from porchlight.accounts.models import User
from porchlight.delivery.models import Account
from porchlight.delivery.opening import open_account
from porchlight.delivery.tests import cast
from porchlight.operations import beating
from porchlight.schools.actors import Role, system
from porchlight.schools.models import School, Term
from porchlight.schools.tests.colleagues import colleague
from porchlight.schools.wall import school_context

NOW = cast.TUESDAY


@pytest.fixture
def safe_settings(settings: Any) -> Any:
    """As on a server that was set up with care."""
    settings.SECRET_KEY = "a" * 40
    settings.SEAL_KEY = "b" * 40
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["porchlight.example.org"]
    settings.BASE_URL = "https://porchlight.example.org"
    settings.BASE_HOST, settings.SCHEME, settings.HTTPS = "porchlight.example.org", "https", True
    settings.PROXIES = ["127.0.0.1"]
    settings.MAIL_URL = "smtp://mail.example.org"
    settings.DEFAULT_FROM_EMAIL = "Porchlight <porchlight@school.example.org>"
    return settings


@pytest.fixture
def maple(safe_settings: Any, db: None) -> Iterator[School]:
    """Maple Street School, well in every way, with its wall open; workers were here a moment ago."""
    school = cast.maple_street()
    with school_context(school):
        for role in (Role.OFFICE, Role.LEADER, Role.SAFEGUARDING):
            colleague(school, f"the {role}", role, user=User.objects.create_user(f"{role}@example.org"))
        deputy = User.objects.create_user("deputy@example.org")
        colleague(school, "the deputy", Role.SAFEGUARDING, is_deputy=True, user=deputy)
        Term.objects.create(school=school, name="Autumn", starts_on="2026-09-01", ends_on="2026-12-18")
        cast.home(school)
        phone(school)
        beating._last = (0, 0.0)
        beating.beat(school, NOW)
        yield school


def phone(school: School) -> Account:
    """The office's phone, set up as it should be."""
    return open_account(
        school=school,
        gateway="office_phone",
        label="Office phone",
        sender="+447700900100",
        settings={"username": "office", "country": "GB"},
        secrets={"password": "a password", "signing_key": "a signing key"},
        by=system(school.pk),
    )


def whatsapp(school: School, templates: str = "") -> Account:
    """The school's WhatsApp number, set up as it should be."""
    return open_account(
        school=school,
        gateway="whatsapp_cloud",
        label="WhatsApp",
        sender="+447700900101",
        settings={"phone_number_id": "1234567890", "templates": templates},
        secrets={"access_token": "token", "app_secret": "0" * 32, "verify_token": "a long word of ours"},
        by=system(school.pk),
    )


def is_postgres() -> bool:
    return connection.vendor == "postgresql"
