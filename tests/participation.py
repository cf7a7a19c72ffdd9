"""The participation table: what a family does on each of its ways to answer each shape of question, and what is kept.

`test_participation.py` does every cell of it through the wire; `docs/participation.md` is written from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# What is asked, as the page calls it.
SHAPES = {
    "acknowledge": "I have seen it",
    "yes_no": "Yes or no",
    "choose_one": "Choose one",
    "choose_several": "Choose one or more",
    "choose_time": "Choose a time",
    "number": "A number",
    "short_text": "A few words",
    "voice_note": "Words spoken",
    "sign": "A signature",
}
WAYS = {
    "page": "The page",
    "whatsapp": "WhatsApp",
    "sms": "Text message",
    "email": "E-mail",
    "telegram": "Telegram",
    "call": "Automatic call",
    "paper": "Paper slip",
    "staff": "A colleague types it",
}
NAME = "Imran Yousaf"
ONE_TO_THREE = ("Monday", "Tuesday", "Friday")


@dataclass(frozen=True, slots=True)
class Cell:
    """One way to answer one shape. `does` is what the town's phone, or the form, is given."""

    how: str  # for the docs
    does: Mapping[str, Any]
    keys: tuple[str, ...] = ()
    number: int | None = None
    text: str | None = None  # None: whatever stood on the button
    recorded: bool = field(default=False)


def _pressed(how: str, does: Mapping[str, str]) -> dict[str, Cell]:
    """The shapes that a button carries."""
    return {
        "acknowledge": Cell(how, {**does, "choice": "1"}, ("seen",)),
        "yes_no": Cell(how, {**does, "choice": "2"}, ("no",)),
        "choose_one": Cell(how, {**does, "choice": "3"}, ("3",)),
        "choose_time": Cell(how, {**does, "choice": "2"}, ("2",)),
    }


def _written(field_: str, *, by_hand: bool = False) -> dict[str, Cell]:
    """The same, where all that comes back are words."""
    digit, several = ("the number", "the numbers") if not by_hand else ("what is ticked", "what is ticked")
    sign = NAME if by_hand else f"I sign {NAME}"
    return {
        "acknowledge": Cell(digit, {field_: "1"}, ("seen",)),
        "yes_no": Cell(f"{digit}, or the word", {field_: "2"}, ("no",)),
        "choose_one": Cell(f"{digit}, or its words", {field_: "3"}, ("3",)),
        "choose_several": Cell(several, {field_: "1, 3"}, ("1", "3")),
        "choose_time": Cell(f"{digit}, the day or the hour", {field_: "2"}, ("2",)),
        "number": Cell("the number", {field_: "4"}, number=4),
        "short_text": Cell("the words", {field_: "No nuts"}, text="No nuts"),
        "voice_note": Cell(
            "the words; or CALL, and a person rings", {field_: "He sleeps well"}, text="He sleeps well"
        ),
        "sign": Cell("“I sign” and the name", {field_: sign}, ("signed",), text=NAME),
    }


def _spoken_to() -> dict[str, Cell]:
    """Keys, and what is said behind one."""
    return {
        "acknowledge": Cell("a key", {"keys": "1"}, ("seen",)),
        "yes_no": Cell("a key", {"keys": "2"}, ("no",)),
        "choose_one": Cell("a key", {"keys": "3"}, ("3",)),
        "choose_several": Cell("keys, then #", {"keys": "13#"}, ("1", "3")),
        "choose_time": Cell("a key", {"keys": "2"}, ("2",)),
        "number": Cell("keys, then #", {"keys": "4#"}, number=4),
        "short_text": Cell("1, and then they speak", {"keys": "1", "seconds": 3}, ("spoken",), recorded=True),
        "voice_note": Cell("1, and then they speak", {"keys": "1", "seconds": 3}, ("spoken",), recorded=True),
        "sign": Cell(
            "1, and then they say their name", {"keys": "1", "seconds": 3}, ("signed",), recorded=True
        ),
    }


def _on_form(*, typed: bool = False) -> dict[str, Cell]:
    how = "typed as they say it" if typed else "a tick or a field"
    return {
        "acknowledge": Cell(how, {"answer": "1"}, ("seen",)),
        "yes_no": Cell(how, {"answer": "2"}, ("no",)),
        "choose_one": Cell(how, {"answer": "3"}, ("3",)),
        "choose_several": Cell(how, {"answer": ["1", "3"]}, ("1", "3")),
        "choose_time": Cell(how, {"answer": "2"}, ("2",)),
        "number": Cell(how, {"answer": "4"}, number=4),
        "short_text": Cell(how, {"answer": "No nuts"}, text="No nuts"),
        "voice_note": Cell(how, {"answer": "He sleeps well"}, text="He sleeps well"),
        "sign": Cell(
            "the name; who heard it stands beside it" if typed else "the name",
            {"answer": NAME},
            ("signed",),
            text=NAME,
        ),
    }


VOICE = Cell("a voice note", {"enclose": "voice"}, ("spoken",), recorded=True)
ON_PAPER = {
    "number": Cell("the number, in a box", {"text": "4"}, number=4),
    "short_text": Cell("a few lines", {"text": "No nuts"}, text="No nuts"),
    "voice_note": Cell("a few lines", {"text": "He sleeps well"}, text="He sleeps well"),
    "sign": Cell("a line to sign on; who typed it saw it", {"text": NAME}, ("signed",), text=NAME),
}
CELLS: dict[str, dict[str, Cell]] = {
    "page": _on_form() | {"voice_note": Cell("a recording, or the words", {"sound": "voice"}, ("spoken",), recorded=True)},
    "whatsapp": _written("text") | _pressed("a button or a row", {}) | {"voice_note": VOICE},
    "sms": _written("text"),
    "email": _written("text") | {"voice_note": VOICE},
    "telegram": _written("text") | _pressed("a button", {}) | {"voice_note": VOICE},
    "call": _spoken_to(),
    "paper": _written("text", by_hand=True) | ON_PAPER,
    "staff": _on_form(typed=True),
}  # fmt: skip
