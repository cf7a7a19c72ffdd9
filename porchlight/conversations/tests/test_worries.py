"""“This worries me” reaches a named person, then the next; and says nothing about anybody on the way."""

from dataclasses import replace
from datetime import timedelta

import pytest

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.conversations.alarm import unplaced
from porchlight.conversations.heard import Words
from porchlight.conversations.models import Message, Worry
from porchlight.conversations.tests.conftest import Town, on_both_databases, staff
from porchlight.conversations.worrying import call_deputies, raise_worry, take_up
from porchlight.delivery.models import Delivery, Parcel
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.errands.models import Errand
from porchlight.schools.actors import Role, system
from porchlight.schools.models import StaffMember

pytestmark = on_both_databases

CANARY = "he hit me zq7canary"


def worrying_message(town: Town) -> Message:
    return Message.objects.create(
        school=town.school, thread=town.thread, author="guardian", text=CANARY, language="en", said_at=TUESDAY
    )


def asked(town: Town) -> list[str]:
    return [errand.assigned_to.name for errand in Errand.objects.order_by("pk")]


def test_one_tap_calls_the_lead_with_words_about_nobody(town: Town) -> None:
    cast.reachable(town.reyes)
    worry = raise_worry(worrying_message(town), by=town.amal.actor(), words="", now=TUESDAY)
    assert asked(town) == ["Ms Reyes"]
    alert = Parcel.objects.get(service_kind="staff_alert")
    for secret in ("zq7canary", "Hamza", "Yousaf", "Amal"):
        assert secret not in alert.text
    assert list(Worry.objects.open()) == [worry]


def test_tapping_twice_is_one_worry(town: Town) -> None:
    message = worrying_message(town)
    for _ in range(2):
        raise_worry(message, by=town.amal.actor(), words="", now=TUESDAY)
    assert Worry.objects.count() == 1
    assert asked(town) == ["Ms Reyes"]


def test_after_fifteen_minutes_the_deputy_is_asked_also_at_night(town: Town) -> None:
    staff(town.school, "Mr Deputy", Role.SAFEGUARDING, deputy=True)
    night = TUESDAY.replace(hour=23)
    raise_worry(worrying_message(town), by=town.amal.actor(), words="", now=night)
    assert call_deputies(school=town.school, now=night + timedelta(minutes=14)) == 0
    assert call_deputies(school=town.school, now=night + timedelta(minutes=15)) == 1
    assert call_deputies(school=town.school, now=night + timedelta(minutes=30)) == 0
    assert asked(town) == ["Ms Reyes", "Mr Deputy"]


def test_each_has_a_quarter_of_an_hour_before_the_one_after_them_is_asked(town: Town) -> None:
    staff(town.school, "Mr Deputy", Role.SAFEGUARDING, deputy=True)
    staff(town.school, "Mr Bell", Role.LEADER)
    raise_worry(worrying_message(town), by=town.amal.actor(), words="", now=TUESDAY)
    for seconds in range(0, 50 * 60, 3):
        call_deputies(school=town.school, now=TUESDAY + timedelta(seconds=seconds))
    calls = [(errand.assigned_to.name, errand.due_at - TUESDAY) for errand in Errand.objects.order_by("pk")]
    assert calls == [
        ("Ms Reyes", timedelta(minutes=15)),
        ("Mr Deputy", timedelta(minutes=30)),
        ("Mr Bell", timedelta(minutes=45)),
    ]


def test_taken_up_ends_every_call(town: Town) -> None:
    worry = raise_worry(worrying_message(town), by=town.amal.actor(), words="", now=TUESDAY)
    take_up(worry, by=town.reyes.actor(), now=TUESDAY + timedelta(minutes=2))
    assert not Errand.objects.open().exists()
    assert call_deputies(school=town.school, now=TUESDAY + timedelta(hours=1)) == 0


def test_without_a_named_lead_a_leader_is_asked(town: Town) -> None:
    town.reyes.roles.all().delete()
    staff(town.school, "Mr Bell", Role.LEADER)
    raise_worry(worrying_message(town), by=town.amal.actor(), words="", now=TUESDAY)
    assert asked(town) == ["Mr Bell"]


def test_a_worry_is_seen_by_safeguarding_and_who_raised_it_alone(town: Town) -> None:
    raise_worry(worrying_message(town), by=town.amal.actor(), words="bruise", now=TUESDAY)
    assert Worry.objects.visible_to(town.reyes.actor()).count() == 1
    assert Worry.objects.visible_to(town.amal.actor()).count() == 1
    assert Worry.objects.visible_to(town.okafor.actor()).count() == 0
    raise_worry(worrying_message(town), by=system(town.school.pk), words="", now=TUESDAY)
    operator = replace(town.okafor.actor(), post_id=None, grant_id=1)
    assert Worry.objects.visible_to(operator).count() == 0


def test_where_nobody_is_named_the_record_says_so_and_the_worry_stays_open(town: Town) -> None:
    town.reyes.roles.all().delete()
    worry = raise_worry(worrying_message(town), by=town.amal.actor(), words="", now=TUESDAY)
    assert asked(town) == []
    assert Entry.objects.get(verb="worry.nobody_named").about_id == worry.pk
    assert call_deputies(school=town.school, now=TUESDAY + timedelta(hours=1)) == 0
    staff(town.school, "Ms New", Role.SAFEGUARDING)
    assert call_deputies(school=town.school, now=TUESDAY + timedelta(hours=2)) == 1
    assert asked(town) == ["Ms New"]


def test_only_a_colleague_or_porchlight_itself_is_worried(town: Town) -> None:
    with pytest.raises(ValueError, match="raised by a colleague"):
        raise_worry(worrying_message(town), by=town.yousaf.guardian.actor(), words="", now=TUESDAY)
    assert not Worry.objects.exists()


def cares_at_home(town: Town, person: StaffMember) -> None:
    """Hamza is the child of this colleague."""
    town.yousaf.guardian.user = person.user
    town.yousaf.guardian.save()


def pages_of(town: Town, worry: Worry, person: StaffMember) -> tuple[int, bool, int]:
    """Whether the page of worries opens, whether it has the words, and what taking up is answered."""
    desk, at = browser_of(person), "/maple-street/worries/"
    page = desk.get(at)
    return (
        page.status_code,
        CANARY in page.content.decode(),
        desk.post(f"{at}{worry.key}/taking-up/").status_code,
    )


def test_a_worry_about_the_leads_own_child_goes_to_the_deputy(town: Town) -> None:
    cares_at_home(town, town.reyes)
    deputy = staff(town.school, "Mr Deputy", Role.SAFEGUARDING, deputy=True)
    worry = raise_worry(worrying_message(town), by=town.amal.actor(), words="bruise", now=TUESDAY)
    later = TUESDAY + timedelta(hours=1)
    assert call_deputies(school=town.school, now=later) == 0
    assert asked(town) == ["Mr Deputy"]
    assert pages_of(town, worry, town.reyes) == (200, False, 404)
    assert list(Worry.objects.open()) == [worry]
    assert pages_of(town, worry, deputy) == (200, True, 302)


@pytest.mark.parametrize("name", ["leader", "office"])
def test_whoever_is_asked_instead_may_look_and_take_it_up(town: Town, name: str) -> None:
    """A leader where the only lead is the parent; the office where all the leaders are as well."""
    cares_at_home(town, town.reyes)
    if name == "leader":
        person = staff(town.school, "Mr Bell", Role.LEADER)
    else:
        person = town.okafor
        town.reyes.roles.create(school=town.school, role=Role.LEADER)
    other = staff(town.school, "Mrs Other", Role.OFFICE)
    cast.reachable(person)
    worry = raise_worry(worrying_message(town), by=town.amal.actor(), words="", now=TUESDAY)
    assert asked(town) == [person.name]
    assert Parcel.objects.filter(service_kind="staff_alert").count() == 1
    assert "has not been taken up" in browser_of(person).get("/maple-street/desk/").content.decode()
    assert pages_of(town, worry, other) == (404, False, 404)
    assert pages_of(town, worry, town.amal) == (404, False, 404)
    assert pages_of(town, worry, person) == (200, True, 302)


def test_nobody_sees_a_worry_they_raised_about_their_own_child(town: Town) -> None:
    raise_worry(worrying_message(town), by=town.amal.actor(), words="", now=TUESDAY)
    cares_at_home(town, town.amal)
    assert not Worry.objects.visible_to(town.amal.actor()).exists()


def test_an_alarm_without_a_thread_calls_nobody_who_cares_for_that_child(town: Town) -> None:
    cares_at_home(town, town.reyes)
    deputy = staff(town.school, "Mr Deputy", Role.SAFEGUARDING, deputy=True)
    cast.reachable(town.reyes)
    cast.reachable(deputy, "+447700900998")
    words = Words(text="He has not come home", channel="sms", at=TUESDAY, sender=town.yousaf.address.value)
    unplaced(town.school, town.yousaf.address, words, TUESDAY)
    [alert] = Delivery.objects.filter(parcel__service_kind="staff_alert")
    assert alert.to == "+447700900998"
