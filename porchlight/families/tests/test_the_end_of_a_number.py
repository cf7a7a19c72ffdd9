"""Who is not to read a number whole is shown its end, the same on every page."""

from __future__ import annotations

import pytest

from porchlight.families.models import Address


@pytest.mark.parametrize(
    ("fields", "ending"),
    [
        ({"value": "+447700900123"}, "…123"),
        ({"value": "yousaf@mail.example"}, "y…@mail.example"),
        ({"user_id": "US.13491208655302741918"}, ""),
    ],
)
def test_the_end_of_an_address(fields: dict[str, str], ending: str) -> None:
    assert Address(**fields).ending == ending
