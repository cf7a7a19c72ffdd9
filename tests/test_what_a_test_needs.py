"""A test that needs what a machine lacks is named as skipped, with what to install, before anything is made ready."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from porchlight.languages import speech
from tests import browser
from tests.plugins import what_is_here


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine whose PATH holds nothing but what a test puts there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    known = (browser.what_is_missing, speech.is_here)
    for asked in known:
        asked.cache_clear()
    yield tmp_path
    for asked in known:
        asked.cache_clear()


def put(folder: Path, name: str) -> None:
    program = folder / name
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)


def test_a_bare_machine_is_told_what_to_install(bare: Path) -> None:
    said = {name: why() for name, why in what_is_here.MISSING.items()}
    assert "package `git`" in said["git"]
    assert "package `chromium`" in said["browser"]
    assert "package `espeak-ng`" in said["voice"]


def test_a_copy_of_the_files_is_no_clone(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(bare, "git")
    monkeypatch.setattr(what_is_here, "ROOT", tmp_path)
    assert "a copy, not a clone" in what_is_here.MISSING["git"]()
    (tmp_path / ".git").touch()
    assert what_is_here.MISSING["git"]() == ""


def test_a_driver_that_does_not_start_says_why(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian's smallest system lacks a library that the driver was made with; Chromium does not bring it."""
    put(bare, "chromium")
    put(bare, "driver")
    monkeypatch.setattr(browser, "compute_driver_executable", lambda: (str(bare / "driver"), "cli.js"))
    assert browser.what_is_missing() == ""
    (bare / "driver").write_text("#!/bin/sh\necho 'driver: no library libatomic.so.1' >&2\nexit 127\n")
    browser.what_is_missing.cache_clear()
    assert browser.what_is_missing() == "what drives the browser does not start: no library libatomic.so.1"
