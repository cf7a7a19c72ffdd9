"""Of meetings, visits and hours a family that reads Urdu or Arabic is shown nothing in English but what people wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
import time_machine

from porchlight.conversations.tests.conftest import Town, _gateways, town
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.design.direction import page_languages
from porchlight.toolbox.scripts import autonym
from tests.family_evenings import EVENINGS
from tests.family_home import Home

__all__ = ["_gateways", "town"]
LATIN = re.compile(r"[^\W\d_]{3,}", re.ASCII)
UNSHOWN = {"script", "style", "svg"}
OURS = {
    "Maple",
    "Street",
    "School",
    "Porchlight",
    "Hamza",
    "Ayesha",
    "Amal",
    "Lee",
    "Mrs",
    "Firth",
    "Gale",
    "Holt",
    "Ives",
}
ADDRESS = re.compile(r"\b(?:https?|webcal)://\S+")
VOID = {"meta", "link", "br", "img", "input", "hr", "wbr", "source", "use", "path", "circle", "rect"}


class Shown(HTMLParser):
    """The words on a page that nobody marked as being in a language of their own, or as somebody's own (`bdi`)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inside: list[tuple[str, bool]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.words += [value for name in ("aria-label", "placeholder", "alt") if (value := known.get(name))]
        if tag not in VOID:
            theirs = tag in UNSHOWN | {"bdi"} or (known.get("lang") or "").startswith("en")
            self.inside.append((tag, theirs))

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(theirs for _tag, theirs in self.inside):
            self.words.append(data)


@pytest.fixture(params=["ur", "ar"])
def home(request: pytest.FixtureRequest, town: Town) -> Iterator[Home]:
    with time_machine.travel(TUESDAY, tick=False):
        made = Home(town, request.param)
        made.fill()
        yield made


def english_on(page: str) -> list[str]:
    """Latin words but for names: of the school, its people, and languages in their own words."""
    shown = Shown()
    shown.feed(page)
    switch = set(LATIN.findall(" ".join(map(autonym, page_languages()))))
    said = ADDRESS.sub("", " ".join(shown.words))
    return sorted(set(LATIN.findall(said)) - OURS - switch)


def test_an_english_word_would_be_seen() -> None:
    page = '<p>ملاقات <bdi>Ms Holt</bdi> <i lang="en" dir="ltr">Please come</i> <b aria-label="Join">at school</b></p>'
    assert english_on(page) == ["Join", "school"]


def test_nothing_english_is_left(home: Home) -> None:
    found = {name: english_on(page(home).content.decode()) for name, (page, _status) in EVENINGS.items()}
    assert len(found) > 10
    assert {name: words for name, words in found.items() if words} == {}
