"""Everyday notices come no more often than a family wants; what is over comes at its hour, all in one message."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from porchlight.accounts.models import User
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.gathering import send_gathered
from porchlight.conversations.models import Answer, ChosenDose, Gathered, Message, Notice
from porchlight.conversations.notices import Draft, Question, release, write
from porchlight.conversations.taking_back import undo
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.hearing_kit import say, served
from porchlight.delivery.dose import Dose, next_touch, touches_in
from porchlight.delivery.models import Delivery, Parcel
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Guardian

LONDON = ZoneInfo("Europe/London")


@settings(max_examples=60, deadline=None)
@given(
    st.builds(
        Dose,
        most=st.integers(1, 7),
        hour=st.times(time(7), time(19)).map(lambda one: one.replace(second=0, microsecond=0)),
        gathers=st.booleans(),
        weekday=st.none() | st.integers(0, 6),
    ),
    st.lists(st.integers(0, 60 * 24 * 30), min_size=1, max_size=60),
)
def test_no_seven_days_hold_more_touches_than_were_chosen(dose: Dose, minutes: list[int]) -> None:
    touched: list[datetime] = []
    for moment in sorted(TUESDAY + timedelta(minutes=one) for one in minutes):
        if touched and touched[-1] >= moment:
            continue  # goes along with what waits
        at = next_touch(dose, touched, moment, LONDON)
        assert moment <= at <= moment + timedelta(days=15)
        if dose.gathers:
            assert at.astimezone(LONDON).time() == dose.hour
        touched.append(at)
    assert all(touches_in(touched, one) <= dose.most for one in touched)


def test_a_family_chooses_on_its_page_and_goes_back(town: Town) -> None:
    user = User.objects.create_user("father@example.org", name="Father")
    town.yousaf.guardian.user = user
    town.yousaf.guardian.save()
    client = browser_of(user)
    page = f"/{town.school.slug}/messages/how-often/"
    for wish, most, hour, weekday in (
        ("few", 1, time(10), 5),
        ("three", 3, time(19), None),
        ("daily", 7, time(19), None),
    ):
        assert client.post(page, {"wish": wish, "hour": "19:00"}).status_code == 302
        row = ChosenDose.objects.get()
        assert (row.most, row.hour, row.weekday) == (most, hour, weekday)
        assert f'value="{wish}" required id="id_wish' in client.get(page).content.decode()
    assert client.post(page, {"wish": "hourly", "hour": "19:00"}).status_code == 422
    client.post(page, {"wish": "usual", "hour": "19:00"})
    assert not ChosenDose.objects.exists()


@pytest.mark.parametrize(
    ("few", "every"),
    [("FEWER MESSAGES", "all messages"), ("kam messages", "SAB MESSAGES"), ("کم پیغام", "سب پیغام")],
)
def test_a_word_from_the_familys_own_phone_does_it_and_needs_nobody(town: Town, few: str, every: str) -> None:
    outcome = say(town, few)
    row = ChosenDose.objects.get()
    assert (row.guardian, row.most, row.weekday) == (town.yousaf.guardian, 1, 5)
    assert (outcome.message.text, outcome.message.settled_at is None) == (few, False)
    assert [parcel.language for parcel in served("dose_few")] == ["ur"]
    say(town, every)
    assert not ChosenDose.objects.exists()
    assert len(served("dose_usual")) == 1
    say(town, "We get few messages about maths, is all well?")  # a conversation, and for a person
    assert not ChosenDose.objects.exists()


def said(town: Town, text: str, now: datetime, **more: object) -> Notice:
    with time_machine.travel(now, tick=False):
        audience = Audience(AudienceKind.CLASSES, (town.class_4a.key,))
        notice = write(Draft(text, "en", audience, **more), school=town.school, by=town.amal.actor(), now=now)
        return release(notice, by=town.amal.actor(), now=now)


def at_its_hour(town: Town, now: datetime) -> int:
    with time_machine.travel(now, tick=False):
        return send_gathered(school=town.school, now=now)


@pytest.fixture
def home(town: Town) -> Guardian:
    Guardian.objects.update(speaks="en", reads="en")
    town.yousaf.guardian.refresh_from_db()
    return town.yousaf.guardian


def test_three_come_at_once_and_the_rest_of_the_week_in_one_message(town: Town, home: Guardian) -> None:
    for hour in range(3):
        said(town, f"Notice {hour}.", TUESDAY + timedelta(hours=hour))
    assert Parcel.objects.count() == 3
    later = TUESDAY + timedelta(days=1)
    said(town, "Bring boots. " * 20, later)
    said(town, "Coming on Friday?", later, question=Question("yes_no"))
    said(town, "Read for ten minutes.", later, urgent_reason="Exam")  # never waits
    undone = said(town, "Wrong class.", later)
    with time_machine.travel(later, tick=False):
        undo(undone, by=town.amal.actor(), now=later)
    assert (Parcel.objects.count(), Gathered.objects.waiting().count()) == (4, 2)
    assert Message.objects.filter(notice__text="Coming on Friday?").exists()  # on their page at once
    [goes_at] = set(Gathered.objects.waiting().values_list("goes_at", flat=True))
    assert goes_at.astimezone(LONDON) == datetime(2026, 10, 20, 17, 0, tzinfo=LONDON)
    assert at_its_hour(town, goes_at - timedelta(minutes=1)) == 0
    assert at_its_hour(town, goes_at) == 1
    assert at_its_hour(town, goes_at) == 0
    body = Delivery.objects.order_by("-pk")[0].body["text"]
    ask = Notice.objects.get(text="Coming on Friday?").ask
    heading, first, second, *_link = body.split("\n")
    assert heading == "Maple Street School"
    assert first.startswith("1. Bring boots. Bring boots.")
    assert first.endswith("…")
    assert second == f"2. Coming on Friday? ({ask.code} 1 = Yes, {ask.code} 2 = No)"
    assert not Answer.objects.exists()


def test_who_chose_saturday_morning_gets_all_of_it_then_and_who_may_not_hear_any_more_gets_none(
    town: Town, home: Guardian
) -> None:
    ChosenDose.objects.create(school=town.school, guardian=home, most=1, hour=time(10), weekday=5)
    other = town.home(2, speaks="en", reads="en")
    ChosenDose.objects.create(school=town.school, guardian=other.guardian, most=1, hour=time(10), weekday=5)
    said(town, "Bring boots.", TUESDAY)
    said(
        town,
        "Come to the fair.",
        TUESDAY + timedelta(days=1),
        question=Question("yes_no", closes_at=TUESDAY + timedelta(days=2)),
    )
    assert Parcel.objects.count() == 2  # it closes before their Saturday, so it goes at once
    saturday = datetime(2026, 10, 17, 10, 0, tzinfo=LONDON)
    assert set(Gathered.objects.values_list("goes_at", flat=True)) == {saturday}
    other.restrict()
    assert at_its_hour(town, saturday) == 1
    last = Parcel.objects.order_by("-pk")[0]
    assert (last.guardian, last.text, last.sender_name) == (home, "Bring boots.", "Ms Amal")


def test_a_question_that_closes_before_the_familys_hour_goes_above_the_dose_and_nothing_else_does(
    town: Town, home: Guardian
) -> None:
    for hour in range(3):
        said(town, f"Notice {hour}.", TUESDAY + timedelta(hours=hour))
    wednesday, hour_of_theirs = TUESDAY + timedelta(days=1), datetime(2026, 10, 20, 17, 0, tzinfo=LONDON)
    said(town, "Bring boots.", wednesday)
    in_time = Question("yes_no", closes_at=hour_of_theirs + timedelta(hours=24))
    said(town, "Coming next week?", wednesday, question=in_time)
    assert (Parcel.objects.count(), Gathered.objects.waiting().count()) == (3, 2)
    too_soon = Question("yes_no", closes_at=hour_of_theirs + timedelta(hours=23, minutes=59))
    said(town, "Coming on Friday?", wednesday, question=too_soon)  # home with less than a day to answer
    at_once = Parcel.objects.order_by("-pk")[0]
    assert (Parcel.objects.count(), at_once.text) == (4, "Coming on Friday?")
    assert Delivery.objects.get(parcel=at_once).due_at < wednesday + timedelta(minutes=5)
    waiting = Gathered.objects.waiting()
    assert set(waiting.values_list("goes_at", flat=True)) == {hour_of_theirs}  # what can wait still does
    said(town, "And umbrellas.", wednesday)
    assert (Parcel.objects.count(), waiting.count()) == (4, 3)


def test_above_the_dose_or_not_a_question_leaves_the_home_its_night(town: Town, home: Guardian) -> None:
    ChosenDose.objects.create(school=town.school, guardian=home, most=1, hour=time(10), weekday=5)
    night = TUESDAY.replace(hour=21, minute=30)
    closes = Question("yes_no", closes_at=night + timedelta(hours=20))
    said(town, "Coming tomorrow?", night, question=closes)
    assert not Gathered.objects.exists()
    [delivery] = Delivery.objects.all()
    assert delivery.due_at.astimezone(LONDON) == datetime(2026, 10, 14, 7, 0, tzinfo=LONDON)
