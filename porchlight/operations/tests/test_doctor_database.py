"""What `porchlight doctor` says about the database: each line, after its fault was made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from porchlight.operations.doctor import database as doctor
from porchlight.operations.doctor.examination import examine
from porchlight.operations.findings import Finding
from porchlight.operations.tests.conftest import NOW
from porchlight.schools.connecting import connected_with
from porchlight.schools.models import School
from tests.plugins.postgres import APPLICATION, Postgres, database


def said(found: list[Finding]) -> list[tuple[str, str]]:
    assert all(one.mend for one in found)
    return [(one.severity.value, one.words) for one in found]


@pytest.mark.django_db
def test_one_school_on_sqlite_has_nothing_to_mend() -> None:
    School.objects.create(slug="maple-street", name="Maple Street School")
    assert (doctor.away(), doctor.out_of_step(), list(doctor.findings())) == (None, None, [])


@pytest.mark.django_db
def test_two_schools_on_sqlite_have_no_wall_between_them() -> None:
    for slug in ("maple-street", "oak-lane"):
        School.objects.create(slug=slug, name=slug)
    assert said(list(doctor.findings())) == [
        ("wrong", "2 schools share an SQLite file, where no wall stands between them.")
    ]


@pytest.mark.parametrize(
    "url", ["postgresql://nobody:x@127.0.0.1:1/nowhere", "sqlite:////nowhere/at/all.sqlite3"]
)
def test_a_database_that_is_away_is_said_and_nothing_else_is_asked_of_it(
    url: str, safe_settings: Any, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock(), connected_with(database(url)):
        found = [one for one in examine(NOW) if one.about != "Machine"]
    assert said(found) == [("wrong", "The database does not answer (OperationalError).")]


@pytest.mark.django_db
def test_changes_that_wait_are_counted(safe_settings: Any) -> None:
    MigrationRecorder.Migration.objects.filter(app="operations", name="0002_whom_each_account_saw").delete()
    found = [one for one in examine(NOW) if one.about != "Machine"]
    assert said(found) == [("wrong", "1 change of the tables is waiting.")]


@pytest.mark.django_db
def test_tables_of_a_newer_version_are_said(safe_settings: Any) -> None:
    MigrationRecorder.Migration.objects.create(app="operations", name="0099_later")
    found = [one for one in examine(NOW) if one.about != "Machine"]
    assert said(found) == [("wrong", "The tables are newer than this Porchlight.")]


@pytest.mark.django_db
def test_no_school_yet_is_said(safe_settings: Any) -> None:
    found = [one for one in examine(NOW) if one.about != "Machine"]
    assert said(found) == [("look", "There is no school yet.")]


@pytest.mark.postgres
def test_postgresql_as_it_should_be_has_nothing_to_mend(postgres: Postgres) -> None:
    assert (doctor.away(), doctor.out_of_step(), list(doctor.findings())) == (None, None, [])


@contextmanager
def changed(postgres: Postgres, *statements: str) -> Iterator[None]:
    """The administrator's changes, seen by the application's role, and taken back."""
    with connected_with(database(postgres.administrator_url)), transaction.atomic():
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            cursor.execute(f"SET LOCAL ROLE {APPLICATION}")
        yield
        transaction.set_rollback(True)


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "ALTER TABLE schools_term NO FORCE ROW LEVEL SECURITY",
            "schools_term holds rows of schools without a forced wall: run `porchlight migrate`.",
        ),
        (
            f"ALTER TABLE schools_term OWNER TO {APPLICATION}",
            "The application's role owns schools_term: it could take its wall down.",
        ),
        (
            f"REVOKE SELECT ON schools_term FROM {APPLICATION}",
            "The application's role may not use schools_term.",
        ),
        (
            f"REVOKE UPDATE ON schools_term FROM {APPLICATION}",
            "The application's role may not use schools_term.",
        ),
        (
            f"REVOKE INSERT ON accounts_user FROM {APPLICATION}",
            "The application's role may not use accounts_user.",
        ),
        (
            f"GRANT UPDATE ON activity_entry TO {APPLICATION}",
            "The application's role may alter activity_entry, which is only to be added to.",
        ),
    ],
)
def test_a_fault_in_the_wall_or_the_rights_is_one_line(
    statement: str, words: str, postgres: Postgres
) -> None:
    with changed(postgres, statement):
        assert said(list(doctor.findings())) == [("wrong", words)]


@pytest.mark.postgres
def test_serving_as_a_superuser_is_said(postgres: Postgres) -> None:
    with connected_with(database(postgres.administrator_url)):
        words = [one.words for one in doctor.findings()]
    assert "The application's role is a superuser or may bypass row security: no wall holds for it." in words


@pytest.mark.postgres
@pytest.mark.parametrize(("seconds", "severity"), [(25, "look"), (-300, "wrong")])
def test_two_clocks_apart_are_said(seconds: int, severity: str, postgres: Postgres) -> None:
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=seconds), tick=False):
        [(how_bad, words)] = said(list(doctor.findings()))
    assert how_bad == severity
    assert re.fullmatch(
        r"Its clock and this machine's are (2\d seconds|5 minutes) apart: links and codes end too early or too late\.",
        words,
    )
