"""Porch lights: the school's own measure of its effort. Families never see one."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

PORCH = '<svg class="porch {}" {}><use href="#p"/></svg>'


class Light(enum.StrEnum):
    """How a home stands with the school. The value is what `families` and `home` keep and pass."""

    LIT = "lit"
    LOW = "low"
    UNLIT = "unlit"

    @property
    def css(self) -> str:
        """The class in the stylesheet."""
        return "off" if self is Light.UNLIT else str(self)

    @property
    def words(self) -> Promise:
        """Said beside it, and to screen readers."""
        return WORDS[self]


WORDS: dict[Light, Promise] = {
    Light.LIT: _("Heard from"),
    Light.LOW: _("Message arrived, no word back"),
    Light.UNLIT: _("Not reached yet"),
}


class OnlyForStaffError(RuntimeError):
    """A page that is not a staff member's tried to show a porch light."""


def must_be_staff(actor: Any) -> None:
    """Raises OnlyForStaffError unless the page's actor is a staff member: in Urdu a lamp gone out is a death."""
    if not getattr(actor, "is_staff", False):
        raise OnlyForStaffError(
            "Porch lights are shown to staff only: give the page its actor, or leave the light out."
        )


def porch(light: Light | str, *, spoken: bool = True, size: str = "") -> SafeString:
    """One house. `spoken=False` where the words stand beside it; `size` is empty or `big`."""
    state = Light(light)
    heard = (
        format_html('role="img" aria-label="{}"', state.words) if spoken else SafeString('aria-hidden="true"')
    )
    return format_html(SafeString(PORCH), f"{state.css} {size}".strip(), heard)


def street(lights: Iterable[Light | str]) -> SafeString:
    """A row of houses with their total spoken: `40 homes: 30 heard from, 6 …`. A table stands near it, always."""
    states = [Light(light) for light in lights]
    houses = format_html_join("", "{}", ((porch(state, spoken=False),) for state in states))
    return format_html('<div class="street road" role="img" aria-label="{}">{}</div>', total(states), houses)


def total(states: Iterable[Light]) -> str:
    """`40 homes: 30 heard from, 6 where a message arrived, 4 not reached yet`."""
    count = Counter(states)
    homes = sum(count.values())
    words = ngettext(
        "%(homes)s home: %(lit)s heard from, %(low)s where a message arrived, %(unlit)s not reached yet",
        "%(homes)s homes: %(lit)s heard from, %(low)s where a message arrived, %(unlit)s not reached yet",
        homes,
    )
    return words % {
        "homes": homes,
        "lit": count[Light.LIT],
        "low": count[Light.LOW],
        "unlit": count[Light.UNLIT],
    }
