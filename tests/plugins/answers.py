"""`--answers-anew`: tests/doors/answers.txt is written from what the house answers now; a person reviews the change."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """For a new page, or a door that was moved on purpose."""
    parser.addoption("--answers-anew", action="store_true", help="write tests/doors/answers.txt anew")
