"""What the docs point at is there: pages, files, tests, commands of make."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from porchlight.delivery.gateways.contract import Gateway
from porchlight.delivery.gateways.tests.table import Table
from tests.house import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)")
FILE = re.compile(r"`((?:porchlight|practice|tests|bin|bench|docs|\.ci)/[\w./-]+)`")
MAKE = re.compile(r"`make ([a-z]+)`")


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_every_link_and_every_named_file_is_there(page: Path) -> None:
    text = page.read_text()
    linked = [
        page.parent / link for link in LINK.findall(text) if "://" not in link and "screenshots" not in link
    ]
    named = [ROOT / name for name in FILE.findall(text)]
    assert [str(path) for path in [*linked, *named] if not path.exists()] == []


def test_every_picture_the_docs_show_is_there() -> None:
    shown = [
        page.parent / link
        for page in PAGES
        for link in LINK.findall(page.read_text())
        if "screenshots" in link
    ]
    assert ROOT / "docs/screenshots/desk-1280-light.webp" in shown
    assert [str(path.relative_to(ROOT)) for path in shown if not path.exists()] == []


def test_every_command_of_make_that_the_docs_name_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {name for page in PAGES for name in MAKE.findall(page.read_text())}
    assert named - targets == set()
    assert {"demo", "test", "check", "bench", "audit", "help"} <= targets


def test_the_readme_names_both_commands() -> None:
    readme = (ROOT / "README.md").read_text()
    assert "\nmake demo\n" in readme
    assert "\nmake test\n" in readme


def test_adding_a_gateway_names_everything_a_gateway_has_today() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text().split("## Add a gateway")[1].split("\n## ")[0]
    named = set(re.findall(r"`(\w+)`", text))
    asked = {name for name in (*vars(Gateway), *Gateway.__annotations__) if not name.startswith("_")}
    assert {"send", "fetch", "explain", "steps", "abilities"} <= asked
    assert asked - named == set()
    assert {"sends", "answers", "hears", "forgeries", "fates", "brings", "town"} <= named & {
        one.name for one in fields(Table)
    }
