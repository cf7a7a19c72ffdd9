"""`--pictures`: how many of the pictures tests/screenshots takes, and whether those of the docs are made anew."""

from __future__ import annotations

import pytest

CHOICES = ("few", "all", "docs")


def pytest_addoption(parser: pytest.Parser) -> None:
    """few: each page in one view, as every test run does. all: in every view. docs: all, and docs/screenshots."""
    parser.addoption("--pictures", choices=CHOICES, default="few", help="what tests/screenshots takes")
    parser.addoption("--only", default="", help="names of pages, with commas: only these are pictured")
