"""Maple Street School, empty and after its roster."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.rosters.actions import take
from porchlight.rosters.tests.bundles import oneroster, small_school, zipped
from porchlight.rosters.tests.handing import member
from porchlight.schools.actors import Actor, system
from porchlight.schools.models import School


@pytest.fixture
def maple() -> School:
    return School.objects.create(slug="maple-street", name="Maple Street School", timezone="Europe/London")


@pytest.fixture
def by(maple: School) -> Actor:
    return system(maple.pk)


@pytest.fixture
def on_roll(maple: School, by: Actor, tmp_path: Path) -> School:
    """Maple Street after its roster: Hamza and Zara with their mother Samina, in 4A."""
    take(path=zipped(tmp_path / "roster.zip", oneroster(small_school())), school=maple, by=by)
    return maple


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: LazySettings) -> None:
    """What is handed over lies in a folder of the test's own, and no other test waits for its turn there."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def office(maple: School) -> Client:
    """The office's browser."""
    return browser_of(member(maple, "office"))


@pytest.fixture
def bundle(tmp_path: Path) -> bytes:
    """The small school's roster."""
    return zipped(tmp_path / "r.zip", oneroster(small_school())).read_bytes()
