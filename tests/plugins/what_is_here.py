"""`@pytest.mark.voice` and `@pytest.mark.fonts`: tests that hear a machine's voice or print a letter.

Where the machine has none they are named as skipped, with what to install.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

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


MISSING: dict[str, Callable[[], str]] = {"voice": _no_voice, "fonts": _no_fonts}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before anything is made ready for the test."""
    for name, why in MISSING.items():
        if item.get_closest_marker(name) and (reason := why()):
            pytest.skip(reason)
