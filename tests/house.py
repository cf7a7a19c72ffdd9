"""The house as its tests see it: files, rooms and floors, read from the checkout and from the contract."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "porchlight"
OURS = ("porchlight", "practice", "tests", "bench", "bin")


@cache
def floors() -> tuple[str, ...]:
    """Rooms, top floor first, as import-linter's contract in pyproject.toml holds them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [layers] = [contract["layers"] for contract in contracts if contract["id"] == "floors"]
    return tuple(layers)


def rooms_on_disk() -> set[str]:
    """Folders of the house that hold Python."""
    return {path.parent.name for path in HOUSE.glob("*/__init__.py")}


def room_of(path: Path) -> str:
    """The room a file of the house stands in."""
    return path.relative_to(HOUSE).parts[0]


def is_below(lower: str, upper: str) -> bool:
    """Whether `upper` may know `lower`: a floor below, or itself."""
    return floors().index(lower) >= floors().index(upper)


def python_files(*places: str) -> Iterator[Path]:
    """Our Python, without migrations, which Django writes."""
    for place in places or OURS:
        for path in sorted((ROOT / place).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path
    if not places:
        yield ROOT / "conftest.py"


def is_test(path: Path) -> bool:
    """Tests and what only they use."""
    return "tests" in path.relative_to(ROOT).parts or path.name == "conftest.py"


def templates() -> Iterator[Path]:
    """Every template, mail and text templates too."""
    for place in ("porchlight", "practice"):
        for folder in sorted((ROOT / place).rglob("templates")):
            yield from sorted(path for path in folder.rglob("*") if path.is_file())


@cache
def checked_in() -> tuple[Path, ...]:
    """Every file that the repository holds. A test that asks is marked `git`."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(ROOT / name for name in listed.stdout.split("\0") if name)


@cache
def tree(path: Path) -> ast.Module:
    """A parsed file."""
    return ast.parse(path.read_text())


def place(path: Path, node: ast.expr | ast.stmt | int = 0) -> str:
    """How a failing test names a line."""
    line = node if isinstance(node, int) else node.lineno
    return f"{path.relative_to(ROOT)}:{line}" if line else str(path.relative_to(ROOT))
