"""T46. Somebody is erased: not one of their words is left in any table, file or task, also after a backup came back."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from io import StringIO
from pathlib import Path

import psycopg
import pytest
import time_machine
from django.conf import settings as house
from django.core.management import call_command
from django.db import connection
from psycopg import sql
from pytest_django import Settings

from porchlight.activity.chain import Fault
from porchlight.activity.sealing import record_faults, seal
from porchlight.families.models import Guardian, Student
from porchlight.privacy.erasing import OnHold, erase
from porchlight.privacy.gathering import Subject
from porchlight.privacy.models import Hold
from porchlight.privacy.register import of_schools
from porchlight.schools.actors import system
from porchlight.schools.models import School
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time
from tests.full_school.family import NOT_MADE, family, worried
from tests.full_school.more import complete
from tests.full_school.people import NOW, FullSchool, people

GOING, STAYING = "ibis4q", "kite8w"


BOTH = [
    pytest.param("sqlite", marks=pytest.mark.django_db(transaction=True)),
    pytest.param("postgresql", marks=[pytest.mark.postgres, pytest.mark.django_db]),
]


on_one = pytest.mark.parametrize("homes", BOTH[:1], indirect=True)


@pytest.fixture(params=BOTH)
def homes(
    request: pytest.FixtureRequest, settings: Settings, tmp_path: Path
) -> Iterator[tuple[FullSchool, FullSchool]]:
    """A full school with two families more: one will go, one stays. Real transactions on both databases."""
    settings.ERASURES, settings.MEDIA_ROOT = str(tmp_path / "erasures"), str(tmp_path / "files")
    with time_machine.travel(NOW, tick=False):
        full = people("maple-street", "wren7q", 1)
        with school_context(full.school):
            complete(full)
            both = family(full, GOING, 7), family(full, STAYING, 8)
        yield both


def everything(mark: str) -> list[str]:
    """Each table, and each kept file, that holds this mark: read past every model."""
    found = []
    schools = list(School.objects.values_list("pk", flat=True))
    with school_context(*schools), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            whole = f'row_to_json(each)::text FROM "{table}" AS each' if connection.vendor == "postgresql" else (
                f'* FROM "{table}"'
            )  # fmt: skip
            cursor.execute(f"SELECT {whole}")
            found += [table for row in cursor.fetchall() if any(mark in str(cell) for cell in row)]
    files = [path for path in Path(house.MEDIA_ROOT).rglob("*") if path.is_file()]
    return found + [str(path) for path in files if mark.encode() in path.read_bytes()]


def erase_both(home: FullSchool) -> None:
    by = system(home.school.pk)
    for row in (home.rows[Student], home.rows[Guardian]):
        with school_context(home.school):
            erase(Subject(row), by=by, now=school_time.now())


def tables_about_a_family() -> set[str]:
    """Every table that leads to a child or an adult and has words with a tier."""
    return {
        model._meta.db_table
        for model, kept in of_schools()
        if (kept.child or kept.adult) and model.tiers and model not in NOT_MADE
    }


def test_t46_nothing_of_theirs_is_left_and_everything_of_others_is(
    homes: tuple[FullSchool, FullSchool],
) -> None:
    going, _staying = homes
    before = sorted(everything(STAYING))
    there = everything(GOING)
    assert len(there) == len(before)
    assert tables_about_a_family() - set(there) == set()
    faults = faults_of(going.school)  # of the one link that the fixture made up
    erase_both(going)
    assert everything(GOING) == []
    assert sorted(everything(STAYING)) == before
    assert faults_of(going.school) == faults  # the record is as whole as before


def faults_of(school: School) -> list[Fault]:
    """Everything sealed, then all that is wrong with the record."""
    with school_context(school):
        while seal(school, now=NOW + timedelta(minutes=1)):
            continue
        return list(record_faults(school, {}, now=NOW))


def test_t46_a_backup_from_before_is_put_right_by_the_ledger(
    homes: tuple[FullSchool, FullSchool], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    going, _staying = homes
    backup = (OfSqlite if connection.vendor == "sqlite" else OfPostgres)(tmp_path, request)
    backup.take()
    erase_both(going)
    backup.put_back()
    assert everything(GOING) != []
    call_command("privacy", "reerase", stdout=(out := StringIO()))
    assert out.getvalue() == "maple-street: 2 erased again, 0 not here, 0 on hold.\n"
    assert everything(GOING) == []
    assert everything(STAYING) != []
    call_command("privacy", "reerase", stdout=(out := StringIO()))
    assert out.getvalue() == "maple-street: 0 erased again, 2 not here, 0 on hold.\n"


class OfSqlite:
    """The database's file, and back."""

    def __init__(self, place: Path, _request: pytest.FixtureRequest) -> None:
        self.file = place / "backup.sqlite3"

    def take(self) -> None:
        connection.ensure_connection()
        with closing(sqlite3.connect(self.file)) as copy:
            connection.connection.backup(copy)

    def put_back(self) -> None:
        connection.ensure_connection()
        with closing(sqlite3.connect(self.file)) as copy:
            copy.backup(connection.connection)


class OfPostgres:
    """What `pg_dump` writes, and back."""

    def __init__(self, place: Path, request: pytest.FixtureRequest) -> None:
        self.file, self.url = place / "backup.dump", request.getfixturevalue("postgres").administrator_url

    def take(self) -> None:
        subprocess.run(["pg_dump", "-Fc", "--data-only", "-f", self.file, self.url], check=True)

    def put_back(self) -> None:
        with psycopg.connect(self.url, autocommit=True) as admin:
            tables = admin.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            names = sql.SQL(", ").join(sql.Identifier(name) for (name,) in tables)
            admin.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
        subprocess.run(["pg_restore", "--disable-triggers", "-d", self.url, self.file], check=True)


@on_one
def test_t46_what_safeguarding_must_keep_stays_with_what_it_is_read_with(
    homes: tuple[FullSchool, FullSchool],
) -> None:
    going, _staying = homes
    with school_context(going.school):
        worried(going)
        answer = erase(Subject(going.rows[Student]), by=system(going.school.pk), now=school_time.now())
    assert answer.kept_counts == {
        "conversations.Message": 1, "conversations.Notice": 1, "conversations.Thread": 1,
        "conversations.Worry": 1, "delivery.Attachment": 1, "families.Student": 1, "files.StoredFile": 1,
    }  # fmt: skip
    assert answer.gone["families.Enrolment"] == 1


@on_one
@pytest.mark.parametrize("on", ["student", "guardian"])
def test_t47_a_hold_wins(homes: tuple[FullSchool, FullSchool], on: str) -> None:
    going, _staying = homes
    before = sorted(everything(GOING))
    row = going.rows[Student if on == "student" else Guardian]
    with school_context(going.school):
        hold = Hold.objects.create(
            school=going.school, why="A court asks.", set_by=going.staff["leader"], **{on: row}
        )
        with pytest.raises(OnHold):
            erase(Subject(going.rows[Student]), by=system(going.school.pk), now=school_time.now())
    assert sorted(everything(GOING)) == before
    hold.lifted_at = NOW
    with school_context(going.school):
        hold.save()
    erase_both(going)
    assert everything(GOING) == []


@on_one
def test_t46_a_ledger_that_cannot_be_written_lets_nobody_go(
    homes: tuple[FullSchool, FullSchool], settings: Settings, tmp_path: Path
) -> None:
    going, _staying = homes
    (tmp_path / "in the way").touch()
    settings.ERASURES = str(tmp_path / "in the way")
    before = sorted(everything(GOING))
    with pytest.raises(OSError, match="in the way"):
        erase_both(going)
    assert sorted(everything(GOING)) == before
