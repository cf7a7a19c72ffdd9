"""Postal addresses: one spelling, lines for the envelope, and the area somebody can walk."""

from __future__ import annotations

import pytest

from porchlight.toolbox.postal import NotPostal, area_of, lines_of, order_in_street, postal, street_of


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
        ("مکان ۴، سیدو شریف، سوات", "مکان ۴, سیدو شریف, سوات", "سیدو شریف"),
        ("12 Elm Street,, Bradford,", "12 Elm Street, Bradford", "Elm Street"),
        ("12a/3 Elm Street, Bradford", "12a/3 Elm Street, Bradford", "Elm Street"),
    ],
)
def test_one_spelling_and_one_area(written: str, kept: str, area: str) -> None:
    assert postal(written) == kept
    assert area_of(kept) == area


@pytest.mark.parametrize(
    ("address", "area"),
    [
        ("House B2 5th Street, Saidu Sharif, Swat 19200", "19200"),
        ("House B2 5th Street, Saidu Sharif, Swat", "5th Street"),
        ("Flat A1 2nd Floor, 12 Elm Street, Bradford", "Elm Street"),
        ("Flat A1 2ND FLOOR, 12 Elm Street, Bradford BD3 9XX", "BD3"),
        ("E1 1st Avenue, Lahore", "E1 1st Avenue"),
        ("2nd floor, 12 Elm Street, Bradford", "Elm Street"),
        ("Mindelsohn Way, Birmingham B15 2TH", "B15"),  # no ordinal
        ("Block A1 9MC, Model Town, Lahore 54700", "54700"),  # M and C end no postcode
    ],
)
def test_a_storey_or_a_numbered_street_is_no_postcode(address: str, area: str) -> None:
    assert area_of(address) == area


@pytest.mark.parametrize(
    ("address", "street"),
    [
        ("Flat 3, 12 Elm Street, Bradford", "Elm Street"),
        ("Flat 3 12 Elm Street, Bradford", "Elm Street"),
        ("Flat B, Elm Street 12, Bradford", "Elm Street"),
        ("Apt. No. 4/1, 12 Elm Street, Bradford", "Elm Street"),
        ("House 4, Elm Street, Bradford", "Elm Street"),
        ("House No 4-A Elm Street, Bradford", "Elm Street"),
        ("فلیٹ نمبر 3، گلشن روڈ، سوات", "گلشن روڈ"),
        ("House Road 7, Bradford", "House Road"),
        ("Flat Lane, Bradford", "Flat Lane"),
        ("Flat 3, 12", "Flat 3, 12"),
    ],
)
def test_the_street_is_neither_a_flat_nor_a_house(address: str, street: str) -> None:
    assert street_of(postal(address) if "،" in address else address) == street


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


def test_flats_are_walked_with_their_house() -> None:
    street = ["Flat 9, 2 Elm Street, Leeds", "Flat 1, 12 Elm Street, Leeds", "House 7, Elm Street, Leeds"]
    assert sorted(street, key=order_in_street) == [street[0], street[2], street[1]]
