"""A view reaches rows only through `visible_to(actor)`: "not yours" and "not there" are one answer."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house import is_test, place, python_files, tree

BY_NAME = {"School", "User", "Token"}  # outside the wall: found before anybody is known
MANAGERS = {"objects", "_default_manager", "_base_manager"}


def is_view(path: Path) -> bool:
    return not is_test(path) and (path.stem.startswith("views") or path.parent.name == "views")


def ways_around(module: ast.Module) -> Iterator[ast.AST]:
    """Places where rows are taken from a manager by anything but `visible_to`."""
    through = {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr == "visible_to"
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and id(node) not in through:
            owner = node.value
            if not (isinstance(owner, ast.Name) and owner.id in BY_NAME):
                yield node
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
            "get_object_or_404",
            "get_list_or_404",
        }:
            first = node.args[0]
            if isinstance(first, ast.Name) and first.id[:1].isupper() and first.id not in BY_NAME:
                yield first


def test_views_take_rows_only_through_the_person() -> None:
    found = [
        place(path, node)
        for path in python_files("porchlight")
        if is_view(path)
        for node in ways_around(tree(path))
    ]
    assert found == []


def test_a_way_around_would_be_found() -> None:
    source = """
get_object_or_404(Student, pk=pk)
get_object_or_404(Student.objects.visible_to(actor), key=key)
Student.objects.filter(pk=1)
Student.objects.all().visible_to(actor)
School.objects.get(slug=slug)
Student._base_manager.get(pk=1)
"""
    assert sorted(node.lineno for node in ways_around(ast.parse(source))) == [2, 4, 5, 7]


def test_keepers_are_the_same_two_roles_everywhere() -> None:
    said = [
        place(path)
        for path in python_files()
        if re.search(r"^ *KEEPERS\b[^=\n]*= ", path.read_text(), re.MULTILINE)
    ]
    assert said == ["porchlight/schools/actors.py"]
