"""Marks `browser`, `voice`, `fonts`, `git`: tests that look at a page, hear a machine's voice, print a letter, or go
through what the repository holds.

Where the machine has none they are named as skipped, with what to install.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRINTED_IN = ("en", "ur")  # what the letters of tests are printed in


def _no_voice() -> str:
    from porchlight.languages.speech import is_here

    return (
        ""
        if is_here()
        else "no espeak-ng on the PATH: install the package `espeak-ng` to hear words read out"
    )


def _no_fonts() -> str:
    from porchlight.welcome.letters.fonts import style_of

    packages = sorted({style.package for style in map(style_of, PRINTED_IN) if not style.is_here})
    return f"fonts are missing: install {', '.join(packages)} to print letters" if packages else ""


def _no_browser() -> str:
    from tests.browser import what_is_missing

    return what_is_missing()


def _no_git() -> str:
    if not shutil.which("git"):
        return "no git on the PATH: install the package `git` to go through the repository's files"
    return "" if (ROOT / ".git").exists() else "these files are a copy, not a clone: git knows none of them"


MISSING: dict[str, Callable[[], str]] = {
    "browser": _no_browser, "voice": _no_voice, "fonts": _no_fonts, "git": _no_git,
}  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before anything is made ready for the test."""
    for name, why in MISSING.items():
        if item.get_closest_marker(name) and (reason := why()):
            pytest.skip(reason)
