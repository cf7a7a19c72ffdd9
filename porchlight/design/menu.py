"""The places people can go. Rooms register their pages here; the base pages show what this actor may see."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

MOST_THUMBS = 4  # a thumb reaches four places, not five
IN_ONE_ROW = 3  # beside "More", on the narrowest phone in the longest of our languages


class Place(enum.StrEnum):
    """Where an entry stands."""

    STAFF = "staff"  # the bar of staff pages
    OWN = "own"  # beside the name of who is signed in: their own sign-in, devices
    SETTINGS = "settings"  # the line of links on top of the school's settings
    BY_HAND = "by_hand"  # the lists that people carry themselves
    MEETINGS = "meetings"  # the line of links on top of what colleagues do with meetings
    THUMBS = "thumbs"  # the bar under a family's pages
    FOOT = "foot"  # under the words of a family's page; also where nobody is signed in
    DOORS = "doors"  # other ways in, on the sign-in page; nobody is signed in there, so `may_see` gets None


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One place: the words, the url's name, who may see it, and where it stands in line (lowest first).

    The url is reversed with `school=<slug>` when the page has a school, else with nothing.
    `badge` may count what waits there for this actor; 0 shows nothing.
    """

    label: str | Promise
    url_name: str
    may_see: Callable[[Any], bool]
    order: int
    place: Place = Place.STAFF
    icon: str = ""
    badge: Callable[[Any], int] | None = None
    of_school: bool = True  # False: one address for all schools, reversed without the slug


@dataclass(frozen=True, slots=True)
class Link:
    """An entry, ready for a page. `current` is the value of aria-current: `page`, `true` or empty."""

    label: str
    url: str
    icon: str
    current: str
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar as a phone has it: the first places in a row, the others behind "More"."""

    first: Sequence[Link]
    others: Sequence[Link]

    @property
    def waiting(self) -> int:
        """What waits behind "More"."""
        return sum(link.count for link in self.others)

    @property
    def here(self) -> Link | None:
        """The page itself, where it stands behind "More"."""
        return next((link for link in self.others if link.current), None)


def fold(places: Sequence[Link], shown: int = IN_ONE_ROW) -> Bar:
    """Three and "More"; four are shown as they are, since "More" would take the place of the fourth.

    With `shown` 0 all stand behind it, as a phone has the settings.
    """
    first = len(places) if 0 < len(places) - 1 <= shown else shown
    return Bar(places[:first], places[first:])


_entries: dict[tuple[Place, str], MenuEntry] = {}


def register(entry: MenuEntry) -> None:
    """Called in a room's `ready()`. The same url in the same place replaces the earlier entry."""
    _entries[entry.place, entry.url_name] = entry


def forget(place: Place, url_name: str) -> None:
    """Take an entry away again; for rooms that are switched off, and tests."""
    _entries.pop((place, url_name), None)


def entries(place: Place) -> list[MenuEntry]:
    """All entries of a place, in order."""
    return sorted(
        (entry for entry in _entries.values() if entry.place is place), key=lambda entry: entry.order
    )


def links(place: Place, *, actor: Any, school: Any, request: HttpRequest | None) -> list[Link]:
    """What this actor may see of a place; without an actor, only the doors and what stands under a page."""
    if actor is None and place not in {Place.DOORS, Place.FOOT}:
        return []
    seen: Iterable[MenuEntry] = (entry for entry in entries(place) if entry.may_see(actor))
    ready = [_link(entry, actor, school, request) for entry in seen]
    return ready[:MOST_THUMBS] if place is Place.THUMBS else ready


def _link(entry: MenuEntry, actor: Any, school: Any, request: HttpRequest | None) -> Link:
    args = {"school": school.slug} if school is not None and entry.of_school else {}
    url = reverse(entry.url_name, kwargs=args)
    path = request.path if request is not None else ""
    current = "page" if path == url else "true" if path.startswith(url) else ""
    count = entry.badge(actor) if entry.badge else 0
    return Link(str(entry.label), url, entry.icon, current, count)
