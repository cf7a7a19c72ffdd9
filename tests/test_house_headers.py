"""T28. A server on https as `doctor` wants it: Django has nothing to say against it, and every answer asks for https.

What every answer carries is tried with every cell of the doors' table: tests/test_house_doors.py.
"""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.doors.walking import Street, street
from tests.house import ROOT

SERVED = """
import json, django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
call_command("check", deploy=True, fail_level="WARNING")
answer = Client().get("/health/pages/", secure=True, headers={"host": "school.example.org"})
print(json.dumps({"headers": dict(answer.headers), "session": settings.SESSION_COOKIE_NAME,
                  "cookies": [settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY, settings.CSRF_COOKIE_SECURE]}))
"""
A_YEAR = 365 * 24 * 60 * 60


def test_t28_django_has_nothing_to_warn_of_where_schools_are_served(tmp_path) -> None:
    environment = {
        "DJANGO_SETTINGS_MODULE": "porchlight.config.settings",
        "PORCHLIGHT_BASE_URL": "https://school.example.org",
        "PORCHLIGHT_HOSTS": "school.example.org",
        "PORCHLIGHT_SECRET_KEY": "a long text that nobody would guess, of more than fifty letters, 7q2x",
        "PORCHLIGHT_VAR": str(tmp_path),
        "PATH": "",
    }
    done = subprocess.run(
        [sys.executable, "-c", SERVED], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=100
    )
    assert done.returncode == 0, done.stderr
    assert "WARNINGS" not in done.stderr, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    age = dict(part.partition("=")[::2] for part in told["headers"]["Strict-Transport-Security"].split("; "))
    assert int(age["max-age"]) >= A_YEAR
    assert "includeSubDomains" in age
    assert (told["session"], told["cookies"]) == ("__Host-session", [True, True, True])


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: object) -> Iterator[Street]:
    with django_db_blocker.unblock(), street("maple-street", "oak-lane") as made:
        yield made


@pytest.mark.django_db
def test_t28_signing_out_clears_what_the_browser_kept(town: Street) -> None:
    for actor in ("teacher", "father", "child"):
        answer = town.asks(actor, "POST", "/accounts/logout/")
        assert answer.headers["Clear-Site-Data"] == '"cache", "storage"', actor
    assert "Clear-Site-Data" not in town.asks("nobody", "POST", "/accounts/logout/").headers
