"""Colleagues rest too: their homes hear once when they are read, and a colleague answers while somebody is away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.conversations.hearing import Words, hear
from porchlight.conversations.models import Message, Worry
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.conversations.worrying import alert
from porchlight.delivery.models import Delivery, Parcel
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Channel, Guardian
from porchlight.schools.actions import choose_hours, go_away
from porchlight.schools.actors import Role
from porchlight.schools.models import Away, ReadingHours, StaffMember
from porchlight.schools.reading import reads_at

BASE = "/maple-street"
TODAY = TUESDAY.date()
NIGHT = TUESDAY + timedelta(hours=6, minutes=30)  # 21:40 in London
MORNING = time(8)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def stein(town: Town) -> StaffMember:
    """Teaches another class."""
    return staff(town.school, "Mr Stein", Role.TEACHER)


def writes(town: Town, text: str, now: datetime) -> Message | None:
    words = Words(text=text, channel=Channel.SMS, at=now)
    with time_machine.travel(now, tick=False):
        return hear(school=town.school, address=town.yousaf.address, words=words, now=now).message


def said(kind: str) -> list[str]:
    return list(Parcel.objects.filter(service_kind=kind).order_by("pk").values_list("text", flat=True))


def rests(town: Town, weekdays: tuple[int, ...] = (2, 3)) -> None:
    """Ms Amal reads on Wednesdays and Thursdays."""
    choose_hours(town.amal, weekdays=weekdays, reads_from=MORNING, reads_until=time(12), by=town.amal.actor())


def away(town: Town, colleague: StaffMember | None, days: int = 3) -> Away:
    last = TODAY + timedelta(days=days)
    return go_away(town.amal, since=TODAY, until=last, colleague=colleague, by=town.amal.actor(), now=TUESDAY)


def thread_page(town: Town) -> str:
    return f"{BASE}/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/"


def test_by_day_a_home_hears_once_when_its_colleague_reads(town: Town) -> None:
    rests(town)
    message = writes(town, "Which book does she need for the trip on Monday?", TUESDAY)
    assert message is not None  # it is here at once
    words = "شکریہ، آپ کا پیغام مل گیا۔ Ms Amal کے پڑھنے کا وقت: کل، صبح 8 بجے۔"
    assert said("reads_later") == [f"Maple Street School\n{words}"]
    writes(town, "And does she need a raincoat for it as well?", TUESDAY + timedelta(minutes=20))
    assert len(said("reads_later")) == 1
    assert not said("out_of_hours")
    after_her_morning = TUESDAY + timedelta(days=1)
    writes(town, "Thank you for the answer about the raincoat.", after_her_morning)
    assert len(said("reads_later")) == 2  # another rest


def test_in_her_hours_it_hears_nothing(town: Town) -> None:
    writes(town, "Which book does she need for the trip on Monday?", TUESDAY)
    assert not said("reads_later")


def test_at_night_one_reply_says_both(town: Town) -> None:
    writes(town, "Which book does she need for the trip on Monday?", NIGHT)
    (words,) = said("out_of_hours")
    assert "Ms Amal کے پڑھنے کا وقت: کل، صبح 8 بجے" in words
    writes(town, "And does she need a raincoat for it as well?", NIGHT + timedelta(hours=1))
    assert len(said("out_of_hours")) == 1
    assert not said("reads_later")


@pytest.mark.parametrize("now", [TUESDAY, NIGHT])
def test_words_of_alarm_go_their_own_way(town: Town, now: datetime) -> None:
    rests(town)
    writes(town, "My child has not come home", now)
    assert Worry.objects.count() == 1
    assert said("told_at_once")
    assert not said("reads_later")
    assert not [words for words in said("out_of_hours") if "Ms Amal" in words]


def test_where_a_colleague_covers_nothing_is_said_and_the_page_names_them(
    town: Town, stein: StaffMember
) -> None:
    away(town, stein)
    writes(town, "Which book does she need for the trip on Monday?", TUESDAY)
    assert not said("reads_later")
    page = browser_of(town.okafor).get(thread_page(town)).content.decode()
    assert "<bdi>Mr Stein</bdi> answers while <bdi>Ms Amal</bdi> is" in page


def test_where_nobody_covers_the_home_hears_when_she_is_back(town: Town) -> None:
    away(town, None, days=2)  # until Thursday
    writes(town, "Which book does she need for the trip on Monday?", TUESDAY)
    (words,) = said("reads_later")
    assert "جمعہ" in words  # Friday
    page = browser_of(town.okafor).get(thread_page(town)).content.decode()
    assert "<bdi>Ms Amal</bdi> reads messages again" in page


@pytest.mark.parametrize("ends", ["taken back", "left"])
def test_it_ends_when_it_is_taken_back_or_the_lender_leaves(
    town: Town, stein: StaffMember, ends: str
) -> None:
    row = away(town, stein)
    client = browser_of(stein)
    assert client.get(thread_page(town)).status_code == 200
    if ends == "taken back":
        browser_of(town.amal).post(f"{BASE}/my-hours/away/{row.key}/removal/")
    else:
        StaffMember.objects.filter(pk=town.amal.pk).update(left_at=TUESDAY)
    assert client.get(thread_page(town)).status_code == 404


def test_a_colleague_with_her_own_child_there_is_lent_nothing_of_it(town: Town, stein: StaffMember) -> None:
    away(town, stein)
    town.yousaf.guardian.user = stein.user
    town.yousaf.guardian.save()
    assert browser_of(stein).get(thread_page(town)).status_code == 404


def test_who_writes_at_rest_may_send_now_or_in_the_morning(town: Town, clock: time_machine.Traveller) -> None:
    client = browser_of(town.amal)
    assert "Send it" not in client.get(thread_page(town)).content.decode()
    clock.move_to(TUESDAY + timedelta(hours=3))  # 18:10, homes are awake
    assert "Send it tomorrow, 8 am" in " ".join(client.get(thread_page(town)).content.decode().split())
    client.post(thread_page(town), {"text": "She did well.", "later": ""})
    delivery = Delivery.objects.get()
    assert delivery.due_at == datetime.combine(TODAY + timedelta(days=1), MORNING, town.school.zone)
    clock.shift(timedelta(hours=2))
    message = Message.objects.get()
    assert f"/messages/{message.key}/withdrawal/" in client.get(thread_page(town)).content.decode()
    clock.move_to(TUESDAY + timedelta(hours=3))
    client.post(thread_page(town), {"text": "And she sang."})
    assert Delivery.objects.latest("pk").due_at <= TUESDAY + timedelta(hours=3, minutes=1)


def test_an_alert_that_can_wait_waits_for_the_colleague_and_a_worry_does_not(
    town: Town, stein: StaffMember
) -> None:
    for number, person in enumerate((town.amal, stein)):
        cast.reachable(person, f"+44770090012{number}")
    morning = datetime.combine(TODAY + timedelta(days=1), MORNING, town.school.zone)

    def goes(**how: bool) -> tuple[str, datetime]:
        alert(town.school, town.amal, NIGHT, **how)
        delivery = Delivery.objects.latest("pk")
        return delivery.to[-1], delivery.due_at

    assert goes() == ("0", NIGHT)
    assert goes(can_wait=True) == ("0", morning)
    away(town, stein)
    assert goes(can_wait=True) == ("1", morning)
    assert goes() == ("0", NIGHT)
    StaffMember.objects.filter(pk=stein.pk).update(left_at=TUESDAY)
    assert goes(can_wait=True)[0] == "0"  # nobody who has left hears of a school's day


def test_the_page_keeps_hours_and_a_cover_and_the_school_cannot_make_them_longer(
    town: Town, stein: StaffMember
) -> None:
    client, page = browser_of(town.amal), f"{BASE}/my-hours/"
    form = {"what": "hours", "hours-weekdays": ["0", "1"], "hours-reads_from": "9:00"}
    assert client.post(page, form | {"hours-reads_until": "9:00"}).status_code == 422
    assert client.post(page, form | {"hours-reads_until": "11:00"}).status_code == 302
    town.school.reads_until = time(22)
    town.school.save()
    assert reads_at(town.amal, TUESDAY) == datetime(2026, 10, 19, 9, tzinfo=town.school.zone)
    assert reads_at(stein, NIGHT - timedelta(hours=1)) == NIGHT - timedelta(hours=1)
    form = {"what": "away", "away-since": "2026-10-19", "away-until": "2026-10-20"}
    assert client.post(page, form | {"away-until": "2026-10-01"}).status_code == 422
    assert (
        client.post(page, form | {"away-colleague": town.amal.key}).status_code == 422
    )  # nobody covers for herself
    client.post(page, form | {"away-colleague": stein.key})
    assert reads_at(town.amal, TUESDAY) == datetime(2026, 10, 26, 9, tzinfo=town.school.zone)
    assert "Mr Stein answers." in client.get(page).content.decode()
    assert "You answer for Ms Amal" in browser_of(stein).get(page).content.decode()
    entry = Entry.objects.get(verb="away.said")
    assert entry.actor_id == town.amal.pk
    assert browser_of(town.okafor).post(f"{page}away/{Away.objects.get().key}/removal/").status_code == 404
    client.post(page, {"what": "usual"})
    assert not ReadingHours.objects.exists()


def at(hour: int, minute: int) -> datetime:
    """On that Tuesday, on the school's clock: it closes at 16, and colleagues read until 17."""
    return datetime(2026, 10, 13, hour, minute, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (at(15, 59), []),
        (at(16, 0), ["still_read"]),
        (at(16, 30), ["still_read"]),
        (at(16, 59), ["still_read"]),
        (at(17, 0), ["out_of_hours"]),
        (at(21, 40), ["out_of_hours"]),
    ],
)
def test_between_closing_and_the_last_reading_hour_nothing_is_said_that_is_not_so(
    town: Town, when: datetime, told: list[str]
) -> None:
    Guardian.objects.update(reads="en", speaks="en")
    writes(town, "When is the trip?", when)
    kinds = Parcel.objects.exclude(service_kind="").order_by("pk").values_list("service_kind", flat=True)
    assert list(kinds) == told
    text = "".join(Parcel.objects.exclude(service_kind="").values_list("text", flat=True))
    assert ("nobody reads messages" in text) == (told == ["out_of_hours"])
    assert ("Ms Amal still reads messages until 5 pm." in text) == (told == ["still_read"])
    if told:
        assert town.school.emergency in text, "the numbers for an emergency stand in both"


def test_who_reads_still_is_said_once_and_the_night_has_its_own_reply(town: Town) -> None:
    for when in (at(16, 10), at(16, 40), at(17, 30), at(18, 0)):
        writes(town, "When is the trip?", when)
    assert [len(said(kind)) for kind in ("still_read", "out_of_hours")] == [1, 1]


def test_a_colleague_whose_hours_end_before_is_not_said_to_read(town: Town) -> None:
    choose_hours(
        town.amal, weekdays=(0, 1, 2, 3, 4), reads_from=MORNING, reads_until=time(15), by=town.amal.actor()
    )
    writes(town, "When is the trip?", at(16, 30))
    assert [len(said(kind)) for kind in ("still_read", "out_of_hours")] == [0, 1]


def test_a_stranger_hears_that_nobody_reads(town: Town) -> None:
    words = Words(text="Hello", channel=Channel.SMS, at=at(16, 30), sender="+447700900999")
    hear(school=town.school, address=None, words=words, now=at(16, 30))
    assert not said("still_read")
