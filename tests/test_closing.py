"""A school leaves: not a word of it is in any table or file, others keep all of theirs, and a certificate stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from pytest_django import Settings

from porchlight.activity.models import Entry
from porchlight.activity.sealing import record_faults
from porchlight.privacy.certificates import place_of
from porchlight.privacy.closing import counted
from porchlight.privacy.models import Hold, Leaving
from porchlight.schools.models import School
from porchlight.schools.wall import school_context
from tests.full_school.more import complete
from tests.full_school.people import NOW, FullSchool, people
from tests.test_erasure import BOTH, OfPostgres, OfSqlite, everything, on_one

LEAVING, STAYING = "wren7q", "oak3zk"
ITS_NAME = ["schools_school"]  # the certificate is nobody's without it


@pytest.fixture(params=BOTH)
def homes(
    request: pytest.FixtureRequest, settings: Settings, tmp_path: Path
) -> Iterator[tuple[FullSchool, FullSchool]]:
    """Two full schools: the first leaves. Real transactions on both databases."""
    settings.ERASURES, settings.MEDIA_ROOT = str(tmp_path / "erasures"), str(tmp_path / "files")
    with time_machine.travel(NOW, tick=False):
        both = people("maple-street", LEAVING, 1), people("oak-lane", STAYING, 2)
        for full in both:
            with school_context(full.school):
                complete(full)
                Hold.objects.update(lifted_at=NOW)
                Leaving.objects.update(agreed_by=full.staff["office"], agreed_at=NOW, due_at=NOW)
        yield both


def run(*words: str) -> str:
    call_command("privacy", *words, stdout=(out := StringIO()))
    return out.getvalue()


def close() -> str:
    return run(
        "close", "maple-street", "--really", "maple-street", "--asked-by", "Mr Bell and Ms Reyes, in writing",
        "--backups-until", "2027-01-31",
    )  # fmt: skip


def test_t46_nothing_of_it_is_left_but_its_name_and_everything_of_others_is(
    homes: tuple[FullSchool, FullSchool], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    leaving, staying = homes
    before, there = sorted(everything(STAYING)), everything(LEAVING)
    assert len(there) > 60
    with school_context(staying.school):
        counts_of_others = counted(staying.school)
    backup = (OfSqlite if connection.vendor == "sqlite" else OfPostgres)(tmp_path, request)
    backup.take()
    close()
    assert everything(LEAVING) == ITS_NAME
    assert sorted(everything(STAYING)) == before
    with school_context(staying.school):
        assert counted(staying.school) == counts_of_others
    assert nothing_but_the_record(leaving.school)
    backup.put_back()
    assert everything(LEAVING) != []
    assert "maple-street: 1 erased again" in run("reerase")
    assert everything(LEAVING) == ITS_NAME
    assert sorted(everything(STAYING)) == before
    assert "maple-street: 0 erased again, 1 not here" in run("reerase")
    assert "whole" in run("certificate", "maple-street", str(place_of("maple-street")))


def nothing_but_the_record(school: School) -> bool:
    with school_context(school):
        assert Entry.objects.in_school(school).exists()
        return not any(number for label, number in counted(school).items())


@on_one
def test_the_certificate_counts_what_went_and_a_changed_letter_is_found(
    homes: tuple[FullSchool, FullSchool], tmp_path: Path
) -> None:
    leaving, _staying = homes
    with school_context(leaving.school):
        counts = counted(leaving.school)
        faults = list(record_faults(leaving.school, {}, now=NOW))
    assert "maple-street: closed" in close()
    told = place_of("maple-street").read_text()
    assert "Mr Bell and Ms Reyes, in writing" in told
    assert "2027-01-31" in told
    assert all(f"{label:<40} {number:>10}\n" in told for label, number in counts.items())
    (tmp_path / "changed.txt").write_text(told.replace("2027-01-31", "2026-12-31"))
    with pytest.raises(CommandError, match="It was changed"):
        run("certificate", "maple-street", str(tmp_path / "changed.txt"))
    with pytest.raises(CommandError, match="closed before"):
        close()
    with school_context(leaving.school):
        assert list(record_faults(leaving.school, {}, now=NOW)) == faults  # the record is as whole as before


@on_one
def test_its_addresses_are_nobodys_and_its_people_have_no_sign_in(
    homes: tuple[FullSchool, FullSchool],
) -> None:
    leaving, staying = homes
    users = {user.pk for user in leaving.users.values()} - {user.pk for user in staying.users.values()}
    assert Client().get("/maple-street/sign-in/").status_code == 200
    close()
    assert Client().get("/maple-street/sign-in/").status_code == 404
    assert Client().get("/oak-lane/sign-in/").status_code == 200
    assert not type(next(iter(leaving.users.values()))).objects.filter(pk__in=users).exists()


@on_one
def test_without_the_words_that_mean_it_only_counts_and_a_hold_wins(
    homes: tuple[FullSchool, FullSchool],
) -> None:
    leaving, _staying = homes
    before = everything(LEAVING)
    assert "would lose" in run("close", "maple-street")
    with pytest.raises(CommandError, match="--backups-until"):
        run("close", "maple-street", "--really", "maple-street")
    with school_context(leaving.school):
        Hold.objects.create(
            school=leaving.school,
            why="A court asks.",
            set_by=leaving.staff["leader"],
            student=leaving.students["child"],
        )
    with pytest.raises(CommandError, match="on hold"):
        close()
    assert set(before) <= set(everything(LEAVING))


@on_one
def test_a_certificate_that_cannot_be_written_lets_nothing_go(
    homes: tuple[FullSchool, FullSchool], settings: Settings, tmp_path: Path
) -> None:
    before = sorted(everything(LEAVING))
    (tmp_path / "in the way").touch()
    settings.ERASURES = str(tmp_path / "in the way")
    with pytest.raises(CommandError, match="Nothing was erased"):
        close()
    assert sorted(everything(LEAVING)) == before


@on_one
def test_the_whole_copy_holds_every_row_of_it_and_none_of_others(
    homes: tuple[FullSchool, FullSchool], tmp_path: Path
) -> None:
    leaving, _staying = homes
    place = tmp_path / "maple-street.zip"
    run("copy", "maple-street", str(place))
    with school_context(leaving.school), ZipFile(place) as archive:
        rows = {
            name: archive.read(name).decode().splitlines()
            for name in archive.namelist()
            if name.endswith("l")
        }
        inside = counted(leaving.school)
        assert {name.removesuffix(".jsonl"): len(told) for name, told in rows.items() if told}.items() >= {
            label: number for label, number in inside.items() if f"{label}.jsonl" in rows
        }.items()
        assert [name for name, told in rows.items() if any(STAYING in one for one in told)] == []
        assert LEAVING in json.loads(rows["families.Student.jsonl"][0])["name"]
        assert any(name.startswith("files/") for name in archive.namelist())
    with pytest.raises(CommandError, match="cannot be written"):
        run("copy", "maple-street", str(place))
