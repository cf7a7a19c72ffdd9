"""Slips of an announcement for a whole class: for every home or only the unreached, and each home counted once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Notice, Unreached
from porchlight.conversations.on_paper import put_on_paper
from porchlight.conversations.report import report_on
from porchlight.conversations.taking_back import undo
from porchlight.conversations.tests.conftest import Town, on_both_databases, staff, town
from porchlight.delivery.by_hand.slip_codes import code_of, shown, slip_in
from porchlight.delivery.gateways.contract import Advice, Status
from porchlight.delivery.models import Account, Delivery, Stopped
from porchlight.delivery.opening import open_account
from porchlight.delivery.outbox import ladder
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import ContactPoint, Enrolment, Guardianship, Student
from porchlight.schools.actors import Role, system
from porchlight.schools.models import SchoolClass
from porchlight.welcome.tests.test_slips import SLIPS, asks

__all__ = ["town"]  # a fixture
LATER = TUESDAY + timedelta(minutes=2)
PAGE = f"{SLIPS}announcement/"


@pytest.fixture(autouse=True)
def _later() -> object:
    with time_machine.travel(LATER, tick=False):
        yield


def paper() -> list[Delivery]:
    return list(Delivery.objects.filter(channel="paper").order_by("pk"))


def prints(town: Town, notice: Notice, whom: str = "everybody", who: Client | None = None):
    form = {"notice": notice.key, "school_class": town.class_4a.key, "whom": whom}
    return (who or browser_of(town.okafor)).post(PAGE, form, follow=True)


def slips_switched_on(town: Town) -> None:
    open_account(school=town.school, gateway="slips", label="Slips", by=system(town.school.pk))


@on_both_databases
def test_every_home_of_the_class_gets_one_and_is_counted_once(town: Town) -> None:
    slips_switched_on(town)
    two = town.home(2)
    notice = asks(town)
    assert paper() == []  # texts go to both
    Delivery.objects.filter(parcel__guardian=two.guardian).update(status=Status.DELIVERED, sent_at=TUESDAY)
    before = report_on(notice, actor=town.okafor.actor())
    sheet = prints(town, notice).content.decode()
    assert "2 slips more are made." in sheet
    assert [str(one.parcel.guardian) for one in paper()] == ["Mr Yousaf", "Guardian 2"]
    for one in paper():
        assert shown(code_of(one)) in sheet
        assert slip_in(code_of(one), school=town.school, now=LATER) == one
    assert ("Hamza" in sheet, "Child2" in sheet, "کیا آپ جمعے کو آئیں گے؟" in sheet) == (True, True, True)
    prints(town, notice)
    assert len(paper()) == 2  # pressed twice, done once
    after = report_on(notice, actor=town.okafor.actor())
    assert after.counts() == before.counts() == {"on_way": 1, "arrived": 1}
    assert [row[:3] for row in after.by_channel()] == [("sms", 2, 1)]
    browser_of(town.amal).post(f"{SLIPS}{town.class_4a.key}/", {"slip": [one.reference for one in paper()]})
    handed = report_on(notice, actor=town.okafor.actor())
    assert sum(handed.counts().values()) == len(handed.doors) == 2
    assert handed.counts() == {"sent": 1, "arrived": 1}


def test_only_homes_that_nothing_else_reached(town: Town) -> None:
    """One whose number failed, one whom nothing carried it to when it was sent; the third has it and gets none."""
    two, three = town.home(2), town.home(3)
    two.point.delete()
    notice = asks(town)
    slips_switched_on(town)
    failed = Delivery.objects.filter(parcel__guardian=three.guardian)
    failed.update(status=Status.FAILED, stopped=Stopped.BAD_ADDRESS, advice=Advice.BAD_ADDRESS)
    assert Unreached.objects.count() == 1
    sheet = prints(town, notice, "rest").content.decode()
    assert {str(one.parcel.guardian) for one in paper()} == {"Guardian 2", "Guardian 3"}
    assert ("Child2" in sheet, "Child3" in sheet, "Hamza" in sheet) == (True, True, False)
    assert not Unreached.objects.exists()
    assert report_on(notice, actor=town.okafor.actor()).counts() == {"on_way": 3}


def test_a_restricted_adult_and_other_classes_get_none(town: Town) -> None:
    slips_switched_on(town)
    other = cast.home(town.school, 9)
    group = SchoolClass.objects.create(school=town.school, name="5B")
    Enrolment.objects.create(school=town.school, student=other.student, school_class=group)
    town.home(2)
    notice = asks(town)
    town.yousaf.restrict()
    prints(town, notice)
    assert [str(one.parcel.guardian) for one in paper()] == ["Guardian 2"]


def test_a_siblings_slip_stands_in_the_class_it_was_printed_for(town: Town) -> None:
    slips_switched_on(town)
    group = SchoolClass.objects.create(school=town.school, name="5B")
    older = Student.objects.create(school=town.school, name="Ayesha Yousaf")
    Enrolment.objects.create(school=town.school, student=older, school_class=group)
    Guardianship.objects.create(school=town.school, guardian=town.yousaf.guardian, student=older)
    notice = asks(town, SchoolClass.objects.all())
    sheet = browser_of(town.okafor).post(
        PAGE, {"notice": notice.key, "school_class": group.key, "whom": "everybody"}, follow=True
    )
    assert "Hamza, Ayesha" in sheet.content.decode()
    assert len(paper()) == 1


def test_a_slip_besides_keeps_no_other_way_from_being_tried(town: Town) -> None:
    slips_switched_on(town)
    notice = asks(town)
    cast.reach(town.school, town.yousaf.guardian, "+447700900055", rank=2)
    prints(town, notice)
    Delivery.objects.filter(channel="sms").update(
        status=Status.FAILED, stopped=Stopped.BAD_ADDRESS, advice=Advice.BAD_ADDRESS
    )
    ladder.follow_up(Delivery.objects.filter(channel="sms").values_list("pk", flat=True), LATER)
    assert Delivery.objects.filter(channel="sms", stopped="").get().to == "+447700900055"
    assert len(paper()) == 1


def test_taken_back_within_its_hold_the_slips_stay_here_too(town: Town) -> None:
    slips_switched_on(town)
    notice, soon = asks(town), TUESDAY - timedelta(seconds=50)  # ten seconds after it was sent
    put_on_paper(notice, group=town.class_4a, everybody=True, by=town.okafor.actor(), now=soon)
    undo(notice, by=town.amal.actor(), now=soon)
    assert [one.stopped for one in paper()] == [Stopped.WITHDRAWN]


def test_who_may_and_what_is_missing_is_said(town: Town) -> None:
    notice = asks(town)
    Notice.objects.update(text="{child} may come on Friday. " + "All are welcome. " * 5)
    refused = prints(town, notice).content.decode()
    assert "Slips are not switched on yet." in refused
    assert "(name) may come on Friday. All are welcome. All are welcome…" in refused
    assert prints(town, notice, who=browser_of(town.amal)).status_code == 404
    other = staff(town.school, "Mr Ito", Role.TEACHER)
    assert browser_of(other).get(PAGE).status_code == 404
    answer = browser_of(town.okafor).post(PAGE, {"notice": "x", "school_class": "y", "whom": "z"})
    assert answer.status_code == 422
    assert not paper()
    Notice.objects.update(undone_at=TUESDAY)
    assert "No announcement lately" in browser_of(town.okafor).get(PAGE).content.decode()
    assert Account.objects.filter(gateway="slips").count() == 0
    assert ContactPoint.objects.filter(ended_at=None).count() == 1
