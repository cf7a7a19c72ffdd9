"""Times as people say them, in the school's zone, in each language we ship."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from porchlight.design import moments

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 5, 12, 14, 10, tzinfo=UTC)  # a Tuesday, 3.10 pm in London


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("when", "english", "urdu", "spanish", "roman"),
    [
        (at(12, 14, 10), "today, 2.10 pm", "آج، دوپہر 2:10 بجے", "hoy, 14:10", "aaj, dopehar 2:10 baje"),
        (at(11, 8, 5), "yesterday, 8.05 am", "گزشتہ کل، صبح 8:05 بجے", "ayer, 08:05", "guzishta kal, subah 8:05 baje"),
        (at(13, 11), "tomorrow, 11 am", "کل، صبح 11 بجے", "mañana, 11:00", "kal, subah 11 baje"),
        (at(15, 12), "Friday 15 May, noon", "جمعہ 15 مئی، دوپہر 12 بجے", "viernes 15 de mayo, 12:00", "Juma 15 May, dopehar 12 baje"),
        (at(15, 0), "Friday 15 May, midnight", "جمعہ 15 مئی، رات 12 بجے", "viernes 15 de mayo, 00:00", "Juma 15 May, raat 12 baje"),
        (at(15, 16, 30), "Friday 15 May, 4.30 pm", "جمعہ 15 مئی، سہ پہر 4:30 بجے", "viernes 15 de mayo, 16:30", "Juma 15 May, seh pehar 4:30 baje"),
        (at(10, 18), "Sunday 10 May, 6 pm", "اتوار 10 مئی، شام 6 بجے", "domingo 10 de mayo, 18:00", "Itwaar 10 May, shaam 6 baje"),
        (at(1, 20).replace(year=2025), "1 May 2025, 8 pm", "1 مئی 2025، رات 8 بجے", "1 de mayo de 2025, 20:00", "1 May 2025, raat 8 baje"),
    ],
)  # fmt: skip
def test_a_moment(when: datetime, english: str, urdu: str, spanish: str, roman: str) -> None:
    said = {
        tag: moments.moment(when, now=NOW, zone=LONDON, language=tag) for tag in ("en", "ur", "es", "ur-Latn")
    }
    assert said == {"en": english, "ur": urdu, "es": spanish, "ur-Latn": roman}


@pytest.mark.parametrize(
    ("when", "arabic"),
    [
        (at(12, 14, 10), "اليوم، الساعة 2:10 ظهرًا"),
        (at(11, 8, 5), "أمس، الساعة 8:05 صباحًا"),
        (at(15, 0), "الجمعة 15 مايو، الساعة 12 ليلًا"),
        (at(15, 16, 30), "الجمعة 15 مايو، الساعة 4:30 عصرًا"),
        (at(1, 20).replace(year=2025), "1 مايو 2025، الساعة 8 مساءً"),
    ],
)
def test_a_moment_in_arabic(when: datetime, arabic: str) -> None:
    assert moments.moment(when, now=NOW, zone=LONDON, language="ar") == arabic


def test_the_page_language_is_used_when_none_is_named() -> None:
    with translation.override("ur"):
        assert moments.moment(at(12, 14, 10), now=NOW, zone=LONDON) == "آج، دوپہر 2:10 بجے"


def test_today_is_the_schools_today() -> None:
    late = datetime(2026, 5, 12, 23, 30, tzinfo=UTC)  # already the 13th in London
    assert moments.day(late, now=NOW, zone=LONDON, language="en") == "tomorrow"
    assert moments.day(late, now=NOW, zone=ZoneInfo("UTC"), language="en") == "today"


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en", "by tomorrow, 11 am"),
        ("ur", "کل، صبح 11 بجے تک"),
        ("es", "a más tardar mañana, 11:00"),
        ("zh-Hans", "明天 11:00前"),
        ("ar", "في موعد أقصاه غدًا، الساعة 11 صباحًا"),
        ("ms", "selewat-lewatnya esok, 11:00 pagi"),
        ("ta", "நாளை, காலை 11:00-க்குள்"),
    ],
)
def test_a_promise_has_its_time(tag: str, said: str) -> None:
    assert moments.promise(at(13, 11), now=NOW, zone=LONDON, language=tag) == said


def test_an_answer_is_due_or_was() -> None:
    assert moments.answer_due(at(12, 16, 10), now=NOW, zone=LONDON) == "Answer by today, 4.10 pm"
    assert (
        moments.answer_due(NOW - timedelta(hours=2), now=NOW, zone=LONDON) == "Answer was due today, 1.10 pm"
    )


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (at(12, 14, 10), "今天 14:10"),
        (at(11, 8, 5), "昨天 08:05"),
        (at(15, 12), "5月15日星期五 12:00"),
        (at(1, 20).replace(year=2025), "2025年5月1日 20:00"),
    ],
)
def test_a_moment_in_chinese(when: datetime, said: str) -> None:
    with translation.override("zh-hans"):
        assert moments.moment(when, now=NOW, zone=LONDON) == said
        assert moments.full_day(at(12, 9), zone=LONDON) == "5月12日星期二"


@pytest.mark.parametrize(
    ("tag", "soon", "day_of_this_year", "day_of_another"),
    [
        ("ms", "2:10 petang", "Jumaat, 15 Mei 9:00 pagi", "1 Mei 2025"),
        ("ta", "பிற்பகல் 2:10", "வெள்ளி, 15 மே காலை 9:00", "1 மே, 2025"),
        ("ps", "14:10", "جمعه د مۍ 15 09:00", "د 2025 د مۍ 1"),
        ("mi", "14:10", "Paraire, 15 Mei 09:00", "1 Mei 2025"),
    ],
)
def test_days_and_hours_of_our_other_languages_are_the_locale_datas(
    tag: str, soon: str, day_of_this_year: str, day_of_another: str, settings
) -> None:
    settings.LANGUAGES = [(code, code) for code in ("en", "ms", "ta", "ps", "mi")]
    assert moments.clock(at(12, 14, 10), zone=LONDON, language=tag) == soon
    assert moments.slot(at(15, 9), zone=LONDON, language=tag) == day_of_this_year
    assert moments.day(at(1, 9).replace(year=2025), now=NOW, zone=LONDON, language=tag) == day_of_another
    assert moments.clock(at(12, 18, 30), zone=LONDON, language="ta") == "மாலை 6:30"


def test_a_language_that_is_not_ours_gets_the_full_date() -> None:
    assert (
        moments.moment(at(12, 14, 10), now=NOW, zone=LONDON, language="pl") == "wtorek, 12 maja 2026, 14:10"
    )
    assert moments.day(at(12, 9), now=NOW, zone=LONDON, language="xx") == "Tuesday, 12 May 2026"
