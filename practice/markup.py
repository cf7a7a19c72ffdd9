"""HTML without a template language: elements as calls, everything escaped that is not already markup."""

from __future__ import annotations

import re
from html import escape

VOID = {"br", "input", "link", "meta", "hr"}
LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]؟،۔]")
ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


type Child = str | Markup | list[Markup] | None


def el(name: str, /, *children: Child, **attributes: str | bool | None) -> Markup:
    """One element. `class_` is class, `data_x` is data-x; True is a bare attribute, None and False are none."""
    said = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID:
        return Markup(f"<{name}{said}>")
    return Markup(f"<{name}{said}>{joined(*children)}</{name}>")


def joined(*children: Child) -> Markup:
    parts: list[str] = []
    for child in children:
        if isinstance(child, list):
            parts.append(joined(*child))
        elif child is not None:
            parts.append(child if isinstance(child, Markup) else escape(child))
    return Markup("".join(parts))


def linked(text: str) -> Markup:
    """Text with its web addresses to press."""
    parts: list[str] = []
    end = 0
    for match in LINK.finditer(text):
        parts.append(escape(text[end : match.start()]))
        parts.append(el("a", match[0], href=match[0], rel="noreferrer"))
        end = match.end()
    parts.append(escape(text[end:]))
    return Markup("".join(parts))


def is_arabic_script(text: str) -> bool:
    return bool(ARABIC.search(text))


def _attribute(key: str, value: str | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
