"""What runs from left to right keeps its way in a page that runs the other way: numbers, and words in fields.

+44 … stands as +44 …, never as … 44+; and English words in a field or a list keep their beginning when they are cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.core.cache import cache

from porchlight.accounts.models import User
from porchlight.languages.phrase_list import PHRASES
from porchlight.languages.phrases import books, say
from porchlight.toolbox.scripts import direction
from tests.doors.pages import PAGES
from tests.doors.seen import text_of
from tests.doors.table import read
from tests.doors.walking import Street, street

NUMBER = re.compile(r"\+\d[\d ]{5,}\d|\b\d{2,} \d{3}[\d ]*")
ISOLATED = re.compile("[\u2066\u2068][^\u2069]*\u2069")  # a number alone has no letters: it runs to the right
LATIN = re.compile("[A-Za-z]{2}")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
EMPTY = {"input", "br", "meta", "link", "img", "hr", "source", "path", "circle", "rect", "use"}
WHO = ("office", "leader", "teacher", "father")
ANSWERS = read()


class Turned(HTMLParser):
    """Collects what the page's own direction would turn round or cut."""

    def __init__(self) -> None:
        super().__init__()
        self.around: list[tuple[str, str]] = []  # each open element with its direction
        self.found: list[str] = []  # numbers turned round
        self.cut: list[str] = []  # words whose beginning would not be seen
        self.seen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        own = said.get("dir") or ("auto" if tag == "bdi" else "")
        outer = self.around[-1][1] if self.around else "rtl"  # a part of a page stands in one
        if tag not in EMPTY:
            self.around.append((tag, own or outer))
        if tag == "input" and said.get("type", "text") in {"text", "tel", "search"}:
            self._look(said.get("value") or "", own or outer)
        if (own or outer) == "rtl" and (
            tag == "textarea" or (tag == "input" and said.get("type", "text") == "text")
        ):
            self.cut.append(f"{tag} {said.get('name')}")

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, (name, _dir) in enumerate(self.around) if name == tag]
        if places:
            del self.around[places[-1] :]

    def handle_data(self, data: str) -> None:
        if self.around and self.around[-1][0] not in {"style", "script", "title"}:
            self._look(data, self.around[-1][1])
            if self.around[-1][0] == "option":
                self._read_in_a_list(data, self.around[-1][1])

    def _read_in_a_list(self, text: str, around: str) -> None:
        if around == "rtl" and LATIN.search(text) and not RIGHT_TO_LEFT.search(text):
            self.cut.append(text.strip())

    def _look(self, text: str, around: str) -> None:
        self.seen += len(NUMBER.findall(text))
        if around == "rtl" or (around == "auto" and RIGHT_TO_LEFT.search(text)):
            self.found += NUMBER.findall(ISOLATED.sub("", text))


def test_what_is_turned_round_or_cut_is_seen() -> None:
    eyes = Turned()
    eyes.feed(
        '<html dir="rtl"><p>یا +447700900003 پر</p><p><bdi dir="ltr">+447700900004</bdi></p><p>\u206607700 900005\u2069</p>'
        '<input name="words"><select><option>School is closed</option><option dir="auto">Open</option></select></html>'
    )
    assert (eyes.found, eyes.cut) == (["+447700900003"], ["input words", "School is closed"])


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: object) -> Iterator[Street]:
    with django_db_blocker.unblock(), street("maple-street", "oak-lane") as made:
        User.objects.update(language="ur")
        yield made


@pytest.mark.django_db
def test_no_page_in_urdu_turns_a_number_round_or_cuts_a_beginning(town: Street) -> None:
    turned, cut, seen, whole = [], [], 0, 0
    for page in PAGES:
        who = next((one for one in WHO if ANSWERS[page.name, "GET", one] == "200"), None)
        if who is None or not page.of_a_school:
            continue
        cache.clear()
        response = town.asks(who, "GET", page.path(town.full))
        if response.headers["Content-Type"].startswith("text/html"):
            eyes = Turned()
            eyes.feed(body := text_of(response))
            whole += body.count('<html lang="ur" dir="rtl"')
            turned += [f"{page.name} for the {who}: {number}" for number in eyes.found]
            cut += [f"{page.name} for the {who}: {words}" for words in eyes.cut]
            seen += eyes.seen
    assert seen > 10
    assert whole > 50
    assert not turned, "\n".join(turned)
    assert not cut, "\n".join(cut)


@pytest.mark.parametrize("number", ["+447700900003", "+44 7700 900003", "07700 900003"])
def test_no_phrase_turns_a_number_round(number: str) -> None:
    languages = [tag for tag in books() if direction(tag) == "rtl"]
    assert {"ur", "ar", "ps"} <= set(languages)
    places = {place: number for entry in PHRASES.values() for place in entry.needed | entry.optional}
    for tag in languages:
        for phrase in PHRASES:
            said = say(phrase, tag, **places)
            if number in said and phrase in books()[tag].phrases:
                assert said.count(number) == said.count(f"\u2066{number}\u2069"), (tag, phrase)
