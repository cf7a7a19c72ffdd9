"""Tests that can fail: each asserts something, none waits on the clock, none replaces our own functions."""

import ast
import re

from tests.house import is_test, place, python_files, tree

ASSERTING = re.compile(r"\bassert|raises\(|expect\(|assert_|\bcheck_")


def test_every_test_asserts_something() -> None:
    bare = [
        f"{place(path, node)} {node.name}"
        for path in python_files()
        if path.name.startswith("test_")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not ASSERTING.search(ast.unparse(node.body))
    ]
    assert bare == []


def test_no_test_sleeps_or_mocks() -> None:
    """A pretend gateway may be slow; a test waits for what it wants to see."""
    found = [
        place(path, node)
        for path in python_files()
        if path.name.startswith("test_")
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Attribute) and ast.unparse(node) in {"time.sleep", "asyncio.sleep"})
        or (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("unittest"))
        or (isinstance(node, ast.Import) and node.names[0].name.startswith("unittest"))
    ]
    assert found == []


def test_every_test_file_is_named_by_a_behaviour_and_collected() -> None:
    """A file in a room's tests that holds tests but is not named test_… would never run."""
    silent = [
        place(path, node)
        for path in python_files()
        if is_test(path) and not path.name.startswith("test_")
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    ]
    assert silent == []
