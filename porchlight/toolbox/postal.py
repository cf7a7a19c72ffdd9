"""Postal addresses as people write them: one spelling to keep, the lines on an envelope, and the area they lie in."""

from __future__ import annotations

import re

SHORTEST, LONGEST = 8, 254
MOST_LINES = 6
# Where a postcode begins, by its form: Britain's outward code (its area and district) before an inward one, which has
# no C, I, K, M, O or V and is no "5th"; else four to six figures that stand alone (Pakistan, Singapore, the United
# States, New Zealand, most of Europe), or the Netherlands' four and two.
BRITISH = re.compile(
    r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(?!(?:1st|2nd|3rd|[04-9]th)\b)\d[ABD-HJLNP-UW-Z]{2}\b", re.I
)
FIGURES = re.compile(r"(?<![\d-])(\d{4,6})(?:-\d{4})?(?![\d])")
# What may stand before a street: "Flat 3", "House B2", "Apt. No. 4/1", "2nd floor"; then a house's number.
DWELLING = re.compile(
    r"^(?:flat|apartment|apt|unit|room|house|مکان|گھر|فلیٹ)\b\.?\s*(?:(?:no|number|نمبر)\b\.?\s*)?"
    r"(?:[a-z]?[/-]?\d+[a-z]?(?:[/-]\w+)?|[a-z])(?:\s+|$)",
    re.I,
)
FLOOR = re.compile(r"^(?:\d+(?:st|nd|rd|th)|ground|first|second|third|top)\s+floor(?:\s+|$)", re.I)
HOUSE = re.compile(r"^(?:no\.?\s*)?\d+\s*\w?(?:[/-]\d+\w?)?\b[\s/.-]*|[\s/.-]*\b\d+\s*\w?$", re.I)


class NotPostal(ValueError):
    """Too little for a postman to find."""


def postal(written: str) -> str:
    """Lines become commas, spaces single: "12 Elm Street, Bradford, BD3 9XX". Raises NotPostal."""
    lines = [" ".join(line.split()).strip(" ,،") for line in re.split(r"[\n,،]", written)]
    kept = ", ".join(line for line in lines if line)
    if not SHORTEST <= len(kept) <= LONGEST or "@" in kept or not re.search(r"[^\W\d]{3}", kept):
        raise NotPostal
    return kept


def lines_of(address: str) -> list[str]:
    """As on an envelope: at most six lines, the last ones together where there are more."""
    lines = address.split(", ")
    return (
        [*lines[: MOST_LINES - 1], ", ".join(lines[MOST_LINES - 1 :])] if len(lines) > MOST_LINES else lines
    )


def area_of(address: str) -> str:
    """Where somebody can walk from door to door: a postcode's district, its figures, else the street.

    "12 Elm Street, Bradford, BD3 9XX" → "BD3"; "House 4, Saidu Sharif, Swat 19200" → "19200"; "12 Elm Street,
    Bradford" → "Elm Street".
    """
    if found := BRITISH.search(address):
        return found[1].upper()
    lines = lines_of(address)
    for line in reversed(lines[1:] or lines):
        if found := FIGURES.search(line):
            return found[1]
    return street_of(address)


def street_of(address: str) -> str:
    """The first line that is more than a number, without its number."""
    return _street_and_number(address)[0]


def order_in_street(address: str) -> tuple[str, int, str]:
    """How a postman walks: street by street, house by house."""
    street, number = _street_and_number(address)
    return street.casefold(), number, address


def _street_and_number(address: str) -> tuple[str, int]:
    """A flat is inside a house: its number counts only where the house has none."""
    lines = lines_of(address)
    number = _first_number(lines[0])
    for line in lines:
        rest = FLOOR.sub("", DWELLING.sub("", line))
        if house := HOUSE.search(rest):
            number = _first_number(house[0])
        if street := HOUSE.sub("", rest).replace("/", " ").strip():
            return street, number
    return address.replace("/", " "), number


def _first_number(written: str) -> int:
    found = re.search(r"\d+", written)
    return int(found[0]) if found else 0
