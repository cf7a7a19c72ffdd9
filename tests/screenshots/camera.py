"""Takes the pictures: one page after the other, in each language, width and theme, and looks at what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Error, Page

from porchlight.accounts.models import User
from porchlight.demo.cast import CAST, user_for
from porchlight.design.direction import page_languages
from tests.browser import Watch, axe, locale_of, no_sideways_scroll
from tests.screenshots.shots import TOWN, Shot
from tests.screenshots.story import Fortnight

SIZES = {360: 740, 1280: 800}  # the screens


@dataclass(frozen=True, slots=True)
class View:
    """How a page is looked at."""

    width: int
    theme: str
    language: str = "en"

    def __str__(self) -> str:
        return f"{self.width}-{self.theme}{'' if self.language == 'en' else '-' + self.language}"


EVERY = tuple(
    View(width, theme, language)
    for language in ("en", "ur")
    for width in SIZES
    for theme in ("light", "dark")
)
# Our other languages, for their letters and their line breaks: every page where all is pictured. In an ordinary run
# each is looked at on two of the pages that families meet first.
BESIDES = tuple(
    View(360, "light", tag) for tag in page_languages() if tag not in {view.language for view in EVERY}
)
FULLEST = ("week", "family-thread", "messages", "sign-in", "desk")


def besides(name: str, *, every: bool = False) -> list[View]:
    """How this page is looked at in our other languages."""
    if every:
        return list(BESIDES)
    if name not in FULLEST:
        return []
    turn = FULLEST.index(name)
    return [view for place, view in enumerate(BESIDES) if (place + turn) % len(FULLEST) < 2]


class Tab:
    """A page of somebody's browser, and what was heard of it."""

    def __init__(self, context: BrowserContext) -> None:
        self.page = context.new_page()
        self.watch = Watch(self.page)
        self.page.set_default_timeout(10_000)


@dataclass
class Camera:
    """One browser, many people in front of it."""

    browser: Browser
    story: Fortnight
    folder: Path = field(default_factory=lambda: Path(settings.VAR) / "screenshots")
    only_told: bool = False  # pages that tell no part of the story are looked at, but not photographed
    wrong: list[str] = field(default_factory=list)  # what no page may have, each with the picture's name
    _tabs: dict[tuple[str, str, bool], Tab] = field(default_factory=dict)  # by person, language and server

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)

    def take(self, shot: Shot, views: Sequence[View]) -> None:
        """The pictures of one page; what is wrong with it is written down, and the next page has its turn."""
        by_language: dict[str, list[View]] = {}
        for view in views:
            if shot.speaks(view.language):
                by_language.setdefault(view.language, []).append(view)
        for language, group in by_language.items():
            try:
                self._visit(shot, language, group)
            except (AssertionError, Error, LookupError) as trouble:
                self.wrong.append(f"{shot.name} ({language}): {type(trouble).__name__}: {trouble}")

    def _visit(self, shot: Shot, language: str, views: Sequence[View]) -> None:
        self.story.last()
        where = shot.where if isinstance(shot.where, str) else shot.where(self.story)
        with self._page(shot, language, in_town=where.startswith(TOWN)) as page:
            answer = page.goto(where.removeprefix(TOWN))
            assert answer is not None
            assert not shot.who or "/login/" not in page.url, f"{shot.who} was asked to sign in first"
            if shot.steps is not None:
                shot.steps(page, self.story)
            else:
                assert answer.status == shot.status, f"{where} answered {answer.status}"
            for view in views:
                self._picture(page, shot, view)

    @contextmanager
    def _page(self, shot: Shot, language: str, *, in_town: bool) -> Iterator[Page]:
        """A tab of this person's browser, watched. It stays for their next page: what it has read once, it knows.

        Somebody with steps to go, a stranger, and whoever comes after a mistake get a fresh browser.
        """
        seat = (shot.who, language, in_town)
        stays = bool(shot.who) and shot.steps is None
        tab = self._tabs.pop(seat, None) if stays else None
        tab = tab or Tab(self._browser_of(shot, language, in_town=in_town))
        if shot.who:
            self._speaks(shot.who, language)
        try:
            yield tab.page
            tab.watch.complain()
        except BaseException:
            stays = False
            raise
        finally:
            if stays:
                self._tabs[seat] = tab
            else:
                tab.page.context.close()

    def _browser_of(self, shot: Shot, language: str, *, in_town: bool) -> BrowserContext:
        """A browser that asks for this language; with one of the cast, signed in by the demo's link."""
        maple = self.story.maple
        # The town's own policy keeps the accessibility checker out, so it is set aside there.
        context = self.browser.new_context(
            base_url=maple.town.url if in_town else maple.url, locale=locale_of(language), bypass_csp=in_town
        )
        if shot.who:
            context.request.get(f"/demo/as/{shot.who}/", max_redirects=0)
        cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": maple.url}
        context.add_cookies([cookie])  # type: ignore[list-item]  # Playwright wants its own kind of dict
        return context

    def _speaks(self, who: str, language: str) -> None:
        """This person chose their language some time ago."""
        person = next(one for one in CAST if one.who == who)
        user = user_for(person, self.story.maple.school)
        User.objects.filter(pk=user.pk).update(language=language)

    def _picture(self, page: Page, shot: Shot, view: View) -> None:
        page.emulate_media(color_scheme=view.theme)  # type: ignore[arg-type]  # light or dark, as it takes
        page.set_viewport_size({"width": view.width, "height": SIZES[view.width]})
        name = f"{shot.name}-{view}"
        self.wrong += [f"{name}: {mistake}" for mistake in mistakes(page, view.width)]
        if self.only_told and not shot.told:
            return
        tall = page.evaluate("() => document.scrollingElement.scrollHeight")
        # As tall as the page, so that what sticks to the bottom of the screen stands at the end of it.
        page.set_viewport_size({"width": view.width, "height": max(SIZES[view.width], tall)})
        page.screenshot(path=str(self.folder / f"{name}.png"))

    def leave(self) -> None:
        """Everybody goes home."""
        for tab in self._tabs.values():
            tab.page.context.close()
        self._tabs.clear()


def mistakes(page: Page, width: int) -> Iterator[str]:
    """What no page may have: too wide, not readable by everybody, without its one heading and main part."""
    for check in (lambda: no_sideways_scroll(page, width), lambda: axe(page)):
        try:
            check()
        except AssertionError as found:
            yield str(found)
    for selector in ("h1", "main#main"):
        count = page.locator(selector).count()
        if count != 1:
            yield f"the page has {count} × {selector}"
