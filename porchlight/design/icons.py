"""The line icons. A page carries only those it uses, as symbols at its end. No icon stands without a word."""

from __future__ import annotations

import re

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PORCH = (
    '<path class="pb" d="M3.5 11 12 3.2l8.5 7.8v10h-17z"/>'
    '<path class="pd" d="M7.2 21v-5.4a2.6 2.6 0 0 1 5.2 0V21z"/>'
    '<circle class="pl" cx="16.2" cy="13.6" r="1.8"/>'
)

# name: drawing on a 24 × 24 grid, stroked by the stylesheet
ICONS: dict[str, str] = {
    "book": '<path d="M4 5c3-1 6-1 8 1 2-2 5-2 8-1v14c-3-1-6-1-8 1-2-2-5-2-8-1zM12 6v14"/>',
    "cal": '<path d="M4 6h16v14H4zM4 10h16M8 3v4M16 3v4"/>',
    "chat": '<path d="M4 5h16v11H10l-5 4v-4H4z"/>',
    "check": '<path d="m5 12 5 5 9-11"/>',
    "checks": '<path d="m2 12 5 5 8-10M12 16l1 1 8-10"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>',
    "door": '<path d="M6 21V10a6 6 0 0 1 12 0v11zM3 21h18M14.5 14v1"/>',
    "globe": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18"/>',
    "hand": '<path d="M7 12V6.5a1.5 1.5 0 0 1 3 0V11V4.5a1.5 1.5 0 0 1 3 0V11V5.5a1.5 1.5 0 0 1 3 0V15'
    'c0 4-2 6-5 6-4 0-5-2-7-7 1.5-1 2.5-.5 3 .5"/>',
    "home": '<path d="M4 11 12 4l8 7v9H4z"/>',
    "key": '<circle cx="8" cy="15" r="4"/><path d="M11 12 20 3M16 7l3 3"/>',
    "lamp": '<path d="M12 3v4M7 17a5 5 0 0 1 10 0zM10 21h4M4 9l2 1.5M20 9l-2 1.5"/>',
    "lock": '<path d="M5 11h14v10H5zM8 11V8a4 4 0 0 1 8 0v3"/>',
    "mail": '<path d="M3 6h18v13H3zM3 7l9 7 9-7"/>',
    "mic": '<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5 11a7 7 0 0 0 14 0M12 18v3"/>',
    "moon": '<path d="M20 14A8 8 0 1 1 10 4a7 7 0 0 0 10 10z"/>',
    "paper": '<path d="M6 3h8l4 4v14H6zM9 12h6M9 16h6"/>',
    "people": '<circle cx="9" cy="8" r="3.2"/>'
    '<path d="M3 20a6 6 0 0 1 12 0M16 5a3 3 0 0 1 0 6M17.5 14.5a5 5 0 0 1 3.5 5"/>',
    "phone": '<path d="M5 3h4l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v4a2 2 0 0 1-2 2'
    'A16 16 0 0 1 3 5a2 2 0 0 1 2-2z"/>',
    "play": '<path d="M8 5v14l11-7z"/>',
    "print": '<path d="M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z"/>',
    "search": '<circle cx="10" cy="10" r="6"/><path d="m15 15 6 6"/>',
    "send": '<path d="M4 12 20 5l-6 15-3-6z"/>',
    "sheet": '<path d="M4 5h16v14H4zM4 10h16M4 15h16M10 5v14"/>',
    "star": '<path d="m12 4 2.5 5 5.5.8-4 4 1 5.7-5-2.7-5 2.7 1-5.7-4-4 5.5-.8z"/>',
    "warn": '<path d="M12 4 21 20H3zM12 10v5M12 17.5v.5"/>',
}

USED = re.compile(r'<use href="#(i-[a-z-]+|p)"/>')


class NoSuchIconError(LookupError):
    """A template asks for an icon that is not drawn; the message lists those that are."""


def drawing(symbol: str) -> str:
    """The inside of a symbol: `p` is the porch, `i-chat` the icon `chat`. Raises NoSuchIconError."""
    if symbol == "p":
        return PORCH
    name = symbol.removeprefix("i-")
    if name not in ICONS:
        raise NoSuchIconError(f"No icon {name!r}; there are: {', '.join(ICONS)}.")
    return ICONS[name]


def icon(name: str, extra: str = "") -> SafeString:
    """One icon, silent to screen readers: the words beside it say it. `extra` adds a class (`flip`)."""
    drawing(f"i-{name}")
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="#i-{}"/></svg>', f" {extra}" if extra else "", name
    )


def with_symbols(page: str) -> SafeString:
    """The page with the drawings of the icons it uses, once each, at its end. `page` is escaped HTML."""
    used = sorted(set(USED.findall(page)))
    if not used:
        return mark_safe(page)
    symbols = "".join(f'<symbol id="{name}" viewBox="0 0 24 24">{drawing(name)}</symbol>' for name in used)
    return mark_safe(f'{page}<svg width="0" height="0" class="vh" aria-hidden="true">{symbols}</svg>\n')


def with_drawings(fragment: str) -> SafeString:
    """A fragment that is swapped into a page: each icon is drawn in its place and needs no symbols there."""
    drawn = re.sub(
        r'(<svg class="(?:i|porch)[^"]*")([^>]*>)<use href="#(i-[a-z-]+|p)"/>',
        lambda found: f'{found[1]} viewBox="0 0 24 24"{found[2]}{drawing(found[3])}',
        fragment,
    )
    return mark_safe(drawn)
