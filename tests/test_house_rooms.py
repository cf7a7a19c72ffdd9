"""Rooms: each on a floor, each introduced by a sentence, none a drawer for what had no place."""

import ast

from django.apps import apps
from django.conf import settings

from tests.house import HOUSE, floors, place, python_files, rooms_on_disk, tree

DRAWERS = {"utils", "util", "helpers", "misc", "common", "services", "lib", "core"}


def test_every_room_stands_on_a_floor_and_every_floor_holds_a_room() -> None:
    assert rooms_on_disk() == set(floors())


def test_every_room_but_the_wiring_and_the_toolbox_is_switched_on_in_the_order_of_the_floors() -> None:
    assert list(settings.ROOMS) == [room for room in floors() if room not in {"config", "toolbox"}]
    labels = {config.label for config in apps.get_app_configs() if config.name.startswith("porchlight.")}
    assert labels == set(settings.ROOMS)


def test_every_room_says_in_one_sentence_what_it_is() -> None:
    said = {room: ast.get_docstring(tree(HOUSE / room / "__init__.py")) or "" for room in floors()}
    assert [room for room, text in said.items() if not text.split("\n")[0].endswith(".")] == []
    assert len(set(said.values())) == len(said)


def test_no_drawer_for_what_had_no_place() -> None:
    names = [path for path in python_files() if path.stem in DRAWERS or DRAWERS & set(path.parent.parts)]
    assert [place(path) for path in names] == []
