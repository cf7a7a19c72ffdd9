"""What the docs point at is there: pages, files, tests, commands of make."""

import re
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import pytest

from porchlight.delivery.gateways.contract import Gateway
from porchlight.delivery.gateways.tests.table import Table
from porchlight.languages import absence_lists, phrases
from tests.house import OURS, ROOT

NUMBERS = [
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
]  # fmt: skip
PAGES = sorted(
    [*ROOT.glob("*.md"), *(page for place in ("docs", *OURS) for page in (ROOT / place).rglob("*.md"))]
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)")
FILE = re.compile(r"`((?:porchlight|practice|tests|bin|bench|docs|\.ci)/[\w./-]+)`")
MAKE = re.compile(r"`make ([a-z]+)`")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
ROWS = re.compile(r"(?:^ *\|.*\n?)+", re.MULTILINE)  # rows of a table, up to the first line that is none
HEADED = re.compile(r" *\|.*\|\n *\|(?: *:?-+:? *\|)+(?:\n|$)")


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_every_link_and_every_named_file_is_there(page: Path) -> None:
    text = page.read_text()
    linked = [
        page.parent / link for link in LINK.findall(text) if "://" not in link and "screenshots" not in link
    ]
    named = [ROOT / name for name in FILE.findall(text)]
    assert [str(path) for path in [*linked, *named] if not path.exists()] == []


def without_a_header(text: str) -> list[str]:
    """The first rows of tables that have none: they are shown as they are typed."""
    tables = ROWS.findall(FENCED.sub("", text))
    return [table.partition("\n")[0] for table in tables if not HEADED.match(table)]


def test_an_empty_line_inside_a_table_is_found() -> None:
    whole = "text\n\n| a | b |\n| --- | :-: |\n| 1 | 2 |\n| 3 | 4 |\n"
    assert without_a_header(whole) == []
    assert without_a_header(whole.replace("| 3", "\n| 3")) == ["| 3 | 4 |"]
    assert without_a_header("```\n| 3 | 4 |\n```\n") == []


def test_every_row_of_a_table_stands_under_its_header() -> None:
    assert ROOT / "practice" / "README.md" in PAGES
    headless = {str(page.relative_to(ROOT)): without_a_header(page.read_text()) for page in PAGES}
    assert {page: rows for page, rows in headless.items() if rows} == {}


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


@pytest.mark.parametrize(
    ("need", "there"), [("L2", list(absence_lists.FOLDER.glob("*.toml"))), ("L6", phrases.languages())]
)
def test_a_need_counts_the_languages_there_are(need: str, there: Sequence[object]) -> None:
    [row] = re.findall(rf"^\| {need} \|.*$", (ROOT / "docs" / "needs.md").read_text(), re.MULTILINE)
    assert re.findall(r"(\w+) languages and scripts", row) == [NUMBERS[len(there)]]


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
