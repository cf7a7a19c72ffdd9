"""The forms of a page as a browser would send them: where to, how, and what stands in each field."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

WORDS = "…"  # where somebody writes
NOT_SENT = {"submit", "file", "image", "reset"}


@dataclass
class Form:
    """One form: every value its fields offer, ticked or not."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.forms, self.select = path, [], ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(has.get("action") or self.path, has.get("method", "get").upper()))
        elif not self.forms:
            return
        elif tag == "select":
            self.select = has.get("name", "")
        elif tag == "option" and self.select:
            self.forms[-1].fields.append((self.select, has.get("value", "")))
        elif tag == "textarea" and has.get("name"):
            self.forms[-1].fields.append((has["name"], WORDS))
        elif tag in {"input", "button"} and has.get("name") and has.get("type") not in NOT_SENT:
            self.forms[-1].fields.append((has["name"], has.get("value", "")))


def forms_of(path: str, page: str) -> list[Form]:
    """In the order they stand there."""
    reader = _Reader(path)
    reader.feed(page)
    return reader.forms
