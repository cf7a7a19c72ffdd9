"""Postal addresses: one spelling, lines for the envelope, and the area somebody can walk."""

from __future__ import annotations

import pytest

from porchlight.toolbox.postal import NotPostal, area_of, lines_of, order_in_street, postal


@pytest.mark.parametrize(
    ("written", "kept", "area"),
    [
        ("12 Elm Street\nBradford\n BD3  9XX", "12 Elm Street, Bradford, BD3 9XX", "BD3"),
        ("Flat 3, 12 Elm Road, Leeds ls1 4ap", "Flat 3, 12 Elm Road, Leeds ls1 4ap", "LS1"),
        ("House 4, Saidu Sharif, Swat 19200", "House 4, Saidu Sharif, Swat 19200", "19200"),
        (
            "1600 Main Street, Springfield IL 62704-1234",
            "1600 Main Street, Springfield IL 62704-1234",
            "62704",
        ),
        ("مکان ۴، سیدو شریف، سوات", "مکان ۴, سیدو شریف, سوات", "مکان"),
        ("12 Elm Street,, Bradford,", "12 Elm Street, Bradford", "Elm Street"),
        ("12a/3 Elm Street, Bradford", "12a/3 Elm Street, Bradford", "Elm Street"),
    ],
)
def test_one_spelling_and_one_area(written: str, kept: str, area: str) -> None:
    assert postal(written) == kept
    assert area_of(kept) == area


@pytest.mark.parametrize(
    "written", ["", "Elm", "+447700900001", "a@example.org, Leeds", "1234567890", "x" * 300]
)
def test_what_no_postman_could_find_is_not_kept(written: str) -> None:
    with pytest.raises(NotPostal):
        postal(written)


def test_an_envelope_has_six_lines_at_most_and_loses_none() -> None:
    assert lines_of("1, 2, 3, 4, 5, 6, 7") == ["1", "2", "3", "4", "5", "6, 7"]


def test_letters_lie_as_somebody_walks() -> None:
    street = ["12 Elm Street, Leeds", "2 Oak Road, Leeds", "3 Elm Street, Leeds"]
    assert sorted(street, key=order_in_street) == [street[2], street[0], street[1]]
