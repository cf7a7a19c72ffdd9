"""Postal addresses as people write them: one spelling to keep, the lines on an envelope, and the area they lie in."""

from __future__ import annotations

import re

SHORTEST, LONGEST = 8, 254
MOST_LINES = 6
# Where a postcode begins, by its form: Britain's outward code (its area and district), else four to six figures that
# stand alone (Pakistan, Singapore, the United States, New Zealand, most of Europe), or the Netherlands' four and two.
BRITISH = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*\d[A-Z]{2}\b", re.I)
FIGURES = re.compile(r"(?<![\d-])(\d{4,6})(?:-\d{4})?(?![\d])")
HOUSE = re.compile(
    r"^(?:flat\s+\S+\s+|house\s+)?(?:no\.?\s*)?\d+\s*\w?(?:[/-]\d+\w?)?\b[\s/.-]*|[\s/.-]*\b\d+\s*\w?$", re.I
)


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
    for line in lines_of(address):
        if street := HOUSE.sub("", line).replace("/", " ").strip():
            return street
    return address.replace("/", " ")


def order_in_street(address: str) -> tuple[str, int, str]:
    """How a postman walks: street by street, house by house."""
    number = re.search(r"\d+", lines_of(address)[0])
    return street_of(address).casefold(), int(number[0]) if number else 0, address
