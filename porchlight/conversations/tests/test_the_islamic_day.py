"""A school shows the Islamic day beside dates, moved as its own moon is; else nobody sees it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.closing import _words
from porchlight.design.moments import day

CALENDAR = "/maple-street/settings/calendar/"
NOW, FIRST = datetime(2024, 3, 10, 9, tzinfo=UTC), date(2024, 3, 12)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Tuesday 12 March (1 Ramadan 1445)"),
        ("ur-Latn", "Mangal 12 March (1 Ramzan 1445)"),
        ("ar", "الثلاثاء 12 مارس (1 رمضان 1445)"),
    ],
)
def test_behind_the_day_in_the_readers_language(language: str, said: str) -> None:
    assert day(FIRST, now=NOW, zone=UTC, language=language, hijri=-1) == said
    assert "(" not in day(FIRST, now=NOW, zone=UTC, language=language)


@pytest.mark.django_db
def test_the_office_sets_it_and_pages_and_closures_say_it(town) -> None:
    office, his = browser_of(town.okafor), browser_of(town.yousaf.guardian)
    page = f"/maple-street/messages/about/{town.yousaf.student.key}/"
    assert "1445" not in _words(town.school, "weather", FIRST, "en", is_today=True)
    assert office.post(CALENDAR, {"what": "hijri", "hijri_days": "-1"}).status_code == 302
    town.school.refresh_from_db()
    assert town.school.hijri_days == -1
    assert "12.3.2024 (1 Ramadan 1445)" in _words(town.school, "weather", FIRST, "en", is_today=True)
    assert "12.3.2024 (1 رمضان 1445)" in _words(town.school, "weather", FIRST, "ur", is_today=True)
    assert his.post(page, {"text": "Salaam"}).status_code == 302
    assert " 144" in his.get(page).content.decode()
    office.post(CALENDAR, {"what": "hijri", "hijri_days": "9"})
    town.school.refresh_from_db()
    assert town.school.hijri_days == -1
    office.post(CALENDAR, {"what": "hijri", "hijri_days": ""})
    assert " 144" not in his.get(page).content.decode()
