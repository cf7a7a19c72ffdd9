"""Puts words somebody had typed back into the form they were typed in, in a page that is already made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

type Words = Mapping[str, Sequence[str]]
NOT_WORDS = {"hidden", "submit", "button", "image", "reset", "file", "password"}


@dataclass
class _Form:
    action: str
    names: set[str] = field(default_factory=set)
    hidden: dict[str, str] = field(default_factory=dict)


def refilled(page: str, words: Words, *, action: str, here: str, note: str) -> str | None:
    """The page with these words in the form that posts to `action`, and `note` (HTML) at its head.

    `here` is the page's own path: a form without an action posts there. Of several such forms it is the one whose
    hidden fields say what was sent, and that has most of the names. None: the page has no such form.
    """
    seen = _Forms()
    seen.feed(page)
    fitting = [
        (len(form.names & words.keys()), -place)
        for place, form in enumerate(seen.forms)
        if (form.action or here).split("?")[0] == action and _is_of(form, words)
    ]
    best = max(fitting, default=(0, 0))
    if not best[0]:
        return None
    writer = _Writer(-best[1], words, note)
    writer.feed(page)
    return "".join(writer.out)


def _is_of(form: _Form, words: Words) -> bool:
    return all(value in words.get(name, ()) for name, value in form.hidden.items())


class _Forms(HTMLParser):
    """What forms a page has."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[_Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(_Form(told.get("action", "")))
        elif tag in {"input", "textarea", "select"} and self.forms and told.get("name"):
            if told.get("type") == "hidden":
                if told["name"] != "csrfmiddlewaretoken":
                    self.forms[-1].hidden[told["name"]] = told.get("value", "")
            else:
                self.forms[-1].names.add(told["name"])


class _Writer(HTMLParser):
    """The page once more, letter for letter but for the fields of one form."""

    def __init__(self, place: int, words: Words, note: str) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._words, self._note, self._place = words, note, place
        self._form = -1
        self._inside = False
        self._select = ""
        self._text = False  # inside a textarea whose words are written already

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raw = self.get_starttag_text() or ""
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form += 1
            self._inside = self._form == self._place
            self.out += [raw, self._note if self._inside else ""]
            return
        if not self._inside:
            self.out.append(raw)
        elif tag == "textarea" and told.get("name") in self._words:
            self.out += [raw, "\n", escape(self._words[told["name"]][0])]
            self._text = True
        elif tag == "select":
            self._select = told.get("name", "")
            self.out.append(raw)
        elif tag == "option" and self._select in self._words:
            self.out.append(
                _ticked(tag, attrs, "selected", told.get("value", "") in self._words[self._select])
            )
        elif tag == "input" and told.get("name") and told.get("type", "text") not in NOT_WORDS:
            self.out.append(self._input(attrs, told, raw))
        else:
            self.out.append(raw)

    handle_startendtag = handle_starttag

    def _input(self, attrs: list[tuple[str, str | None]], told: Mapping[str, str], raw: str) -> str:
        """What was not sent of a box or a choice was not ticked; of any other field it stays as it is."""
        values = self._words.get(told["name"], ())
        if told.get("type") in {"checkbox", "radio"}:
            return _ticked("input", attrs, "checked", told.get("value", "on") in values)
        if not values:
            return raw
        kept = [(name, value) for name, value in attrs if name != "value"]
        return _tag("input", [*kept, ("value", values[0])])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._text = False
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._text:
            self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.out.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")


def _ticked(tag: str, attrs: list[tuple[str, str | None]], mark: str, is_on: bool) -> str:
    kept = [(name, value) for name, value in attrs if name != mark]
    return _tag(tag, [*kept, (mark, None)] if is_on else kept)


def _tag(name: str, attrs: Sequence[tuple[str, str | None]]) -> str:
    return f"<{' '.join([name, *_written(attrs)])}>"


def _written(attrs: Sequence[tuple[str, str | None]]) -> Iterator[str]:
    for name, value in attrs:
        yield name if value is None else f'{name}="{escape(value)}"'
