"""Every exception has its reason beside it: a silenced check, a skipped test, a dependency."""

import io
import re
import tokenize
from collections.abc import Iterator

import pytest

from tests.house import ROOT, place, python_files

SILENCED = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma:|nosec|ruff:|mypy:)")
WITH_REASON = re.compile(
    r"#\s*(?:noqa:\s*[A-Z0-9, ]+|type:\s*ignore\[[a-z0-9, -]+\]|pragma:\s*no cover|nosec \w+)\s*(?:#|-|–|—|:)\s*\w"
)
DEPENDENCY = re.compile(r'^\s*"[A-Za-z0-9_.\[\],-]+(?:[<>=~!][^"]*)?",')


def comments() -> Iterator[tuple[str, str]]:
    for path in python_files():
        for token in tokenize.generate_tokens(io.StringIO(path.read_text()).readline):
            if token.type == tokenize.COMMENT:
                yield place(path, token.start[0]), token.string


def test_a_silenced_check_says_why() -> None:
    bare = [
        f"{where} {text}"
        for where, text in comments()
        if SILENCED.search(text) and not WITH_REASON.search(text)
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("comment", "has_reason"),
    [
        ("# noqa", False),
        ("# noqa: S105", False),
        ("# noqa: S105 - a kind, not a secret", True),
        ("# type: ignore[attr-defined]", False),
        ("# type: ignore[attr-defined]  # Django's request takes what middleware gives it", True),
    ],
)
def test_a_reason_is_told_from_none(comment: str, has_reason: bool) -> None:
    assert SILENCED.search(comment)
    assert bool(WITH_REASON.search(comment)) is has_reason


def test_nothing_is_left_for_later_without_saying_so_openly() -> None:
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    assert [where for where, text in comments() if marks.search(text)] == []


def dependencies(section: str) -> list[str]:
    text = (ROOT / "pyproject.toml").read_text()
    start = text.index(section)
    return [line for line in text[start : text.index("\n]", start)].splitlines() if DEPENDENCY.match(line)]


@pytest.mark.parametrize("section", ["\ndependencies = [", "\ndev = ["])
def test_every_dependency_says_what_it_is_for(section: str) -> None:
    lines = dependencies(section)
    plain = {'"pytest', '"pytest-django', '"ruff', '"mypy', '"pytest-cov'}  # their names say it
    assert len(lines) > 10
    assert [
        line for line in lines if "#" not in line and re.split(r"[\[<>=]", line.strip())[0] not in plain
    ] == []
