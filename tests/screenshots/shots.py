"""What is pictured: each page of the house, who looks at it, how to get there, and what the docs say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from playwright.sync_api import Page

from tests.screenshots.story import Fortnight

TOWN = "town:"  # before a path of the practice town

type Where = str | Callable[[Fortnight], str]
type Steps = Callable[[Page, Fortnight], object]


@dataclass(frozen=True, slots=True)
class Shot:
    """One page in one state."""

    name: str  # of the files: `<name>-<width>-<theme>[-<language>]`
    page: str  # the name of its address; "practice" for the town's
    where: Where  # a path, or how to find it in the story
    who: str = ""  # of the demo's cast; empty: a stranger with a browser of their own
    steps: Steps | None = None  # what is done there before the picture
    status: int = 200
    told: str = ""  # one sentence for the docs, when this page tells part of the story
    docs: tuple[str, ...] = ()  # which pictures of it stand in the docs: "1280-light", "360-dark-ur"
    languages: tuple[str, ...] = ()  # which it speaks; empty: all of them

    @property
    def title(self) -> str:
        """What the docs head it with."""
        return self.name.replace("-", " ").capitalize()

    def speaks(self, language: str) -> bool:
        """Whether the page is there in this language."""
        return not self.languages or language in self.languages

    def __post_init__(self) -> None:
        if bool(self.told) != bool(self.docs):
            raise ValueError(f"{self.name}: a picture in the docs has its sentence, and none other.")


def at(name: str, **values: str) -> str:
    """The path of a page of Maple Street's."""
    return reverse(name, kwargs={"school": "maple-street", **values})


def presses(selector: str) -> Steps:
    """Press this and wait for the page it leads to."""

    def press(page: Page, story: Fortnight) -> None:
        with page.expect_navigation():
            page.locator(selector).first.click()

    return press


def opens(selector: str) -> Steps:
    """Unfold these parts of the page."""

    def unfold(page: Page, story: Fortnight) -> None:
        page.locator(selector).evaluate_all("all => all.forEach(one => { one.open = true })")

    return unfold


def in_turn(*steps: Steps) -> Steps:
    """One after the other."""

    def every(page: Page, story: Fortnight) -> None:
        for step in steps:
            step(page, story)

    return every


def fills(**values: str) -> Steps:
    """Write into fields, by their names."""

    def fill(page: Page, story: Fortnight) -> None:
        for name, value in values.items():
            page.locator(f"main [name={name}]").first.fill(value)

    return fill
