"""The floor plan: rooms from the top floor to the cellar, what each is, whom it knows, who knows it."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import grimp
from tables import table

ROOT = Path(__file__).resolve().parents[2]


def page() -> str:
    """Markdown."""
    floors = _floors()
    knows = _knows(floors)
    rows = [
        (
            f"**{room}**",
            _first_sentence(ROOT / "porchlight" / room / "__init__.py"),
            ", ".join(knows[room]) or "–",
            ", ".join(other for other in floors if room in knows[other]) or "–",
        )
        for room in floors
    ]
    return f"""# Floor plan

Porchlight is a house of rooms. A room is a thing a teacher would name, and a folder under `porchlight/`. It
imports only from rooms below it; [import-linter](../pyproject.toml) and the tests in `tests/test_house_directions.py`
hold that for imports, foreign keys, templates and links. To speak upwards, a room sends a signal or keeps a
register that rooms above fill.

Top floor first:

{table(("room", "what it is", "uses", "used by"), rows)}
Beside the house stands `practice/`, which imports nothing of it and which it does not import:
{_first_sentence(ROOT / "practice" / "__init__.py")}
"""


def _floors() -> list[str]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [layers] = [contract["layers"] for contract in contracts if contract["id"] == "floors"]
    return list(layers)


def _knows(floors: list[str]) -> dict[str, list[str]]:
    graph = grimp.build_graph("porchlight", cache_dir=None)
    for module in [name for name in graph.modules if ".tests" in name or ".migrations" in name]:
        graph.remove_module(module)
    for room in floors:
        graph.squash_module(f"porchlight.{room}")
    return {
        room: [
            other
            for other in floors
            if other != room
            and f"porchlight.{other}" in graph.find_modules_directly_imported_by(f"porchlight.{room}")
        ]
        for room in floors
    }


def _first_sentence(module: Path) -> str:
    text = ast.get_docstring(ast.parse(module.read_text())) or ""
    return text.split("\n\n")[0].replace("\n", " ")
