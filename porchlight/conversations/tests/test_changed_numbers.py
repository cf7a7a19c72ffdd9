"""T29: a family's number changes by people who know them, never by words alone; the old one hears that, never what."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.conversations.heard import Words
from porchlight.conversations.hearing import hear
from porchlight.conversations.models import Message, TriageItem
from porchlight.conversations.placing import guardians_at
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.delivery.changing import actions, cautions
from porchlight.delivery.changing.machine import NotNow
from porchlight.delivery.models import Delivery, Parcel
from porchlight.delivery.outbox.ticking import tick
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import ContactChange, ContactPoint, Guardian, Guardianship, Restriction
from porchlight.schools.actors import Role

BASE = "/maple-street"
NEW = "+447700900777"
OLD = "+447700900001"
CARE = ("a restriction", "a restriction that is set to begin", "somebody asked for it", "an unsafe phone")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def long_known(town: Town) -> None:
    ContactPoint.objects.update(created_at=TUESDAY - timedelta(days=200))


def asks_for_care(town: Town, why: str) -> None:
    """With the father's child something stands, that concerns somebody else."""
    other = Guardian.objects.create(school=town.school, name="Somebody")
    tie = Guardianship.objects.create(school=town.school, guardian=other, student=town.yousaf.student)
    match why:
        case "a restriction":
            Restriction.objects.create(school=town.school, guardianship=tie, scope="contact", evidence="seen")
        case "a restriction that is set to begin":
            later = TUESDAY.date() + timedelta(days=9)
            Restriction.objects.create(
                school=town.school, guardianship=tie, scope="collect", evidence="seen", since=later
            )
        case "somebody asked for it":
            cautions.ask_for_care(town.yousaf.guardian, why="see file", by=town.reyes.actor(), now=TUESDAY)
        case "an unsafe phone":
            _address, point = cast.reach(town.school, town.yousaf.guardian, "+447700900666", rank=9)
            actions.mark_unsafe(point, by=town.okafor.actor(), now=TUESDAY)


def asked(town: Town) -> ContactChange:
    return actions.ask(
        guardian=town.yousaf.guardian,
        channel="sms",
        written=NEW,
        old=town.yousaf.point,
        by=town.okafor.actor(),
        now=TUESDAY,
    )


def confirmed(town: Town, how: str, change: ContactChange | None = None) -> ContactChange:
    called = ContactPoint.objects.select_related("address").get(pk=town.yousaf.point.pk)
    return actions.confirm(
        change or asked(town),
        how=how,
        words="I know him",
        called=called if how == "called_back" else None,
        by=town.okafor.actor(),
        now=TUESDAY,
    )


def live(town: Town) -> list[str]:
    """Where words about Hamza may go."""
    points = ContactPoint.objects.known().filter(guardian=town.yousaf.guardian, consented=True)
    return sorted(points.values_list("address__value", flat=True))


def said_to(number: str) -> list[str]:
    return [row.body["text"] for row in Delivery.objects.filter(to=number).order_by("pk")]


@pytest.mark.usefixtures("long_known")
@pytest.mark.parametrize(("how", "hours"), [("in_person", 0), ("by_slip", 0), ("called_back", 72)])
def test_t29_it_holds_at_once_in_person_or_by_slip_and_after_three_days_by_a_call(
    town: Town, clock: time_machine.Traveller, how: str, hours: int
) -> None:
    confirmed(town, how)
    if hours:
        assert live(town) == [OLD]
        clock.move_to(TUESDAY + timedelta(hours=hours, seconds=-1))
        tick(TUESDAY + timedelta(hours=hours, seconds=-1))
        assert live(town) == [OLD]
        tick(TUESDAY + timedelta(hours=hours))
    assert live(town) == [NEW]


@pytest.mark.usefixtures("long_known")
@pytest.mark.parametrize("why", CARE)
@pytest.mark.parametrize("how", ["in_person", "by_slip", "called_back"])
def test_t29_where_care_is_asked_for_always_three_days_and_a_second_colleague(
    town: Town, how: str, why: str
) -> None:
    asks_for_care(town, why)
    change = confirmed(town, how)
    tick(TUESDAY + timedelta(days=30))
    assert live(town) == [OLD]
    with pytest.raises(NotNow):
        actions.approve(change, by=town.okafor.actor(), now=TUESDAY)
    actions.approve(change, by=town.reyes.actor(), now=TUESDAY)
    tick(TUESDAY + timedelta(hours=71))
    assert live(town) == [OLD]
    tick(TUESDAY + timedelta(hours=72))
    assert live(town) == [NEW]
    assert Entry.objects.filter(verb="contact_change.in_force").count() == 1


@pytest.mark.usefixtures("long_known")
def test_t29_a_restriction_that_comes_while_it_waits_asks_for_the_second_colleague(town: Town) -> None:
    confirmed(town, "called_back")
    asks_for_care(town, "a restriction")
    tick(TUESDAY + timedelta(hours=73))
    assert live(town) == [OLD]
    Restriction.objects.update(lifted_at=TUESDAY)
    tick(TUESDAY + timedelta(hours=74))
    assert live(town) == [OLD]  # what was asked for once stays


@pytest.mark.parametrize(
    "text",
    [
        "My number has changed. It is now 07700 900 777",
        "Mi número cambió, ahora es 07700 900 777",
        "میرا نمبر بدل گیا ہے 07700 900 777",
        "Mera number badal gaya hai 07700 900 777",
    ],
)
def test_t29_a_message_reaches_the_offices_tray_and_changes_nothing(town: Town, text: str) -> None:
    words = Words(text=text, channel="sms", at=TUESDAY, sender=OLD)
    hear(school=town.school, address=town.yousaf.address, words=words, now=TUESDAY)
    item = TriageItem.objects.get()
    assert (item.reason, item.message) == ("number_changed", Message.objects.get())
    tick(TUESDAY + timedelta(days=30))
    assert (live(town), ContactChange.objects.count()) == ([OLD], 0)
    page = browser_of(town.okafor).get(f"{BASE}/triage/").content.decode()
    assert f"/ways/of/{town.yousaf.guardian.key}/?tray={item.key}" in page


@pytest.mark.parametrize("new", [NEW, "+442079460999", "+447700900002"])
def test_t29_the_old_number_hears_that_something_changes_and_nothing_of_what(town: Town, new: str) -> None:
    change = actions.ask(
        guardian=town.yousaf.guardian, channel="sms", written=new, old=town.yousaf.point,
        by=town.okafor.actor(), now=TUESDAY,
    )  # fmt: skip
    confirmed(town, "in_person", change)
    [told] = said_to(OLD)
    assert told == (
        "Maple Street School\nMaple Street School کی طرف سے: آپ تک پہنچنے کا ہمارا کوئی راستہ بدلنے والا ہے۔ اگر آپ نے نہیں کہا"
        " تو براہِ کرم ہمیں \u206601632 960001\u2069 پر فون کریں۔"
    )
    assert not any(
        new[place : place + 4] in told for place in range(len(new) - 3) if new[place : place + 4] not in OLD
    )
    assert Parcel.objects.filter(service_kind="way_changes").count() == 1


@pytest.mark.usefixtures("long_known")
def test_t29_nothing_is_said_where_somebody_else_reads_along(town: Town) -> None:
    actions.mark_unsafe(town.yousaf.point, by=town.okafor.actor(), now=TUESDAY)
    change = confirmed(town, "in_person")
    actions.approve(change, by=town.reyes.actor(), now=TUESDAY)
    tick(TUESDAY + timedelta(days=4))
    assert said_to(OLD) == []
    assert live(town) == [NEW]


@pytest.mark.usefixtures("long_known")
def test_t29_until_it_holds_the_new_number_gets_words_for_anybody_and_is_nobodys(town: Town) -> None:
    change = confirmed(town, "called_back")
    town.yousaf.point.delete()  # nothing else is left to send to
    cast.put_in_outbox(town.school, town.yousaf)
    sent = Delivery.objects.get(to=NEW)
    assert "Hamza" not in sent.body["text"]
    assert not sent.is_personal
    assert guardians_at(change.point.address) == []


def test_t29_a_number_that_came_lately_cannot_vouch_for_another(town: Town) -> None:
    ContactPoint.objects.update(created_at=TUESDAY - timedelta(hours=71))
    with pytest.raises(actions.NotCalled):
        confirmed(town, "called_back")


def test_t29_a_refused_change_leaves_everything_as_it_was(town: Town) -> None:
    ContactPoint.objects.update(created_at=TUESDAY - timedelta(days=9))
    change = confirmed(town, "called_back")
    actions.refuse(change, why="it was not him", by=town.reyes.actor(), now=TUESDAY)
    tick(TUESDAY + timedelta(days=9))
    assert live(town) == [OLD]
    assert not ContactPoint.objects.filter(address__value=NEW, ended_at=None).exists()


def test_the_office_writes_down_asks_for_a_second_and_the_second_says_yes(town: Town) -> None:
    asks_for_care(town, "a restriction")
    office, leader = browser_of(town.okafor), browser_of(staff(town.school, "Mr Abara", Role.LEADER))
    url = f"{BASE}/ways/of/{town.yousaf.guardian.key}/"
    page = office.get(url).content.decode()
    assert "They stood before me" in page
    wrong = office.post(
        url, {"old": town.yousaf.point.key, "channel": "sms", "value": NEW, "how": "in_person"}
    )
    assert wrong.status_code == 422
    assert "Write in a few words who knows them" in wrong.content.decode()
    assert NEW in wrong.content.decode()
    given = {
        "old": town.yousaf.point.key,
        "channel": "sms",
        "value": NEW,
        "how": "in_person",
        "words": "his ID",
    }
    there = office.post(url, given).headers["Location"]
    assert "Ask another colleague" in office.get(there).content.decode()
    office.post(f"{there}approval/")
    assert ContactChange.objects.get().approved_by is None
    assert "I say yes as well" in leader.get(there).content.decode()
    leader.post(f"{there}approval/")
    assert ContactChange.objects.get().approved_by.name == "Mr Abara"
    assert "Mr Yousaf" in leader.get(f"{BASE}/ways/").content.decode()
    leader.post(f"{there}refusal/", {"why": "she rang"})
    assert ContactChange.objects.get().refused_at is not None


def test_words_in_the_tray_are_settled_by_the_change_that_came_of_them(town: Town) -> None:
    item = TriageItem.objects.create(
        school=town.school, reason="number_changed", channel="sms", sender=OLD, text="mera naya number",
        address=town.yousaf.address,
    )  # fmt: skip
    url = f"{BASE}/ways/of/{town.yousaf.guardian.key}/?tray={item.key}"
    office = browser_of(town.okafor)
    assert "mera naya number" in office.get(url).content.decode()
    office.post(url, {"old": town.yousaf.point.key, "channel": "sms", "value": NEW, "how": ""})
    assert TriageItem.objects.get().resolved_at is not None
    assert live(town) == [OLD]


def test_safeguarding_and_leaders_ask_for_care_and_safeguarding_alone_reads_why(town: Town) -> None:
    url = f"{BASE}/ways/of/{town.yousaf.guardian.key}/"
    lead, office = browser_of(town.reyes), browser_of(town.okafor)
    assert office.post(f"{url}caution/", {"why": "x"}).status_code == 404
    lead.post(f"{url}caution/", {"why": "a shelter rang"})
    assert "a shelter rang" in lead.get(url).content.decode()
    leader = browser_of(staff(town.school, "Mr Abara", Role.LEADER))
    assert "Lift it" in leader.get(url).content.decode()
    for other in (office, leader):
        assert "a shelter rang" not in other.get(url).content.decode()
    assert asked(town).with_care
    lead.post(f"{url}caution/removal/")
    assert not asked(town).with_care


@pytest.mark.parametrize("page", ["ways/", "ways/of/{guardian}/", "ways/{change}/"])
def test_a_teacher_finds_none_of_these_pages(town: Town, page: str) -> None:
    change = asked(town)
    url = f"{BASE}/{page.format(guardian=town.yousaf.guardian.key, change=change.key)}"
    assert browser_of(town.amal).get(url).status_code == 404
    assert Client().get(url).status_code == 302
