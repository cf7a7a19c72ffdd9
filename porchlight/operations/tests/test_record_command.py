"""T36. Workers seal the record as they go round; `porchlight record check` says whether it is whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from porchlight.activity.models import Anchor, Entry, EntrySeal
from porchlight.activity.record import record
from porchlight.operations import keeping_record
from porchlight.operations.keeping_record import keep_record
from porchlight.operations.tests.conftest import NOW
from porchlight.schools.actors import system
from porchlight.schools.models import School


@pytest.fixture(autouse=True)
def _round(settings: Settings, tmp_path: Path) -> None:
    settings.ANCHORS = str(tmp_path)
    keeping_record._last.clear()


def test_a_worker_seals_and_anchors_and_the_check_sees_what_was_touched(
    maple: School, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    record("school.changed", about=maple, by=system(maple.pk))
    keep_record(maple, NOW)
    keep_record(maple, NOW)  # a moment later: nothing to do
    links = EntrySeal.objects.count()
    assert links == Entry.objects.count() > 0
    assert Anchor.objects.get().number == links
    call_command("record", "check")
    assert capsys.readouterr().out == f"maple-street: whole, {links} link{'s' * (links > 1)}, 1 anchor.\n"
    Entry.objects.filter(pk=Entry.objects.latest("pk").pk).update(verb="school.left_alone")
    with pytest.raises(SystemExit) as ended:
        call_command("record", "check", "--school", "maple-street", "--anchors", str(tmp_path))
    assert ended.value.code == 1
    said = f"maple-street: link {links}: its entry, or the link itself, was changed or moved.\n"
    assert capsys.readouterr().out == said


def test_a_folder_that_cannot_be_written_is_logged_and_the_record_still_sealed(
    maple: School, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    settings.ANCHORS = str(tmp_path / "file")
    keep_record(maple, NOW)
    assert "PORCHLIGHT_ANCHORS" in caplog.text
    assert EntrySeal.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--school", "elsewhere"], "There is no school elsewhere"),
        (["--anchors", "/nowhere/at/all"], "is no folder"),
    ],
)
def test_what_cannot_be_checked_is_said(maple: School, arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("record", "check", *arguments)


def test_a_file_that_is_no_list_of_anchors_is_said(maple: School, tmp_path: Path) -> None:
    (tmp_path / "maple-street.txt").write_text("12 13\n")
    with pytest.raises(CommandError, match="line 1: not a day, a number and a digest"):
        call_command("record", "check")
