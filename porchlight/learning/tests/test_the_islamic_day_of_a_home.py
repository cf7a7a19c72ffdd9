"""One home wants the Islamic day beside its dates, another does not; who says nothing reads it as the school does."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.asking import options_for
from porchlight.conversations.models import Ask, Shape
from porchlight.conversations.questions import Option, put_question
from porchlight.conversations.saying import line, said_in_all
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import Parcel
from porchlight.families.models import Guardian, Household, HouseholdMembership, IslamicDay
from porchlight.learning.models import Why
from porchlight.learning.telling import thank
from porchlight.schools.actors import school_itself
from porchlight.toolbox.hijri import days_beside

NOW = datetime(2024, 3, 10, 9, tzinfo=UTC)
FIRST = date(2024, 3, 12)  # 1 Ramadan 1445 where the moon is seen a day later than in Mecca, else the second
PAGE = "/maple-street/messages/dates/"


@pytest.mark.parametrize(
    ("school", "wish", "days"),
    [
        (None, "", None),
        (-1, "", -1),
        (-1, "shown", -1),
        (None, "shown", 0),
        (-1, "hidden", None),
        (None, "hidden", None),
    ],
)
def test_their_own_wish_goes_before_the_schools(school: int | None, wish: str, days: int | None) -> None:
    assert days_beside(school, wish) == days


def reads(town: Town, tag: str, wish: IslamicDay, school: int | None) -> None:
    town.school.hijri_days = school
    town.school.save()
    Guardian.objects.update(reads=tag, speaks=tag, script="", islamic_day=wish)
    town.yousaf.guardian.refresh_from_db()


def told(town: Town) -> str:
    return Parcel.objects.filter(guardian=town.yousaf.guardian).latest("pk").text


@pytest.mark.parametrize(
    ("tag", "wish", "school", "beside"),
    [
        ("ur", IslamicDay.SHOWN, None, "(2 رمضان 1445)"),
        ("ur", IslamicDay.SHOWN, -1, "(1 رمضان 1445)"),
        ("ur", IslamicDay.AS_SCHOOL, -1, "(1 رمضان 1445)"),
        ("ar", IslamicDay.SHOWN, 0, "(2 رمضان 1445)"),
        ("ur", IslamicDay.HIDDEN, -1, ""),
        ("ar", IslamicDay.HIDDEN, 0, ""),
        ("ar", IslamicDay.AS_SCHOOL, None, ""),
    ],
)
def test_an_absence_is_said_back_with_their_day(
    town: Town, tag: str, wish: IslamicDay, school: int | None, beside: str
) -> None:
    reads(town, tag, wish, school)
    thank(town.thread, Why.ILL, FIRST, FIRST, past=False, now=NOW)
    assert "12" in told(town)
    assert beside in told(town) if beside else "1445" not in told(town)


@pytest.mark.parametrize(
    ("tag", "slot"),
    [("ur", "منگل 12 مارچ سہ پہر 3:30 بجے (2 رمضان)"), ("ar", "الثلاثاء 12 مارس الساعة 3:30 عصرًا (2 رمضان)")],
)
def test_a_time_to_choose_has_it_behind_the_hour(town: Town, tag: str, slot: str) -> None:
    reads(town, tag, IslamicDay.SHOWN, None)
    message = put_question(
        town.thread, said_in_all([line("yes")], town.school), Shape.CHOOSE_TIME,
        [Option("1", at=datetime(2024, 3, 12, 15, 30, tzinfo=UTC))],
        owner="", closes_at=None, by=school_itself(town.school), now=NOW,
    )  # fmt: skip
    assert [one["label"] for one in (Parcel.objects.latest("pk").ask or {})["options"]] == [slot]
    ask = Ask.objects.get(message=message)
    assert options_for(ask, tag, UTC)[0].label == slot.split(" (")[0]


def test_a_line_that_names_a_day_says_it_for_that_home_alone(town: Town) -> None:
    said = [line("update_opens", name=FIRST)]
    assert "(2 رمضان)" in said_in_all(said, town.school, hijri=0).versions["ur"].text
    assert "رمضان" not in said_in_all(said, town.school).versions["ur"].text


def test_they_choose_it_on_their_own_page(town: Town) -> None:
    his = browser_of(town.yousaf.guardian)
    assert his.post(PAGE, {"islamic_day": "shown"}).status_code == 302
    assert Guardian.objects.get().islamic_day == "shown"
    thread = f"/maple-street/messages/about/{town.yousaf.student.key}/"
    his.post(thread, {"text": "Salaam"})
    assert " 144" in his.get(thread).content.decode()
    his.post(PAGE, {"islamic_day": "hidden"})
    assert " 144" not in his.get(thread).content.decode()
    assert his.post(PAGE, {"islamic_day": "sometimes"}).status_code == 422


def test_one_adult_of_a_home_says_nothing_for_the_other(town: Town) -> None:
    mother = town.home(2)
    home = Household.objects.create(school=town.school, label="Yousaf")
    for guardian in (town.yousaf.guardian, mother.guardian):
        HouseholdMembership.objects.create(school=town.school, household=home, guardian=guardian)
    browser_of(town.yousaf.guardian).post(PAGE, {"islamic_day": "shown"})
    mother.guardian.refresh_from_db()
    assert mother.guardian.islamic_day == ""


def test_the_office_writes_down_what_they_said_and_a_teacher_does_not(town: Town) -> None:
    there = f"/maple-street/ways/of/{town.yousaf.guardian.key}/dates/"
    assert browser_of(town.amal).post(there, {"islamic_day": "shown"}).status_code == 404
    assert Guardian.objects.get().islamic_day == ""
    assert browser_of(town.okafor).post(there, {"islamic_day": "shown"}).status_code == 302
    assert Guardian.objects.get().islamic_day == "shown"
