"""A calendar's own address ends as the session does in which it was made: whoever holds the old phone reads no times."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town
from porchlight.families.models import Address, ContactPoint, Guardian, Guardianship, Restriction
from porchlight.meetings.tests.around import BASE, html, posts
from porchlight.meetings.tests.conftest import NOW, meet
from porchlight.meetings.tests.test_calendars import address_of, asks
from porchlight.welcome.coming_in import CAME_BY

PAGE = f"{BASE}/meetings/calendar/"


def phone_of(town: Town) -> Client:
    """The father's, on which he came in by a code to his number."""
    phone = browser_of(town.yousaf.guardian)
    session = phone.session
    session[CAME_BY] = ["Guardian", town.yousaf.guardian.pk, town.yousaf.address.pk]
    session.save()
    return phone


def presses(phone: Client, at: datetime = NOW) -> HttpResponse:
    with time_machine.travel(at, tick=False):
        return phone.post(PAGE)


def another_reads_there(town: Town) -> None:
    ContactPoint.objects.update(unsafe_at=NOW)


def moved(town: Town) -> None:
    ContactPoint.objects.update(ended_at=NOW)


def in_other_hands(town: Town) -> None:
    Address.objects.update(state="notice_only")


def wrong_number(town: Town) -> None:
    Address.objects.update(state="bad")


def one_of_two_is_kept_away(town: Town) -> None:
    """The father shares his telephone with somebody who may not hear of the child any more."""
    other = Guardian.objects.create(school=town.school, name="Guardian 2")
    tie = Guardianship.objects.create(school=town.school, guardian=other, student=town.yousaf.student)
    ContactPoint.objects.create(
        school=town.school, address=town.yousaf.address, guardian=other, consented=True
    )
    Restriction.objects.create(school=town.school, guardianship=tie, scope="contact", evidence="seen")


@pytest.mark.parametrize(
    "what", [another_reads_there, moved, in_other_hands, wrong_number, one_of_two_is_kept_away]
)
def test_t23_with_the_way_its_session_came_in_an_address_ends(
    town: Town, what: Callable[[Town], None]
) -> None:
    meet(town)
    path = address_of(html(presses(phone_of(town))))
    assert b"VEVENT" in asks(path).content
    what(town)
    assert asks(path).status_code == 404


def test_what_else_is_theirs_may_change_and_it_stays(town: Town) -> None:
    path = address_of(html(presses(phone_of(town))))
    mailbox = Address.objects.create(school=town.school, channel="email", value="y@example.org", state="bad")
    ContactPoint.objects.create(school=town.school, address=mailbox, guardian=town.yousaf.guardian, rank=2)
    assert asks(path).status_code == 200


def test_one_that_ended_is_no_longer_said_to_stand_and_another_may_be_made(town: Town) -> None:
    meet(town)
    first = address_of(html(presses(phone_of(town))))
    in_other_hands(town)
    page = browser_of(town.yousaf.guardian).get(PAGE).content.decode()
    assert "/calendar/removal/" not in page
    Address.objects.update(state="good")
    second = address_of(html(presses(phone_of(town), NOW + timedelta(days=1))))
    assert [asks(path).status_code for path in (first, second)] == [404, 200]


def test_a_post_at_rest_opens_no_calendar(town: Town) -> None:
    meet(town)
    path = address_of(html(posts(town.amal, "/meetings/mine/calendar/")))
    assert asks(path).status_code == 200
    town.amal.rests_since = NOW
    town.amal.save()
    assert asks(path).status_code == 404


def test_a_sign_in_that_is_switched_off_opens_no_calendar(town: Town) -> None:
    meet(town)
    path = address_of(html(posts(town.amal, "/meetings/mine/calendar/")))
    town.amal.user.is_active = False
    town.amal.user.save()
    assert asks(path).status_code == 404
