"""Every address there is, as the address configuration has it; and those that stand beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from porchlight.schools.actors import Actor
from tests.full_school.keys import address_of
from tests.full_school.people import FullSchool

# Answered before any address is looked up, or because none was found.
BESIDE = {
    "shut": "/accounts/email/",
    "static file": "/static/design/porchlight.css",
    "no such file": "/static/design/nothing.css",
    "no such page": "/no-such-school/desk/",
    "no such page of a school": "/{school}/no-such-page/",
}


@dataclass(frozen=True, slots=True)
class Page:
    """One address of the configuration."""

    name: str  # with its room: "home:desk"
    route: str
    keys: tuple[str, ...]  # names of what varies in it
    opens_for: Callable[[Actor], bool] | None = None  # its door, where it has one

    @property
    def of_a_school(self) -> bool:
        return "school" in self.keys

    def path(self, full: FullSchool) -> str:
        """With this school's own keys."""
        if self.name in BESIDE:
            return BESIDE[self.name].format(school=full.school.slug)
        if not self.keys and self.name == self.route:
            return f"/{self.route}"
        return address_of(self.name, list(self.keys), full) if self.keys else reverse(self.name)


def pages() -> list[Page]:
    """All, by name. A name stands once: two addresses of one name would be one row.

    Where one of ours stands before one of a library's at the same address, ours answers.
    """
    first: dict[tuple[str, str], Page] = {}
    for page in _walk(get_resolver().url_patterns, "", "", ()):
        first.setdefault((page.name, page.route), page)
    found = [*first.values(), *(Page(name, name, ()) for name in BESIDE if name != "shut")]
    assert len({page.name for page in found}) == len(found)
    return sorted(found, key=lambda page: page.name)


def _walk(
    patterns: list[URLPattern | URLResolver], before: str, space: str, keys: tuple[str, ...]
) -> Iterator[Page]:
    for entry in patterns:
        route = before + str(entry.pattern)
        names = (*keys, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry.url_patterns, route, inner, names)
        else:
            name = f"{space}{entry.name}" if entry.name else route
            yield Page(name, route, names, getattr(entry.callback, "opens_for", None))


PAGES = pages()
