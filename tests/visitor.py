"""Somebody in front of a screen: goes to pages, presses, writes, reads. Every page they meet is looked at.

Looked at means: it is one of ours (one heading, one main part), nobody has to scroll sideways, and axe-core finds
nothing. That no request leaves this machine and no policy is broken is watched all along (tests/browser.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import axe, locale_of, no_sideways_scroll, watched_page
from tests.maple import Maple

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
NO_SCRIPT = {"java_script_enabled": False}
DESK = {"viewport": {"width": 1280, "height": 900}}
AS_IT_WAS = """() => {
  document.querySelectorAll('details[data-was]').forEach(d => { d.open = d.dataset.was === 'yes'; delete d.dataset.was });
  document.querySelectorAll('.thumbs').forEach(t => { t.removeAttribute('style') });
}"""
# What a page is made of, without its words and however long its lists are: each sort of element inside each other
# sort, what it is for and how it looks, in which theme, width and language.
SHAPE = """() => {
  const said = /^(role|type|hidden|disabled|dir|lang)$/;
  const one = e => e ? e.tagName + '.' + e.className + '[' + [...e.attributes].map(
    a => said.test(a.name) ? a.name + a.value : a.name) + ']' + (e.textContent.trim() ? '' : '-') : '';
  const all = new Set([...document.querySelectorAll('*')].map(e => one(e.parentElement) + '>' + one(e)));
  return [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches, ...[...all].sort()].join(' ');
}"""
CLEAN: set[str] = set()  # shapes that axe-core has found nothing in, in this process
REMEMBER = (
    "() => document.querySelectorAll('details').forEach(d => { d.dataset.was = d.open ? 'yes' : 'no' })"
)


class Visitor:
    """One person at one screen. What they look for is given in English and sought in the language they read."""

    def __init__(self, page: Page, *, language: str = "en", has_script: bool = True) -> None:
        self.page, self.language, self.has_script = page, language, has_script
        self.seen: list[str] = []  # paths, in the order they were met

    def words(self, english: str) -> str:
        """These words of the interface, as this person reads them."""
        with translation.override(self.language):
            return gettext(english)

    def goes(self, path: str) -> None:
        """Open an address."""
        response = self.page.goto(path)
        assert response is not None
        assert response.status < 400, f"{path} answered {response.status}"
        self.looks()

    def looks(self) -> None:
        """The page in front of them holds what every page of ours has to."""
        self.seen.append(re.sub(r"^https?://[^/]+", "", self.page.url))
        expect(self.page.locator("main#main")).to_have_count(1)
        expect(self.page.locator("h1")).to_have_count(1)
        width = (self.page.viewport_size or {})["width"]
        no_sideways_scroll(self.page, width)
        if self.has_script:  # axe-core is a script itself
            self._is_for_everybody()

    def _is_for_everybody(self) -> None:
        """axe-core finds nothing. A page made exactly as one that it has seen is not shown to it again."""
        shape = self.page.evaluate(SHAPE)
        if shape in CLEAN:
            return
        self.page.evaluate(REMEMBER)
        axe(self.page)
        self.page.evaluate(AS_IT_WAS)
        CLEAN.add(shape)

    def presses(self, name: str, within: Locator | None = None, *, exact: bool = True) -> None:
        """Press a button that leads to a page."""
        button = (within or self.page).get_by_role("button", name=self.words(name), exact=exact)
        with self.page.expect_navigation():
            button.click()
        self.looks()

    def follows(self, name: str, within: Locator | None = None, *, exact: bool = True) -> None:
        """Follow a link; one of the bar may stand behind "More"."""
        link = (within or self.page).get_by_role("link", name=self.words(name), exact=exact)
        more = self.page.locator("details.more > summary")
        if within is None and not link.count() and more.is_visible():
            more.click()
        with self.page.expect_navigation():
            link.click()
        self.looks()

    def writes(self, label: str, text: str, within: Locator | None = None) -> None:
        """Write into a field."""
        (within or self.page).get_by_label(self.words(label), exact=True).fill(text)

    def chooses(self, label: str, within: Locator | None = None) -> None:
        """Tick or pick what carries this label."""
        (within or self.page).get_by_label(self.words(label), exact=True).check()

    def opens(self, summary: str, within: Locator | None = None) -> None:
        """Unfold a part of the page."""
        part = (within or self.page).locator("details", has=self.page.locator("summary", has_text=summary))
        if part.get_attribute("open") is None:
            part.locator("summary").click()

    def reads(self, words: str, within: Locator | None = None) -> None:
        """These words are there to be read."""
        found = (within or self.page.locator("main")).get_by_text(self.words(words)).filter(visible=True)
        expect(found.first).to_be_visible(timeout=20_000)

    def does_not_read(self, words: str) -> None:
        """These words are nowhere on the page."""
        expect(self.page.get_by_text(self.words(words))).to_have_count(0)

    def part(self, heading: str) -> Locator:
        """The card with this heading."""
        named = self.page.get_by_role("heading", name=self.words(heading), exact=True)
        return self.page.locator("section", has=named)

    def row(self, words: str, within: Locator | None = None) -> Locator:
        """The line of a list that holds these words."""
        return (within or self.page).locator("li.home", has_text=words)


@contextmanager
def visiting(
    browser: Browser, maple: Maple, *, as_: str = "", language: str = "en", **options: Any
) -> Iterator[Visitor]:
    """Somebody with a fresh browser; signed in by the demo's link when `as_` says who of the cast."""
    with watched_page(browser, maple.url, **{**DESK, "locale": locale_of(language), **options}) as page:
        page.set_default_timeout(10_000)
        has_script = bool(options.get("java_script_enabled", True))
        visitor = Visitor(page, language=language, has_script=has_script)
        if as_:
            page.goto(f"/demo/as/{as_}/")
        yield visitor
