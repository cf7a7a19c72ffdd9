"""Countries by name, and the clocks each has."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global


@cache
def countries(language: str) -> list[tuple[str, str]]:
    """(ISO 3166 code, name) in this language, by name."""
    names = Locale.parse(language, sep="-").territories
    known = {code for code in names if len(code) == 2 and code.isalpha() and zones_of(code)}
    return sorted(((code, names[code]) for code in known), key=lambda pair: pair[1])


@cache
def zones_of(country: str) -> list[str]:
    """The IANA zones of a country, each clock once; empty for none."""
    here = get_global("zone_territories")
    return sorted(zone for zone, code in here.items() if code == country and zone in available_timezones())


def zones() -> list[str]:
    """Every zone that is named after a place."""
    return sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
