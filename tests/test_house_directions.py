"""What import-linter cannot see points down as well: foreign keys, templates, and addresses by name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import models

from tests.house import HOUSE, floors, is_below, is_test, place, python_files, room_of, templates, tree

BROUGHT = re.compile(r"{%-?\s*(?:include|extends)\s+[\"']([^\"']+)[\"']")
LINKED = re.compile(r"{%-?\s*url\s+[\"']([^\"']+)[\"']")
NAMING = {"reverse", "reverse_lazy", "redirect", "resolve_url"}
NOT_OURS = (
    "account_",
    "mfa_",
    "usersessions_",
    "socialaccount_",
    "openid_connect_",
)  # allauth's pages stand outside the house
REPLACED = {"account", "allauth", "mfa", "usersessions", "socialaccount", "django"}  # by accounts and design


def room_of_address(name: str) -> str:
    """`conversations:thread` belongs to conversations."""
    return name.partition(":")[0]


def our_templates() -> list[Path]:
    return [path for path in templates() if path.is_relative_to(HOUSE)]


def upward(found: Iterator[tuple[Path, int, str]]) -> list[str]:
    """Those that name a room above their own, or no room at all."""
    return [
        f"{place(path, line)} → {room}"
        for path, line, room in found
        if room not in floors() or not is_below(room, room_of(path))
    ]


def lines_with(pattern: re.Pattern[str]) -> Iterator[tuple[Path, int, str]]:
    for path in our_templates():
        for number, line in enumerate(path.read_text().splitlines(), 1):
            for name in pattern.findall(line):
                yield path, number, name


def test_foreign_keys_point_down() -> None:
    wrong = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in floors()
        for field in model._meta.local_fields + model._meta.local_many_to_many
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model._meta.app_label in floors()
        and not is_below(field.related_model._meta.app_label, model._meta.app_label)
    ]
    assert wrong == []


def test_templates_include_and_extend_only_what_lies_below() -> None:
    found = ((path, number, name.partition("/")[0]) for path, number, name in lines_with(BROUGHT))
    assert upward(one for one in found if one[2] not in REPLACED) == []


def test_templates_link_only_to_pages_that_lie_below() -> None:
    found = (
        (path, number, name) for path, number, name in lines_with(LINKED) if not name.startswith(NOT_OURS)
    )
    assert upward((path, number, room_of_address(name)) for path, number, name in found) == []


def addresses_named_in_python() -> Iterator[tuple[Path, int, str]]:
    for path in python_files("porchlight"):
        if is_test(path):
            continue
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            name = node.args[0].value
            if called in NAMING and isinstance(name, str) and not name.startswith(("/", "http", *NOT_OURS)):
                yield path, node.lineno, room_of_address(name)


def test_python_names_only_addresses_that_lie_below() -> None:
    assert upward(addresses_named_in_python()) == []


def test_a_link_upward_would_be_found() -> None:
    page = HOUSE / "families" / "templates" / "families" / "page.html"
    assert upward(iter([(page, 3, "home")])) == ["porchlight/families/templates/families/page.html:3 → home"]
    assert upward(iter([(page, 3, "design")])) == []


def test_every_template_stands_in_a_folder_named_after_its_room() -> None:
    """So that the name alone tells the room. Others' own are replaced in the folders they look in."""
    wrong = [
        place(path)
        for path in our_templates()
        if "gateways" not in path.parts
        and path.relative_to(HOUSE).parts[2] != room_of(path)
        and not (room_of(path) in {"accounts", "design"} and path.relative_to(HOUSE).parts[2] in REPLACED)
        and path.name not in {"400.html", "403.html", "404.html", "500.html", "403_csrf.html"}
    ]
    assert wrong == []
