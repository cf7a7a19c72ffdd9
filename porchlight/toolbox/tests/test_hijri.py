"""Known days of the Islamic year, and the day that a country's own moon is later."""

from __future__ import annotations

from datetime import date

import pytest

from porchlight.toolbox.hijri import MONTHS, hijri, hijri_words
from porchlight.toolbox.sms_segments import Encoding, count


@pytest.mark.parametrize(
    ("day", "known"),
    [
        (date(2024, 3, 11), (1445, 9, 1)),  # Ramadan began
        (date(2024, 4, 10), (1445, 10, 1)),  # Eid al-Fitr
        (date(2024, 6, 16), (1445, 12, 10)),  # Eid al-Adha
        (date(2024, 7, 7), (1446, 1, 1)),  # new year
        (date(2025, 3, 1), (1446, 9, 1)),
        (date(2025, 6, 6), (1446, 12, 10)),
        (date(1924, 8, 1), (1343, 1, 1)),  # the table's first day
    ],
)
def test_known_days_in_saudi_arabia(day: date, known: tuple[int, int, int]) -> None:
    assert hijri(day) == known


@pytest.mark.parametrize(
    ("day", "known"),
    [
        (date(2024, 3, 12), (1445, 9, 1)),  # Pakistan's Ramadan began a day later
        (date(2025, 3, 2), (1446, 9, 1)),
        (date(2025, 3, 31), (1446, 10, 1)),
    ],
)
def test_known_days_in_pakistan_are_a_day_behind(day: date, known: tuple[int, int, int]) -> None:
    assert hijri(day, moved=-1) == known


def test_in_the_words_of_each_language() -> None:
    day = date(2024, 3, 12)
    said = {tag: hijri_words(day, tag, moved=-1) for tag in (*MONTHS, "ps-Latn", "es")}
    assert said == {
        "en": "1 Ramadan 1445",
        "ur": "1 رمضان 1445",
        "ur-Latn": "1 Ramzan 1445",
        "ar": "1 رمضان 1445",
        "ms": "1 Ramadan 1445",
        "ps": "1 رمضان 1445",
        "ps-Latn": "1 Ramzan 1445",
        "es": "1 Ramadan 1445",
    }
    latin = " ".join(" ".join(MONTHS[tag]) for tag in ("en", "ur-Latn", "ms"))
    assert count(latin).encoding is Encoding.GSM_7
    assert {len(months) for months in MONTHS.values()} == {12}


def test_outside_the_table_there_is_none() -> None:
    assert hijri_words(date(1900, 1, 1), "en") == hijri_words(date(2100, 1, 1), "en") == ""
    assert hijri_words(date.max, "en", moved=2) == ""
