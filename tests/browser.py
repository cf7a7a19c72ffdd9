"""A real browser for any room's tests: Debian's Chromium on a live server, that may speak to this machine only.

Use the `page` fixture (see the root conftest) with the `browser` mark, then `axe(page)`, `look(page, "desk")`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from babel.core import get_global
from django.conf import settings
from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from porchlight.toolbox.scripts import base
from tests.plugins import pictures

OURS = {"127.0.0.1", "localhost", "[::1]", "::1"}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
WIDTHS = (360, 1280)
THEMES = ("light", "dark")
AXE_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "preload": False,  # of style sheets, which none of these rules reads; a third of the time
}


def locale_of(tag: str) -> str:
    """What the browser of somebody who reads this language asks for: `ur-PK`. Of English, that of Maple Street."""
    if tag == "en":
        return "en-GB"
    language, *_script, region = get_global("likely_subtags")[base(tag)].split("_")
    return f"{language}-{region}"


def chromium_path() -> str | None:
    """Where Chromium is, if anywhere.

    Debian's `chromium-headless-shell` first: the same engine without windows and tabs, at half the work.
    """
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@cache
def what_is_missing() -> str:
    """Why no page can be opened on this machine, and what to install; nothing where one can."""
    if not chromium_path():
        return "no Chromium on the PATH: install the package `chromium` to run browser tests"
    driver, *_script = compute_driver_executable()
    started = subprocess.run([driver, "--version"], capture_output=True, text=True, check=False)
    complaint = started.stderr.partition(": ")[2].strip()
    return f"what drives the browser does not start: {complaint}" if started.returncode else ""


@contextmanager
def launched() -> Iterator[Browser]:
    """One Chromium for a whole test run."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        browser.close()


class Watch:
    """Listens to a page: requests that leave this machine, refusals of the content policy, errors in scripts."""

    def __init__(self, page: Page) -> None:
        self.abroad: list[str] = []
        self.refused: list[str] = []
        self.errors: list[str] = []
        page.on("request", self._request)
        page.on("console", lambda message: self._console(message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and (parts.hostname or "") not in OURS:
            self.abroad.append(request.url)

    def _console(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.refused.append(text)

    def complain(self) -> None:
        """Fails the test when anything was heard."""
        assert self.abroad == [], f"requests left this machine: {self.abroad}"
        assert self.refused == [], f"the content policy refused: {self.refused}"
        assert self.errors == [], f"errors in scripts: {self.errors}"


@contextmanager
def watched_page(browser: Browser, base_url: str, **options: object) -> Iterator[Page]:
    """A page in a fresh context; options as for Playwright's `new_context` (`java_script_enabled=False`, …)."""
    defaults = {"base_url": base_url, "locale": "en-GB", "viewport": {"width": 1280, "height": 900}}
    context = browser.new_context(**{**defaults, **options})
    page = context.new_page()
    watch = Watch(page)
    page.set_default_timeout(15_000)
    yield page
    context.close()
    watch.complain()


def axe(page: Page) -> None:
    """Fails with a readable list when axe-core finds anything; `details` stand open meanwhile, over nothing else."""
    page.evaluate(
        "() => { document.querySelectorAll('details:not([open])').forEach(d => { d.open = d.dataset.shut = true });"
        " document.querySelectorAll('.thumbs, .me > .card').forEach(t => { t.style.position = 'static' }) }"
    )
    if not page.evaluate("() => 'axe' in window"):  # half a million characters: said once to a page
        page.evaluate(Axe().axe_script)
    options = {"resultTypes": ["violations"], **AXE_RULES}
    found = page.evaluate("options => axe.run(options).then(found => found.violations)", options)
    page.evaluate(
        "() => { document.querySelectorAll('[data-shut]').forEach(d => { d.open = false; delete d.dataset.shut });"
        " document.querySelectorAll('.thumbs, .me > .card').forEach(t => { t.removeAttribute('style') }) }"
    )
    lines = [
        f"{one['id']}: {one['help']}\n    " + "\n    ".join(node["html"][:200] for node in one["nodes"][:5])
        for one in found
    ]
    assert not lines, "\n".join(lines)


def one_of_ours(page: Page) -> None:
    """Waits until a whole page of ours stands there: one main part and one heading, not the half that a click left."""
    page.wait_for_load_state()
    expect(page.locator("main#main")).to_have_count(1)
    expect(page.locator("h1")).to_have_count(1)


def no_sideways_scroll(page: Page, *widths: int) -> None:
    """Fails when the page is wider than the screen at any of these widths (320, 360, 768 and 1280 by default)."""
    size = page.viewport_size or {"width": 1280, "height": 900}
    for width in widths or (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": size["height"]})
        wide = page.evaluate("() => document.scrollingElement.scrollWidth")
        assert wide <= width, f"{page.url} is {wide} px wide on a screen of {width} px"
    page.set_viewport_size(size)


def in_views(page: Page, name: str) -> Iterator[None]:
    """Sets the page to both themes and both widths, one after the other.

    Each theme has one of the widths, which of them by the page's name; with `--pictures all` it has both.
    """
    size = page.viewport_size or {"width": 1280, "height": 900}
    for number, theme in enumerate(THEMES):
        turn = (zlib.crc32(name.encode()) + number) % len(WIDTHS)
        for width in WIDTHS if pictures.chosen != "few" else (WIDTHS[turn],):
            page.emulate_media(color_scheme=theme)
            page.set_viewport_size({"width": width, "height": 900})
            yield
    page.set_viewport_size(size)
    page.emulate_media(color_scheme="light")


def look(
    page: Page, name: str, *, widths: tuple[int, ...] = WIDTHS, themes: tuple[str, ...] = THEMES
) -> list[Path]:
    """Screenshots of the whole page: var/screenshots/<name>-<width>-<theme>.png. One, without `--pictures all`."""
    folder = Path(settings.VAR) / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    size = page.viewport_size or {"width": 1280, "height": 900}
    views = [(theme, width) for theme in themes for width in widths]
    made = []
    for theme, width in views if pictures.chosen != "few" else views[:1]:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 800})
        tall = page.evaluate("() => Math.max(800, document.scrollingElement.scrollHeight)")
        # So that the thumb bar stands at the end.
        page.set_viewport_size({"width": width, "height": tall})
        path = folder / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}-{width}-{theme}.png"
        page.screenshot(path=str(path), full_page=True)
        made.append(path)
    page.set_viewport_size(size)
    page.emulate_media(color_scheme="light")
    return made
