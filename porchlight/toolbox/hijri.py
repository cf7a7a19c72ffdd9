"""The day of the Islamic year beside ours: "24 Ramadan 1447", by Umm al-Qura, moved by whole days where the moon is.

A country that sights the moon itself, as Pakistan does, is mostly one day behind: a school says by how much.
Source of the table: the package hijridate, 1924 to 2077; other days have none.
"""

from __future__ import annotations

from datetime import date, timedelta

from hijridate import Gregorian

SHOWN, HIDDEN = "shown", "hidden"  # a reader's own wish; empty: as the school does
MOST_DAYS = 2  # a school is never further from the table
MONTHS: dict[str, tuple[str, ...]] = {
    "en": (
        "Muharram", "Safar", "Rabi al-Awwal", "Rabi al-Thani", "Jumada al-Ula", "Jumada al-Akhirah", "Rajab",
        "Sha'ban", "Ramadan", "Shawwal", "Dhu al-Qa'dah", "Dhu al-Hijjah",
    ),
    "ur": (
        "محرم", "صفر", "ربیع الاول", "ربیع الثانی", "جمادی الاول", "جمادی الثانی", "رجب", "شعبان", "رمضان", "شوال",
        "ذوالقعدہ", "ذوالحجہ",
    ),
    "ur-Latn": (
        "Muharram", "Safar", "Rabi-ul-Awwal", "Rabi-us-Sani", "Jamadi-ul-Awwal", "Jamadi-us-Sani", "Rajab", "Shaban",
        "Ramzan", "Shawwal", "Zulqada", "Zulhijja",
    ),
    "ar": (
        "محرّم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان", "رمضان", "شوال",
        "ذو القعدة", "ذو الحجة",
    ),
    "ms": (
        "Muharam", "Safar", "Rabiulawal", "Rabiulakhir", "Jamadilawal", "Jamadilakhir", "Rejab", "Syaaban", "Ramadan",
        "Syawal", "Zulkaedah", "Zulhijah",
    ),
    "ps": (
        "محرم", "صفر", "ربیع الاول", "ربیع الثاني", "جمادي الاول", "جمادي الثاني", "رجب", "شعبان", "رمضان", "شوال",
        "ذوالقعده", "ذوالحجه",
    ),
}  # fmt: skip
NEAREST = {"ps-Latn": "ur-Latn"}


def days_beside(school: int | None, wish: str) -> int | None:
    """By how many days it is moved for one reader; None: not shown. Their own wish goes before the school's.

    Who wants it at a school that does not show it gets Umm al-Qura's: nobody there has said how the moon was seen.
    """
    if wish == HIDDEN:
        return None
    return school or 0 if wish == SHOWN else school


def hijri(day: date, *, moved: int = 0) -> tuple[int, int, int] | None:
    """(year, month, day); None outside the table. `moved`: -1 where the new moon is seen a day later than in Mecca."""
    try:
        found = Gregorian.fromdate(day + timedelta(days=moved)).to_hijri()
    except (OverflowError, ValueError):
        return None
    return found.year, found.month, found.day


def hijri_words(day: date, language: str, *, moved: int = 0, year: bool = True) -> str:
    """`24 Ramadan 1447`, in the months of a language we have, else as English writes them; empty outside the table.

    Without `year`, `24 Ramadan`: a day that is near.
    """
    found = hijri(day, moved=moved)
    if found is None:
        return ""
    months = MONTHS.get(NEAREST.get(language, language), MONTHS["en"])
    named = f"{found[2]} {months[found[1] - 1]}"
    return f"{named} {found[0]}" if year else named
