"""T18. A sheet that leaves is written in one place, where no cell can act; no room writes one by itself."""

import ast
from pathlib import Path

from tests.house import ROOT

WRITERS = {
    "porchlight/toolbox/inert.py": "the one place",
    "porchlight/rosters/anysheet/weaving.py": "a file between our own import and itself, handed to nobody",
    "porchlight/demo/make_data.py": "made-up sheets to try an import with",
}


def test_t18_no_room_writes_a_sheet_of_its_own() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in Path(ROOT, "porchlight").rglob("*.py")
        if "tests" not in path.parts and _writes(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == {*WRITERS}


def _writes(tree: ast.AST) -> bool:
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names |= {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    uses_csv = any(
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "csv"
        and node.attr in {"writer", "DictWriter"}
        for node in ast.walk(tree)
    )
    return uses_csv or bool(names & {"DictWriter", "Workbook", "write_only"})
