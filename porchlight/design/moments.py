"""Times as people say them: "today, 2.10 pm", "by Friday 15 May, 3 pm", in a zone and a language.

`zone` is that of the clock the reader looks at; `language` is a BCP 47 tag, empty for the page's own.
Languages we ship are spoken in full, from our own rows or from the Unicode locale data; any other gets the full date.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo
from functools import cache

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from django.utils import translation
from django.utils.translation import gettext, pgettext

from porchlight.design.direction import page_language, page_languages
from porchlight.toolbox.hijri import hijri_words

# tag: (locale, day in this year, day in another year), where schools write it otherwise than the locale data does
DAY_PATTERNS = {
    "en": ("en_GB", "EEEE d MMMM", "d MMMM y"),
    "ur": ("ur", "EEEE d MMMM", "d MMMM y"),
    "es": ("es", "EEEE d 'de' MMMM", "d 'de' MMMM 'de' y"),
    "zh-Hans": ("zh_Hans", "M月d日EEEE", "y年M月d日"),
    "ar": ("ar", "EEEE d MMMM", "d MMMM y"),
    "ps": ("ps", "EEEE د MMMM d", "د y د MMMM d"),
}
# a part of the day that the locale data has, and schools do not: "twilight" for the early evening
SAID_PLAINLY = {"ta": ("அந்தி மாலை", "மாலை")}
YEAR = re.compile(r"[\s,،]*\by\b")  # and what parts it from the day
ROMAN_URDU_DAYS = ("Peer", "Mangal", "Budh", "Jumeraat", "Juma", "Hafta", "Itwaar")
ROMAN_URDU_NEAR = {-1: "guzishta kal", 0: "aaj", 1: "kal"}
# first hour of each part of the day, as Urdu names it: (script, Latin letters)
URDU_HOURS = (
    (20, "رات", "raat"),
    (17, "شام", "shaam"),
    (15, "سہ پہر", "seh pehar"),
    (12, "دوپہر", "dopehar"),
    (4, "صبح", "subah"),
    (0, "رات", "raat"),
)
# the same as Arabic names it
ARABIC_HOURS = ((18, "مساءً"), (15, "عصرًا"), (12, "ظهرًا"), (4, "صباحًا"), (0, "ليلًا"))


def moment(when: datetime, *, now: datetime, zone: tzinfo, language: str = "") -> str:
    """A day and an hour: `today, 2.10 pm`, `Monday 11 May, 8.05 am`. Both datetimes must know their zone."""
    tag = language or page_language()
    with _speaking(tag):
        parts = {
            "day": day(when, now=now, zone=zone, language=tag),
            "time": clock(when, zone=zone, language=tag),
        }
        # Translators: a day and an hour, such as "today, 2.10 pm"
        return gettext("%(day)s, %(time)s") % parts


def promise(due: datetime, *, now: datetime, zone: tzinfo, language: str = "") -> str:
    """The last moment of a promise: `by tomorrow, 11 am`."""
    tag = language or page_language()
    with _speaking(tag):
        # Translators: %(when)s is such as "tomorrow, 11 am" or "Friday 15 May, 3 pm"
        return gettext("by %(when)s") % {"when": moment(due, now=now, zone=zone, language=tag)}


def answer_due(due: datetime, *, now: datetime, zone: tzinfo) -> str:
    """What a waiting message says in the page's language: `Answer by today, 4.10 pm`, `Answer was due …`."""
    when = moment(due, now=now, zone=zone)
    if due < now:
        return gettext("Answer was due %(when)s") % {"when": when}
    return gettext("Answer by %(when)s") % {"when": when}


def day(
    when: datetime | date, *, now: datetime, zone: tzinfo, language: str = "", hijri: int | None = None
) -> str:
    """`today`, `tomorrow`, `yesterday`, `Monday 11 May`, or with its year when that is another one.

    `hijri`: the Islamic day stands behind it, `Monday 11 May (23 Dhu al-Qa'dah 1447)`, moved by so many days.
    """
    there = when.astimezone(zone).date() if isinstance(when, datetime) else when
    tag = language or page_language()
    named = _day(there, now.astimezone(zone).date(), tag)
    beside = hijri_words(there, tag, moved=hijri) if hijri is not None else ""
    return f"{named} ({beside})" if beside else named


def _day(there: date, today: date, tag: str) -> str:
    if tag == "ur-Latn":
        return _roman_urdu_day(there, today)
    if tag not in page_languages():
        return _elsewhere(there, tag)
    with _speaking(tag):
        near = {
            today - timedelta(days=1): pgettext("day", "yesterday"),
            today: pgettext("day", "today"),
            today + timedelta(days=1): pgettext("day", "tomorrow"),
        }.get(there)
    if near:
        return near
    locale, this_year, other_year = _day_patterns(tag)
    return format_date(there, this_year if there.year == today.year else other_year, locale=locale)


def full_day(when: datetime, *, zone: tzinfo, language: str = "", hijri: int | None = None) -> str:
    """`Tuesday 13 October`: the day itself, also when it is today; `hijri` as in `slot`."""
    there = when.astimezone(zone).date()
    tag = language or page_language()
    beside = hijri_words(there, tag, moved=hijri, year=False) if hijri is not None else ""
    return _full_day(there, tag) + (f" ({beside})" if beside else "")


def _full_day(there: date, tag: str) -> str:
    if tag not in page_languages():
        return _elsewhere(there, tag)
    locale, this_year, _other_year = _day_patterns(tag)
    return format_date(there, this_year, locale=locale)


def slot(when: datetime, *, zone: tzinfo, language: str = "", hijri: int | None = None) -> str:
    """A time to choose, with its own day however near: `Thursday 15 October 3.30 pm`. It is read on any day.

    `hijri` as in `day`, behind the hour and without its year: what is cut off a button is not the hour.
    """
    tag = language or page_language()
    there = when.astimezone(zone).date()
    named = _roman_urdu(there) if tag == "ur-Latn" else full_day(when, zone=zone, language=tag)
    beside = hijri_words(there, tag, moved=hijri, year=False) if hijri is not None else ""
    return f"{named} {clock(when, zone=zone, language=tag)}" + (f" ({beside})" if beside else "")


def clock(when: datetime, *, zone: tzinfo, language: str = "") -> str:
    """The hour alone: `2.10 pm`, `11 am`, `noon`; `دوپہر 2:10 بجے`; `الساعة 2:10 ظهرًا`; `14:10`."""
    tag = language or page_language()
    there = when.astimezone(zone)
    if tag == "en":
        return _british(there)
    if tag in {"ur", "ur-Latn"}:
        return _urdu(there, latin=tag == "ur-Latn")
    if tag == "ar":
        return _arabic(there)
    if tag == "es":
        return f"{there:%H:%M}"
    return format_skeleton(_hours(tag), there, locale=_locale(tag)).replace(*SAID_PLAINLY.get(tag, ("", "")))


@cache
def _day_patterns(tag: str) -> tuple[str, str, str]:
    """Our own row, or the locale data's full day without its year, and its long day."""
    if tag in DAY_PATTERNS:
        return DAY_PATTERNS[tag]
    locale = _locale(tag)
    patterns = locale.date_formats
    return str(locale), YEAR.sub("", patterns["full"].pattern), patterns["long"].pattern


def _hours(tag: str) -> str:
    """Twelve hours with the part of the day, where people of a language of ours count so and name the parts."""
    locale = _locale(tag)
    by_parts = "h" in locale.time_formats["short"].pattern and locale.day_period_rules
    return "Bhm" if by_parts and tag in page_languages() else "Hm"


def _british(there: datetime) -> str:
    if (there.hour, there.minute) == (12, 0):
        return "noon"
    if (there.hour, there.minute) == (0, 0):
        return "midnight"
    half = "am" if there.hour < 12 else "pm"
    minutes = f".{there:%M}" if there.minute else ""
    return f"{there.hour % 12 or 12}{minutes} {half}"


def _urdu(there: datetime, *, latin: bool) -> str:
    script, letters = next((row[1], row[2]) for row in URDU_HOURS if there.hour >= row[0])
    hour = f"{there.hour % 12 or 12}{f':{there:%M}' if there.minute else ''}"
    return f"{letters} {hour} baje" if latin else f"{script} {hour} بجے"


def _arabic(there: datetime) -> str:
    part = next(name for first, name in ARABIC_HOURS if there.hour >= first)
    return f"الساعة {there.hour % 12 or 12}{f':{there:%M}' if there.minute else ''} {part}"


def _roman_urdu_day(there: date, today: date) -> str:
    near = ROMAN_URDU_NEAR.get((there - today).days)
    if near:
        return near
    return _roman_urdu(there) if there.year == today.year else format_date(there, "d MMMM y", locale="en_GB")


def _roman_urdu(there: date) -> str:
    return f"{ROMAN_URDU_DAYS[there.weekday()]} {format_date(there, 'd MMMM', locale='en_GB')}"


def _elsewhere(there: date, tag: str) -> str:
    """A language that is not one of ours: always the full date, since we do not know its word for today."""
    return format_date(there, "full", locale=_locale(tag))


def _locale(tag: str) -> Locale:
    """The closest locale Unicode knows, English where there is none."""
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def _speaking(tag: str) -> translation.override:
    """Our own words in this language, or in English when we have none."""
    return translation.override(tag if tag in page_languages() else "en")
