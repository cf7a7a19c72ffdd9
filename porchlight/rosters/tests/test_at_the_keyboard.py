"""`porchlight roster`: what a nightly job and somebody at the keyboard get to read, on both databases."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from porchlight.families.models import Student
from porchlight.rosters import progress
from porchlight.rosters.models import RosterImport
from porchlight.rosters.tests.bundles import oneroster, small_school, zipped
from porchlight.schools.models import School
from porchlight.schools.wall import school_context

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]),
]
HERE = "--school=maple-street"


def roster(*words: str | Path) -> str:
    out = io.StringIO()
    call_command("roster", *map(str, words), stdout=out)
    return out.getvalue()


def refused(*words: str | Path) -> tuple[str, str]:
    """What it printed, and the reason it ended with."""
    out = io.StringIO()
    with pytest.raises(CommandError) as reason:
        call_command("roster", *map(str, words), stdout=out)
    return out.getvalue(), str(reason.value)


def everybody(folder: Path) -> Path:
    return zipped(folder / "roster.zip", oneroster(small_school()))


def hamza_alone(folder: Path) -> Path:
    """The same school without Zara: half of its students gone."""
    school = small_school()
    school["users"] = [row for row in school["users"] if row["sourcedId"] != "s2"]
    school["roles"] = [row for row in school["roles"] if row["userSourcedId"] != "s2"]
    school["enrollments"] = [row for row in school["enrollments"] if row["userSourcedId"] != "s2"]
    return zipped(folder / "shorter.zip", oneroster(school))


def students(maple: School) -> list[str]:
    with school_context(maple):
        return sorted(Student.objects.on_roll().values_list("name", flat=True))


def test_a_look_says_what_would_come_and_changes_nothing(
    database: str, tmp_path: Path, maple: School
) -> None:
    lines = roster("preview", everybody(tmp_path), HERE).splitlines()
    assert lines[0].startswith("roster.zip (oneroster")
    assert [line.split() for line in lines if line.startswith("  students ")] == [["students", "2", "new"]]
    assert lines[-1] == "Nothing has been changed yet."
    assert students(maple) == []


def test_taken_and_taken_back_by_the_words_it_prints(database: str, tmp_path: Path, maple: School) -> None:
    last = roster("import", everybody(tmp_path), HERE).splitlines()[-1]
    assert students(maple) == ["Hamza Yousaf", "Zara Yousaf"]
    words = last.partition("porchlight roster ")[2].split()
    assert roster(*words).splitlines()[-1] == "Taken back. Everybody is as they were before this import."
    assert students(maple) == []
    assert refused(*words)[1] == "This import has been taken back already, or was never taken."
    assert refused("undo", "nosuchkey", HERE)[1] == "There is no import nosuchkey at this school."


def test_a_program_reads_the_same_as_json(database: str, tmp_path: Path, maple: School) -> None:
    told = json.loads(roster("import", everybody(tmp_path), HERE, "--json"))
    assert (told["outcome"], told["importable"], told["counts"]["student"]["added"]) == ("imported", True, 2)
    with school_context(maple):
        assert told["import"] == RosterImport.objects.get().key
    back = json.loads(roster("undo", told["import"], HERE, "--json"))
    assert back["outcome"] == "undone"


def test_too_many_who_would_go_are_asked_about_first(database: str, tmp_path: Path, maple: School) -> None:
    roster("import", everybody(tmp_path), HERE)
    shorter = hamza_alone(tmp_path)
    printed, why = refused("import", shorter, HERE)
    assert "      gone: Zara Yousaf" in printed.splitlines()
    assert "say so with --confirm-removals" in why
    assert "students" in why
    assert json.loads(refused("import", shorter, HERE, "--json")[0])["outcome"] == "too_many_removals"
    assert len(students(maple)) == 2
    roster("import", shorter, HERE, "--confirm-removals")
    assert students(maple) == ["Hamza Yousaf"]


def test_a_share_of_ones_own_may_go_unasked(database: str, tmp_path: Path, maple: School) -> None:
    roster("import", everybody(tmp_path), HERE)
    roster("import", hamza_alone(tmp_path), HERE, "--removals-above=100")
    assert students(maple) == ["Hamza Yousaf"]


def test_what_cannot_be_read_is_refused_in_words_and_as_json(
    database: str, tmp_path: Path, maple: School
) -> None:
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 and no more")
    printed, why = refused("import", broken, HERE)
    assert (printed, why.endswith(".")) == ("", True)
    told = json.loads(refused("import", broken, HERE, "--json")[0])
    assert told["outcome"] == "refused"
    assert told["problems"][0]["reason"] in why
    assert "There is no school called oak-lane here." in refused("preview", broken, "--school=oak-lane")[1]


class Screen(io.StringIO):
    """Somebody looks at it."""

    def isatty(self) -> bool:
        return True


def test_a_bar_grows_where_somebody_looks_and_is_gone_in_the_end(
    database: str, tmp_path: Path, maple: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    roster("import", everybody(tmp_path), HERE)
    drawn = screen.getvalue().split("\r")
    grown = [line.count("█") for line in drawn if "░" in line]
    assert grown == sorted(grown)
    assert len(set(grown)) > 3
    assert any(progress.words("student") in line for line in drawn)
    assert drawn[-1] == ""
    assert drawn[-2].strip() == ""
