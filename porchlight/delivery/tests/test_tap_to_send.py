"""A colleague's own phone texts: the list holds what may go now, and each tap is checked, written down and undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.delivery.actions import switch, withdraw
from porchlight.delivery.by_hand.entrusting import entrust
from porchlight.delivery.content import AskSpec, Urgency
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import Delivery, Handing, Lane, Parcel, Stopped, WebhookRoute
from porchlight.delivery.opening import open_account
from porchlight.delivery.outbox.sweeping import sweep
from porchlight.delivery.outbox.ticking import tick
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import Home, put_in_outbox
from porchlight.delivery.tests.kit import on_both_databases
from porchlight.families.models import AddressState, Enrolment, Guardianship
from porchlight.schools.actors import Role, system
from porchlight.schools.models import School, SchoolClass, StaffMember, Teaching
from porchlight.schools.tests.colleagues import colleague, signed_in

pytestmark = pytest.mark.usefixtures("clock")
LIST = "/maple-street/by-hand/"


@pytest.fixture
def home(school: School) -> Home:
    """The school has nothing but a list: Mr Yousaf's number is on it."""
    open_account(school=school, gateway="tap_sms", label="Tap", by=system(school.pk))
    return cast.home(school)


def only() -> Delivery:
    return Delivery.objects.get()


def tap(who: Client, row: Delivery, what: str = "sending"):
    there = f"{LIST}{row.reference}/{what}/"
    return who.get(there) if what == "opening" else who.post(there, follow=True)


def a_teacher(school: School, *teaches: Home, name: str = "Ms Amal") -> tuple[StaffMember, Client]:
    staff = colleague(school, name, Role.TEACHER)
    group = SchoolClass.objects.create(school=school, name=name)
    Teaching.objects.create(school=school, school_class=group, staff=staff)
    for one in teaches:
        Enrolment.objects.create(school=school, student=one.student, school_class=group)
    return staff, browser_of(staff)


@on_both_databases
def test_with_nothing_but_a_list_words_wait_for_a_colleagues_phone(school, home):
    put_in_outbox(school, home)
    row = only()
    assert (row.account.gateway, row.channel, row.to) == ("tap_sms", "sms", home.address.value)
    assert (Lane.objects.count(), WebhookRoute.objects.count()) == (0, 0)
    sweep(cast.TUESDAY)
    row.refresh_from_db()
    assert (row.status, row.epoch) == (Status.QUEUED, 0)


def test_a_gateways_account_goes_before_people_on_whatever_channel(school, home):
    cast.reach(school, home.guardian, "yousaf@example.org", channel="email", rank=2)
    cast.account(school, "email", label="Mail")
    put_in_outbox(school, home)
    assert only().account.gateway == "email"


def test_a_tap_opens_the_phone_with_number_and_words_and_a_second_one_says_it_left(school, home):
    office = signed_in(school, Role.OFFICE)
    put_in_outbox(school, home)
    row = only()
    assert "Hamza painted a lighthouse today." in office.get(LIST).content.decode()
    assert home.address.value not in office.get(LIST).content.decode()
    assert tap(office, row, "opening").headers["Location"] == (
        "sms:+447700900001?body=Ms%20Amal%2C%20Maple%20Street%20School%0AHamza%20painted%20a%20lighthouse%20today."
    )
    tap(office, row)
    row.refresh_from_db()
    assert (row.status, row.sent_at) == (Status.SENT, cast.TUESDAY)
    done = Handing.objects.get()
    assert (done.by.name, done.came_of, done.at) == ("Mrs Okafor", "sent", cast.TUESDAY)
    assert Entry.objects.filter(verb="delivery.by_hand", actor_id=done.by_id).count() == 1


def test_what_goes_to_the_adults_of_a_colleagues_own_child_is_for_another_colleague(school, home):
    office = signed_in(school, Role.OFFICE)
    put_in_outbox(school, home)
    row = only()
    other = cast.home(school, 2)
    other.guardian.user = StaffMember.objects.get(name="Mrs Okafor").user
    other.guardian.save()
    Guardianship.objects.create(school=school, guardian=other.guardian, student=home.student)
    assert "Hamza painted" not in office.get(LIST).content.decode()
    assert [tap(office, row, what).status_code for what in ("opening", "sending")] == [404, 404]


def test_whatsapp_opens_with_the_number_and_the_words(school):
    open_account(school=school, gateway="tap_whatsapp", label="Tap", by=system(school.pk))
    put_in_outbox(
        school, cast.home(school, channel="whatsapp", reads="ur"), content=cast.words("سکول کل بند ہے۔ 1 & 2")
    )
    there = tap(signed_in(school, Role.OFFICE), only(), "opening").headers["Location"]
    assert there.startswith("https://wa.me/447700900001?text=Ms%20Amal%2C%20Maple")
    assert there.endswith("%D8%A8%D9%86%D8%AF%20%DB%81%DB%92%DB%94%201%20%26%202")


@on_both_databases
def test_undo_puts_it_back_and_nothing_is_forgotten(school, home, clock):
    office = signed_in(school, Role.OFFICE)
    put_in_outbox(school, home)
    tap(office, only())
    first = Handing.objects.get()
    clock.now += timedelta(minutes=3)
    page = office.post(f"{LIST}undone/{first.pk}/", follow=True).content.decode()
    assert "It stands on the list again." in page
    assert "Hamza painted a lighthouse" in page
    assert (only().status, only().sent_at) == (Status.QUEUED, None)
    assert office.post(f"{LIST}undone/{first.pk}/").status_code == 404  # it was undone already
    tap(office, only())
    assert [(one.came_of, one.undone_at is None) for one in Handing.objects.order_by("pk")] == [
        ("sent", False),
        ("sent", True),
    ]


def test_after_a_day_it_cannot_be_undone(school, home, clock):
    office = signed_in(school, Role.OFFICE)
    put_in_outbox(school, home)
    tap(office, only())
    clock.now += timedelta(hours=25)
    page = office.post(f"{LIST}undone/{Handing.objects.get().pk}/", follow=True).content.decode()
    assert "That was too long ago to take back." in page
    assert only().status == Status.SENT


# What happens between the list and the tap: how the delivery then stands, and words the colleague reads.
BETWEEN: dict[str, tuple[Callable[[School, Home], object], str, str]] = {
    "restricted": (lambda _school, home: home.restrict(), Stopped.RESTRICTED, "A restriction is recorded."),
    "they said stop": (
        lambda _school, home: save(home.address, opted_out_at=cast.TUESDAY),
        Stopped.OPTED_OUT,
        "They asked for no messages here.",
    ),
    "the number is gone": (
        lambda _school, home: save(home.address, state=AddressState.BAD),
        Stopped.BAD_ADDRESS,
        "This number is known to be wrong.",
    ),
    "switched off": (
        lambda school, _home: switch(off=True, by=None, reason="A wrong text", school=school, channel="sms"),
        "",
        "Sending is switched off.",
    ),
    "taken back": (
        lambda _school, _home: withdraw(Parcel.objects.all()),
        Stopped.WITHDRAWN,
        "A colleague was quicker, or it was taken back.",
    ),
}


def save(row, **changes) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()


@on_both_databases
@pytest.mark.parametrize("what", BETWEEN)
def test_whatever_happens_before_the_tap_holds_at_the_tap(school, home, what):
    office = signed_in(school, Role.OFFICE)
    put_in_outbox(school, home)
    row = only()
    happens, stopped, words = BETWEEN[what]
    happens(school, home)
    assert "lighthouse" not in office.get(LIST).content.decode()
    opened = tap(office, row, "opening")
    assert opened.headers["Location"] == LIST
    assert words in tap(office, row).content.decode()
    row.refresh_from_db()
    assert (row.status, row.stopped, row.sent_at) == (Status.QUEUED, stopped, None)
    assert not Handing.objects.exists()


def test_quiet_hours_hold_and_urgent_words_come_first(school, home, clock):
    office = signed_in(school, Role.OFFICE)
    other = cast.home(school, 2)
    put_in_outbox(school, home)
    put_in_outbox(
        school, other, content=cast.words("School is shut.", urgent_reason="snow"), urgency=Urgency.URGENT
    )
    page = office.get(LIST).content.decode()
    assert page.index("School is shut.") < page.index("lighthouse")
    clock.now = cast.TUESDAY.replace(hour=22)
    page = office.get(LIST).content.decode()
    assert "School is shut." in page
    assert "lighthouse" not in page
    row = Delivery.objects.get(parcel__guardian=home.guardian)
    assert "It is quiet time at this home now." in tap(office, row).content.decode()
    row.refresh_from_db()
    assert (row.status, row.stopped) == (Status.QUEUED, "")


@on_both_databases
def test_of_two_colleagues_the_second_is_told(school, home):
    put_in_outbox(school, home)
    tap(signed_in(school, Role.OFFICE), only())
    second = tap(signed_in(school, Role.LEADER), only()).content.decode()
    assert "A colleague was quicker, or it was taken back." in second
    assert Handing.objects.count() == 1


def test_a_teacher_sees_numbers_only_when_named_and_only_of_those_she_teaches(school, home):
    other = cast.home(school, 2)
    put_in_outbox(school, home, other, content=cast.words("The trip is on Friday."))
    amal, client = a_teacher(school, home)
    mine, others = (Delivery.objects.get(parcel__guardian=one.guardian) for one in (home, other))
    assert [client.get(LIST).status_code, tap(client, mine, "opening").status_code] == [404, 404]
    assert client.post(f"{LIST}{mine.reference}/sending/").status_code == 404
    okafor = colleague(school, "Mrs Okafor", Role.OFFICE)
    entrust(staff=[amal], by=okafor.actor(), now=cast.TUESDAY)
    page = client.get(LIST).content.decode()
    assert ("Mr Yousaf" in page, "Guardian 2" in page) == (True, False)
    assert [tap(client, one, "opening").status_code for one in (mine, others)] == [302, 404]
    entrust(staff=[], by=okafor.actor(), now=cast.TUESDAY)
    assert client.get(LIST).status_code == 404


def test_a_question_says_where_to_answer_since_no_answer_comes_back_here(school, home):
    ask = AskSpec("yes_no", code="K4")
    put_in_outbox(
        school, home, content=cast.words("Can you come?", ask=ask, page_path="/maple-street/n/secret/")
    )
    text = only().body["text"]
    assert text.endswith("/maple-street/n/secret/")
    assert "Please answer here, not to this number:" in text


@on_both_databases
def test_two_adults_with_one_phone_are_one_tap_and_one_undo(school, home):
    mother = cast.home(school, 2)
    mother.point.address = home.address
    mother.point.save()
    Guardianship.objects.create(school=school, guardian=mother.guardian, student=home.student)
    put_in_outbox(
        school, home, replace(mother, student=home.student), content=cast.words("School is closed tomorrow.")
    )
    first = Delivery.objects.get(stopped="")
    office = signed_in(school, Role.OFFICE)
    tap(office, first)
    assert {row.status for row in Delivery.objects.all()} == {Status.SENT}
    office.post(f"{LIST}undone/{Handing.objects.get().pk}/")
    assert {(row.status, row.stopped) for row in Delivery.objects.all()} == {
        (Status.QUEUED, ""),
        (Status.QUEUED, Stopped.TOGETHER),
    }


@on_both_databases
def test_what_may_not_go_any_more_takes_another_way_without_anybodys_tap(school, home, clock):
    open_account(school=school, gateway="slips", label="Slips", by=system(school.pk))
    other, third = cast.home(school, 2), cast.home(school, 3)
    put_in_outbox(school, home, other, third)
    save(home.address, state="bad")
    other.restrict()
    save(third.address, opted_out_at=cast.TUESDAY)  # and is not followed to another way
    tick(clock.now)
    assert list(Delivery.objects.order_by("pk").values_list("channel", "stopped")) == [
        ("sms", Stopped.BAD_ADDRESS),
        ("sms", Stopped.RESTRICTED),
        ("sms", Stopped.OPTED_OUT),
        ("paper", ""),
    ]
    assert Delivery.objects.get(channel="paper").parcel.guardian == home.guardian


def test_a_way_that_is_closed_loses_nothing(school, home):
    open_account(school=school, gateway="call_list", label="Calls", by=system(school.pk))
    deaf = cast.home(school, 2, may_ring="nobody")
    put_in_outbox(school, home, deaf)
    office = signed_in(school, Role.OFFICE)
    office.post("/maple-street/settings/ways/by-hand/tap_sms/", {"off": "1"})
    assert [row.channel for row in Delivery.objects.waiting().order_by("pk")] == ["sms", "voice"]
    page = office.get(LIST).content.decode()
    assert ("Guardian 2" in page, "Mr Yousaf" in page) == (True, False)
