"""docs/asvs.md: every chapter of the standard once, each with tests that are there, or a deviation that has a name."""

import re

import pytest

from tests.house import ROOT

PAGE = (ROOT / "docs/asvs.md").read_text()
FILE = re.compile(r"`([\w./-]+)`")
CHAPTERS = re.findall(r"^\| V(\d+) [^|]+\|([^|]+)\|([^|]+)\|([^|]+)\|$", PAGE, re.MULTILINE)
DEVIATIONS = dict(re.findall(r"^- \*\*(D\d) (.+?)(?=^- \*\*|\Z)", PAGE, re.M | re.S))


def test_every_chapter_of_the_standard_has_one_line_in_its_order() -> None:
    assert [int(number) for number, *_ in CHAPTERS] == list(range(1, 18))


@pytest.mark.parametrize("chapter", CHAPTERS, ids=[f"V{number}" for number, *_ in CHAPTERS])
def test_a_chapter_names_tests_or_says_why_there_is_nothing_to_test(chapter: tuple[str, ...]) -> None:
    _number, _what, tests, otherwise = chapter
    assert FILE.findall(tests) or "there is none" in otherwise


def test_every_test_it_names_is_a_file_with_tests_in_it() -> None:
    named = set(FILE.findall(PAGE))
    assert len(named) > 50
    without = [
        name
        for name in sorted(named)
        if not (ROOT / name).is_file()
        or not re.search(r"^(async )?def test_", (ROOT / name).read_text(), re.MULTILINE)
    ]
    assert without == []


def test_every_deviation_is_named_in_a_chapter_and_every_name_is_explained() -> None:
    named = {name for *_, otherwise in CHAPTERS for name in re.findall(r"D\d", otherwise)}
    assert named == set(DEVIATIONS)
    assert all(FILE.search(body) or "](" in body for body in DEVIATIONS.values())
