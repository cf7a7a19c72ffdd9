"""T38. Who sees more than 500 people in an hour, or saves a file of them, takes the second step again; a leader hears."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from porchlight.accounts.held_words import HELD
from porchlight.accounts.tests.browsers import browser_of, proves
from porchlight.activity.models import Entry
from porchlight.conversations.tests.conftest import Town, _gateways, staff, town
from porchlight.delivery.models import Delivery, Parcel
from porchlight.delivery.tests.cast import reachable
from porchlight.families.models import Student
from porchlight.operations import keeping_record, many_people
from porchlight.operations.keeping_record import keep_record
from porchlight.operations.many_people import EXPORTED, MANY_SEEN, MOST
from porchlight.operations.models import PersonSeen
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import StaffMember
from porchlight.toolbox import school_time

__all__ = ["_gateways", "town"]  # fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@staff_page(Role.LEADER)
def roll(request: SchoolRequest, actor: Actor, first: int, number: int) -> HttpResponse:
    """A page with so many children's names in it."""
    rows = Student.objects.visible_to(actor).order_by("pk")[first : first + number]
    return HttpResponse("\n".join(child.name for child in rows))


@staff_page(Role.LEADER, exports=True)
def as_file(request: SchoolRequest, actor: Actor) -> HttpResponse:
    return HttpResponse("name\nHamza\n", content_type="text/csv")


urlpatterns = [
    path("<slug:school>/roll/<int:first>/<int:number>/", roll),
    path("<slug:school>/file/", as_file),
    path("", include("porchlight.config.urls")),
]


@pytest.fixture(autouse=True)
def _nobody_seen(settings: LazySettings) -> None:
    settings.SECOND_STEP = True
    many_people._seen.clear()
    keeping_record._last.clear()


@pytest.fixture
def leader(town: Town) -> Client:
    """The head, who took the second step two hours ago; a second leader has a mailbox."""
    Student.objects.bulk_create(
        Student(school=town.school, name=f"Child number {number:04d}") for number in range(MOST + 20)
    )
    other = staff(town.school, "Mr Second", Role.LEADER)
    StaffMember.objects.filter(pk=other.pk).update(email="")
    reachable(other)
    browser = browser_of(staff(town.school, "Ms Head", Role.LEADER))
    proves(browser, 2 * 3600)
    return browser


def opens(browser: Client, first: int, number: int) -> HttpResponse:
    return browser.get(f"/maple-street/roll/{first}/{number}/")


def alarms(verb: str = MANY_SEEN) -> int:
    return Entry.objects.filter(verb=verb).count()


def test_t38_five_hundred_pass_and_the_next_waits_for_the_second_step(leader: Client) -> None:
    for _ in range(2):  # the same people twice are no more people
        assert [opens(leader, at, 100).status_code for at in range(0, MOST, 100)] == [200] * 5
    assert (alarms(), Parcel.objects.count()) == (0, 0)
    more = opens(leader, MOST, 5)
    assert (more.status_code, more.url) == (
        302,
        f"/accounts/2fa/reauthenticate/?next=%2Fmaple-street%2Froll%2F{MOST}%2F5%2F",
    )
    assert opens(leader, MOST, 5).status_code == 302  # asking again changes nothing
    assert alarms() == 1
    part = leader.get(
        f"/maple-street/roll/{MOST}/5/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/maple-street/"},
    )
    assert (part.content, part.headers["HX-Redirect"]) == (
        b"",
        "/accounts/2fa/reauthenticate/?next=%2Fmaple-street%2F",
    )
    proves(leader)
    assert "Child number" in opens(leader, MOST, 5).content.decode()
    assert alarms() == 1


def test_t38_what_is_asked_for_by_a_form_waits_as_well(leader: Client) -> None:
    """Pages that print are asked for by a press: whoever has another's session would go on with those."""
    opens(leader, 0, MOST)
    more = leader.post(f"/maple-street/roll/{MOST}/5/", {"words": "typed"})
    assert (more.status_code, more.content) == (302, b"")
    assert more.url.startswith("/accounts/2fa/reauthenticate/?next=%2Fmaple-street%2Froll%2F")
    assert HELD in leader.session  # what was typed comes back with them
    assert alarms() == 1


def test_t38_another_leader_is_told_at_once_in_words_about_nobody(leader: Client) -> None:
    opens(leader, 0, MOST + 1)
    told = Delivery.objects.get()
    assert (told.to, told.parcel.service_kind, told.priority) == ("+447700900999", "staff_alert", 0)
    assert told.due_at <= school_time.now() + timedelta(seconds=1)  # a worker carries it within seconds
    assert "Head" not in told.parcel.text


def test_t38_an_hour_later_they_are_counted_anew(leader: Client) -> None:
    opens(leader, 0, MOST)
    PersonSeen.objects.update(at=school_time.now() - timedelta(minutes=61))
    many_people._seen.clear()  # as another process, or an hour later
    assert opens(leader, MOST, 10).status_code == 200
    assert alarms() == 0


def test_t38_every_export_asks_for_the_second_step_and_is_told(leader: Client) -> None:
    assert leader.get("/maple-street/file/").status_code == 302
    assert alarms(EXPORTED) == 0  # nothing was given
    proves(leader)
    assert [leader.get("/maple-street/file/").status_code for _ in range(2)] == [200, 200]
    assert (alarms(EXPORTED), Delivery.objects.count()) == (2, 2)


def test_t38_who_is_seen_is_forgotten_after_a_day(leader: Client, town: Town) -> None:
    opens(leader, 0, 10)
    keep_record(town.school, school_time.now())
    assert PersonSeen.objects.count() == 10
    keeping_record._last.clear()
    keep_record(town.school, school_time.now() + timedelta(days=2))
    assert not PersonSeen.objects.exists()
