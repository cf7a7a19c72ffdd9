"""Every phrase a room says stands in the phrase book: a missing one would fail only when a home waits for it.

And every phrase of the book is said: one that is not would be asked of every translator for nothing.
"""

import ast

from porchlight.conversations.closing import WHYS
from porchlight.conversations.models import Shape
from porchlight.delivery.content import ServiceKind
from porchlight.languages.phrase_list import PHRASES
from porchlight.meetings.models import Where
from porchlight.meetings.whether import WORDS
from tests.house import HOUSE, is_test, place, python_files, room_of, tree

SAYING = {"say", "saying", "instead"}
# Put together where they are said, from what somebody chose.
PUT_TOGETHER = {
    *(f"reply_{shape}" for shape in Shape),
    *(f"closed_for_{why}" for why in WHYS),
    *(f"meeting_{word}" for word in WORDS.values()),
    *(f"visit_{place}" for place in Where),
    *(f"absence_{how}{day}" for how in ("ill", "away") for day in ("", "_today")),
}


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


def named() -> set[str]:
    """Every whole string in the rooms, but in the book's own lists."""
    lists = {HOUSE / "languages" / name for name in ("phrase_list.py", "phrases_of_meetings.py")}
    return {
        node.value
        for path in python_files("porchlight")
        if not is_test(path) and path not in lists
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_phrase_of_the_book_is_said_by_somebody() -> None:
    once = {phrase for phrase in PUT_TOGETHER if phrase in PHRASES}
    assert {"reply_sign", "closed_for_weather", "visit_cafe", "absence_ill_today"} <= once
    assert set(PHRASES) - named() - once == set()
