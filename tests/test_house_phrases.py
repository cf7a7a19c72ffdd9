"""Every phrase a room says stands in the phrase book: a missing one would fail only when a home waits for it."""

import ast

from porchlight.delivery.content import ServiceKind
from porchlight.languages.phrase_list import PHRASES
from tests.house import HOUSE, is_test, place, python_files, room_of, tree

SAYING = {"say", "saying", "instead"}


def said() -> dict[str, str]:
    """Phrases named in the rooms above the book, each with one place that says it."""
    return {
        node.args[0].value: place(path, node)
        for path in python_files("porchlight")
        if not is_test(path)
        and room_of(path) not in {"languages", "toolbox"}
        and "gateways" not in path.relative_to(HOUSE).parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in SAYING
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_every_phrase_that_is_said_stands_in_the_book() -> None:
    named = said()
    assert {"yes", "no", "seen", "please_ring_us", "message_waiting"} <= set(named)
    assert {phrase: spot for phrase, spot in named.items() if phrase not in PHRASES} == {}


def test_every_kind_of_service_message_stands_in_the_book() -> None:
    assert {kind.value for kind in ServiceKind} <= set(PHRASES)
