"""The desk: who waits and since when, who had no good word, who cannot be reached; nobody is ranked."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.record import record
from porchlight.conversations.hours import Promises, answer_by
from porchlight.conversations.models import Notice, TriageItem, Worry
from porchlight.conversations.tell import reply
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.addressing import mark_bad
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.inbox.listeners import Trouble, tell_trouble
from porchlight.delivery.models import Delivery, Lane, Stopped
from porchlight.delivery.pairing import PAIRED
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.design.lights import Light
from porchlight.families.models import Household, HouseholdMembership
from porchlight.home.desk import look
from porchlight.home.tests.conftest import BASE, heard
from porchlight.schools.actors import system
from porchlight.schools.models import Closure

LONDON = ZoneInfo("Europe/London")


def desk_of(town: Town, person=None, now: datetime = TUESDAY):
    return look(town.school, (person or town.amal).actor(), now=now)


def test_a_waiting_message_shows_since_when_and_by_when(town: Town, amal: Client) -> None:
    heard(town.yousaf, "سیر کب ہے؟", at=TUESDAY - timedelta(hours=1))
    [row] = desk_of(town).waiting.rows
    assert (row.name, row.about) == ("Mr Yousaf", "Hamza · اردو")
    assert row.note == "since today, 2.10 pm"
    assert [str(tag.words) for tag in row.tags] == ["Answer by tomorrow, 4 pm"]
    page = amal.get(f"{BASE}/desk/").content.decode()
    assert '<p class="said" lang="ur" dir="rtl">سیر کب ہے؟</p>' in page
    assert f"{BASE}/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/" in page


def test_past_the_promise_it_is_late_and_says_so(town: Town, amal: Client) -> None:
    heard(town.yousaf, at=TUESDAY - timedelta(days=4))  # Friday afternoon
    waiting = desk_of(town).waiting
    assert (waiting.count, waiting.overdue) == (1, 1)
    [tag] = waiting.rows[0].tags
    assert (str(tag.words), tag.tone) == ("Answer was due yesterday, 4 pm", "care")
    assert "oldest first · 1, 1 of them late" in amal.get(f"{BASE}/desk/").content.decode()


@pytest.mark.parametrize(
    ("heard_at", "now", "is_late"),
    [
        ("2026-10-12 15:59", "2026-10-13 16:00", False),
        ("2026-10-12 15:59", "2026-10-13 16:01", True),  # Monday's words are due on Tuesday at four
        ("2026-10-12 16:00", "2026-10-13 16:01", False),  # after the bell counts from Tuesday
        ("2026-10-09 12:00", "2026-10-12 15:00", False),  # a weekend counts for nothing
        ("2026-10-09 12:00", "2026-10-12 16:01", True),
        ("2026-10-23 12:00", "2026-11-02 15:00", False),  # nor does half-term
        ("2026-10-23 12:00", "2026-11-02 16:01", True),
    ],
)
def test_lateness_counts_school_days(town: Town, heard_at: str, now: str, is_late: bool) -> None:
    Closure.objects.create(school=town.school, name="Half-term", starts_on="2026-10-26", ends_on="2026-10-30")
    said, moment = (datetime.fromisoformat(one).replace(tzinfo=LONDON) for one in (heard_at, now))
    promises = Promises(town.school, moment)
    assert (said < promises.overdue_before) is is_late
    assert promises.due(said) == answer_by(town.school, said)
    assert (promises.due(said) < moment) is is_late


def test_counts_tell_the_whole_though_five_are_shown(town: Town) -> None:
    for number in range(2, 30):
        heard(town.home(number), at=TUESDAY - timedelta(minutes=number))
    waiting = desk_of(town).waiting
    assert (len(waiting.rows), waiting.count, waiting.overdue) == (5, 28, 0)
    assert waiting.rows[0].note == "since today, 2.41 pm"  # the oldest


def test_the_rest_of_those_who_wait_is_a_tap_away(town: Town, amal: Client) -> None:
    for number in range(2, 30):
        heard(town.home(number), at=TUESDAY - timedelta(minutes=number))
    few = amal.get(f"{BASE}/desk/").content.decode()
    assert (few.count("Answer by"), "Show all 28" in few) == (5, True)
    everybody = amal.get(f"{BASE}/desk/?all=1").content.decode()
    assert (everybody.count("Answer by"), "Show all" in everybody) == (28, False)
    assert f'hx-get="{BASE}/desk/waiting/?all=1"' in everybody  # and it stays so when somebody new has spoken
    assert amal.get(f"{BASE}/desk/waiting/?all=1").content.decode().count("Answer by") == 28


def test_an_answer_takes_it_off_the_desk(town: Town) -> None:
    heard(town.yousaf, at=TUESDAY - timedelta(hours=1))
    reply(thread=town.thread, text="On Friday.", language="en", by=town.amal.actor(), now=TUESDAY)
    assert desk_of(town).waiting.count == 0


def test_homes_not_adults_are_counted_and_named(town: Town) -> None:
    second = town.home(2)
    home = Household.objects.create(school=town.school, label="Yousaf family")
    for adult in (town.yousaf.guardian, second.guardian):
        HouseholdMembership.objects.create(school=town.school, household=home, guardian=adult)
    desk = desk_of(town)
    assert (desk.homes, list(desk.street)) == (1, [Light.UNLIT])
    [row] = desk.good_news
    assert (row.name, row.about) == ("Yousaf family", "Child2, Hamza")
    heard(second)
    assert list(desk_of(town).street) == [Light.LIT]  # whoever of them speaks lights the porch


def test_a_home_without_a_good_word_is_offered_one_and_then_rests(town: Town) -> None:
    assert [row.name for row in desk_of(town).good_news] == ["Mr Yousaf"]
    reply(
        thread=town.thread,
        text="Well read!",
        language="en",
        by=town.amal.actor(),
        now=TUESDAY,
        kind="good_news",
    )
    assert desk_of(town).good_news_count == 0
    assert desk_of(town, now=TUESDAY + timedelta(days=29)).good_news_count == 1


def test_no_home_is_offered_good_news_that_cannot_arrive(town: Town) -> None:
    silent = town.home(2)
    silent.point.ended_at = TUESDAY
    silent.point.save()
    desk = desk_of(town)
    assert [row.name for row in desk.good_news] == ["Mr Yousaf"]
    [row] = desk.not_reached
    assert (row.name, row.words) == (
        "Guardian 2",
        "We have no number or mailbox for this home. Ask when you next meet them.",
    )
    assert [str(tag.words) for tag in row.tags] == ["Next: Mrs Okafor"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"opted_out_at": TUESDAY}, "They asked for no messages here."),
        ({"state": "bad"}, "This number or mailbox does not work."),
    ],
)
def test_what_stands_in_the_way_is_said_as_a_next_step(
    town: Town, change: dict[str, object], words: str
) -> None:
    for name, value in change.items():
        setattr(town.yousaf.address, name, value)
    town.yousaf.address.save()
    assert desk_of(town).not_reached[0].words.startswith(words)


def test_words_that_did_not_arrive_are_a_next_step_too(town: Town) -> None:
    reply(thread=town.thread, text="Hello.", language="en", by=town.amal.actor(), now=TUESDAY)
    assert desk_of(town).not_reached_count == 0  # still on its way
    Delivery.objects.update(status=Status.FAILED, stopped=Stopped.DEAD, advice="bad_address")
    desk = desk_of(town)
    assert desk.good_news_count == 0
    assert desk.not_reached[0].words == "The number or mailbox does not exist any more. Find the right one."


def test_only_homes_of_ones_own_classes_are_there(town: Town, amal: Client) -> None:
    stranger = cast.home(town.school, 9)
    heard(stranger, "Not for Ms Amal.")
    page = amal.get(f"{BASE}/desk/").content.decode()
    assert "Child9" not in page
    assert "Not for Ms Amal." not in page
    assert desk_of(town).homes == 1


def test_the_number_of_queries_does_not_grow_with_homes(town: Town, amal: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            amal.get(f"{BASE}/desk/")
            return len(queries)

    for number in range(2, 8):
        heard(town.home(number), at=TUESDAY - timedelta(minutes=number))
    asked()  # the first page of a session writes down that it began
    few = asked()
    for number in range(8, 48):
        heard(town.home(number), at=TUESDAY - timedelta(minutes=number))
    asked()  # whom it shows for the first time is written down
    assert asked() == few < 50


def test_a_long_street_becomes_a_bar(town: Town, amal: Client) -> None:
    for number in range(2, 123):
        town.home(number)
    desk = desk_of(town)
    assert (desk.homes, list(desk.street)) == (122, [])
    assert [share.count for share in desk.shares] == [0, 0, 122]
    assert '<svg class="bar"' in amal.get(f"{BASE}/desk/").content.decode()


@pytest.mark.parametrize(
    ("hour", "greeting"), [(8, "Good morning"), (13, "Good afternoon"), (18, "Good evening")]
)
def test_the_greeting_follows_the_schools_clock(town: Town, hour: int, greeting: str) -> None:
    now = datetime(2026, 10, 13, hour, tzinfo=LONDON)
    desk = desk_of(town, now=now)
    assert (desk.greeting, desk.today) == (f"{greeting}, Ms Amal", "Tuesday 13 October")
    assert (desk.quiet_from, desk.quiet_until) == ("8 pm", "7 am")


def test_leaders_see_steps_of_the_whole_school_and_no_teacher_beside_a_count(
    town: Town, bell: Client
) -> None:
    late = heard(town.yousaf, at=TUESDAY - timedelta(days=4))
    TriageItem.objects.create(school=town.school, reason="missed_call", channel="sms", sender="+447700900777")
    Notice.objects.create(
        school=town.school,
        by=town.amal,
        text="x",
        language="en",
        audience={"kind": "school", "names": []},
        goes_at=TUESDAY,
        needs_approval=True,
        released_at=TUESDAY,
    )
    Worry.objects.create(school=town.school, message=late, raised_by=town.amal, raised_at=TUESDAY)
    Lane.objects.update(held_at=TUESDAY, held_reason="401")
    gone = town.yousaf.address
    mark_bad(gone, reason="unknown_number")
    tell_trouble(Trouble(town.school, "address_bad", "No such number.", town.phone, gone))
    record(PAIRED, about=town.phone, by=system(town.school.pk))
    page = bell.get(f"{BASE}/desk/").content.decode()
    card = page.split('id="steps"')[1].split("</section>")[0]
    for words in (
        "A phone was set up to text as “Office phone”, with the QR code of ",
        "One family has waited longer than we promise.",
        "One message or call still has to find its thread.",
        "One announcement waits for a second pair of eyes.",
        "Nothing leaves on “Office phone” until you act.",
        f'href="{BASE}/settings/ways/{town.phone.key}/"',
        "One number or mailbox has to be put right, so that words get there.",
    ):
        assert words in card
    assert "Ms Amal" not in page
    assert "worry" not in card  # that is for safeguarding alone
    reyes = browser_of(town.reyes).get(f"{BASE}/desk/").content.decode()
    assert "One worry has not been taken up." in reyes
    assert "Office phone" not in reyes
    assert "has to be put right" not in reyes


def test_a_teachers_desk_has_no_steps_of_the_school(town: Town, amal: Client) -> None:
    TriageItem.objects.create(school=town.school, reason="missed_call", channel="sms", sender="+447700900777")
    assert desk_of(town).steps == []
    assert "Next at school" not in amal.get(f"{BASE}/desk/").content.decode()


def test_the_waiting_list_alone_is_the_same_list(town: Town, amal: Client) -> None:
    heard(town.yousaf)
    part = amal.get(f"{BASE}/desk/waiting/").content.decode()
    assert part.strip().startswith("<section")
    assert "When is the trip?" in part
    assert "<use href" not in part  # drawn in place: the page it goes into may not hold the symbol
