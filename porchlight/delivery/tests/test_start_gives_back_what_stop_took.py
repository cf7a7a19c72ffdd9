"""START opens again what STOP closed, for whoever had agreed until then: nobody else's yes is made of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from porchlight.delivery import addressing
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.delivery.tests.kit import on_both_databases
from porchlight.families.models import Address, Consent, ContactPoint, Guardian
from porchlight.schools.models import School

pytestmark = on_both_databases
BEFORE, BETWEEN, AFTER = (TUESDAY + timedelta(hours=hours) for hours in (-1, 1, 2))


@pytest.fixture
def home(school: School) -> cast.Home:
    return cast.home(school)


def stop(address: Address) -> None:
    assert addressing.opt_out(address, source="reply STOP", words="STOP", now=TUESDAY)


def start(address: Address) -> None:
    assert addressing.opt_in(address, source="reply START", words="START", now=AFTER)


def another_adult(home: cast.Home, *, consented: bool) -> ContactPoint:
    """Who uses the same telephone."""
    school = home.tie.school
    adult = Guardian.objects.create(school=school, name="Mrs Yousaf")
    return ContactPoint.objects.create(
        school=school, address=home.address, guardian=adult, consented=consented
    )


def says(point: ContactPoint, given: bool, at, source: str = "at the office") -> None:
    Consent.objects.create(school=point.school, contact_point=point, given=given, source=source, at=at)
    ContactPoint.objects.filter(pk=point.pk).update(consented=given)


def agreed() -> dict[int, bool]:
    return dict(ContactPoint.objects.values_list("pk", "consented"))


def lines(point: ContactPoint) -> list[tuple[bool, str]]:
    return list(Consent.objects.filter(contact_point=point).order_by("pk").values_list("given", "source"))


def test_who_had_agreed_agrees_again_on_every_channel_of_the_number(school, home):
    text = home.point
    says(text, True, BEFORE, "enrolment form")
    whatsapp, by_whatsapp = cast.reach(school, home.guardian, home.address.value, channel="whatsapp", rank=2)
    stop(whatsapp)
    assert set(agreed().values()) == {False}
    start(whatsapp)
    assert agreed() == {text.pk: True, by_whatsapp.pk: True}
    assert lines(text) == [(True, "enrolment form"), (False, "reply STOP"), (True, "reply START")]


def test_who_never_agreed_does_not_by_another_adults_start(school, home):
    never = another_adult(home, consented=False)
    stop(home.address)
    start(home.address)
    assert agreed() == {home.point.pk: True, never.pk: False}
    assert lines(never) == []


def test_who_refused_before_or_since_has_refused(school, home):
    before, since = another_adult(home, consented=True), another_adult(home, consented=True)
    says(before, True, BEFORE - timedelta(days=1))
    says(before, False, BEFORE)
    stop(home.address)
    says(since, False, BETWEEN)
    start(home.address)
    assert agreed() == {home.point.pk: True, before.pk: False, since.pk: False}
    assert lines(before) == [(True, "at the office"), (False, "at the office")]
    assert lines(since) == [(False, "reply STOP"), (False, "at the office")]


def test_a_stop_that_was_written_down_against_one_who_had_refused_gives_nothing_back(school, home):
    """As it was written before: against everybody there."""
    refused = another_adult(home, consented=False)
    says(refused, False, BEFORE)
    stop(home.address)
    says(refused, False, TUESDAY, "reply STOP")
    start(home.address)
    assert agreed() == {home.point.pk: True, refused.pk: False}


def test_who_came_to_the_number_after_the_stop_or_agreed_since_is_left_as_they_are(school, home):
    asked = another_adult(home, consented=True)
    stop(home.address)
    came = another_adult(home, consented=False)
    says(asked, True, BETWEEN)
    start(home.address)
    assert agreed() == {home.point.pk: True, came.pk: False, asked.pk: True}
    assert lines(asked) == [(False, "reply STOP"), (True, "at the office")]


def test_stop_and_start_twice_over(school, home):
    stop(home.address)
    start(home.address)
    later = AFTER + timedelta(hours=1)
    assert addressing.opt_out(home.address, source="reply STOP", words="STOP", now=later)
    assert agreed() == {home.point.pk: False}
    assert addressing.opt_in(
        home.address, source="reply START", words="START", now=later + timedelta(hours=1)
    )
    assert agreed() == {home.point.pk: True}
