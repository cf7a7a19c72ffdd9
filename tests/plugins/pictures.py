"""`--pictures`: in how many views pages are looked at, and whether the pictures of the docs are made anew."""

from __future__ import annotations

import pytest

CHOICES = ("few", "all", "docs")
chosen = "few"  # in this run


def pytest_addoption(parser: pytest.Parser) -> None:
    """few: each page in one or two views, as every test run does. all: in every view. docs: all, and docs/screenshots."""
    parser.addoption(
        "--pictures", choices=CHOICES, default="few", help="how pages are looked at and pictured"
    )
    parser.addoption("--only", default="", help="names of pages, with commas: only these are pictured")


def pytest_configure(config: pytest.Config) -> None:
    """For tests/browser.py, whose callers have no other way to ask."""
    global chosen
    chosen = config.getoption("pictures")
