"""One thread is lent to a counsellor who does not teach the child: that thread's everyday words until a day, no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Message, StandIn, Thread
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Guardian, Guardianship, Student
from porchlight.home.waiting import waiting_for
from porchlight.schools.actors import Role
from porchlight.schools.models import StaffMember
from porchlight.schools.tiers import Tier

BASE = "/maple-street"
FRIDAY = (TUESDAY + timedelta(days=3)).date()
HIS, HERS, OTHERS = "His father wrote this.", "His mother wrote this.", "Another home wrote this."


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def silva(town: Town) -> StaffMember:
    return staff(town.school, "Mr Silva", Role.COUNSELLOR)


@pytest.fixture
def mother(town: Town) -> Thread:
    """Hamza's mother, apart from his father."""
    guardian = Guardian.objects.create(school=town.school, name="Amira Yousaf")
    Guardianship.objects.create(school=town.school, guardian=guardian, student=town.yousaf.student)
    thread = Thread.objects.create(school=town.school, guardian=guardian, student=town.yousaf.student)
    wrote(thread, HERS)
    return thread


def wrote(thread: Thread, text: str, at: datetime = TUESDAY, tier: Tier = Tier.L1) -> Message:
    return Message.objects.create(
        school=thread.school,
        thread=thread,
        author="guardian",
        text=text,
        language="en",
        said_at=at,
        tier=tier,
    )


def page_of(thread: Thread) -> str:
    return f"{BASE}/students/{thread.student.key}/with/{thread.guardian.key}/"


def lends(town: Town, to: StaffMember, by: StaffMember | None = None) -> int:
    """What the teacher's page answers."""
    form = {"staff": to.key, "until": str(FRIDAY)}
    return browser_of(by or town.amal).post(f"{page_of(town.thread)}stand-in/", form).status_code


def test_they_read_and_answer_this_thread_and_it_is_on_their_desk(town: Town, silva: StaffMember) -> None:
    wrote(town.thread, HIS)
    his = browser_of(silva)
    assert his.get(page_of(town.thread)).status_code == 404
    assert waiting_for(town.school, silva.actor(), now=TUESDAY).count == 0
    lends(town, silva)
    assert StandIn.objects.get().lends
    assert HIS in his.get(page_of(town.thread)).content.decode()
    assert waiting_for(town.school, silva.actor(), now=TUESDAY).count == 1
    assert page_of(town.thread) in his.get(f"{BASE}/desk/").content.decode()
    assert his.post(page_of(town.thread), {"text": "I am here for you."}).status_code == 302
    assert Message.objects.get(staff=silva).thread == town.thread


def test_no_other_thread_no_page_of_the_child_and_no_personal_words(
    town: Town, silva: StaffMember, mother: Thread
) -> None:
    wrote(town.thread, HIS)
    wrote(town.thread, "Personal.", tier=Tier.L2)
    other = town.home(2)
    elsewhere = Thread.objects.create(school=town.school, guardian=other.guardian, student=other.student)
    wrote(elsewhere, OTHERS)
    lends(town, silva)
    actor, his = silva.actor(), browser_of(silva)
    assert [one.text for one in Message.objects.visible_to(actor)] == [HIS]
    assert list(Thread.objects.read_by(actor)) == [town.thread]
    assert list(Thread.objects.visible_to(actor)) == []
    assert list(Student.objects.visible_to(actor)) == list(Guardianship.objects.visible_to(actor)) == []
    assert his.get(page_of(mother)).status_code == his.get(page_of(elsewhere)).status_code == 404
    child = f"{BASE}/students/{town.yousaf.student.key}/"
    assert his.get(child).status_code == 404
    shown = his.get(page_of(town.thread)).content.decode()
    assert f'href="{child}"' not in shown
    assert HERS not in shown
    assert his.post(page_of(mother), {"text": "Hello"}).status_code == 404


def test_it_ends_by_itself_and_when_it_is_taken_back(town: Town, silva: StaffMember) -> None:
    wrote(town.thread, HIS)
    lends(town, silva)
    his, actor = browser_of(silva), silva.actor()
    with time_machine.travel(TUESDAY + timedelta(days=3), tick=False):
        assert Message.objects.visible_to(actor).exists(), "the last day is included"
    with time_machine.travel(TUESDAY + timedelta(days=4), tick=False):
        assert not Message.objects.visible_to(actor).exists()
        assert browser_of(silva).get(page_of(town.thread)).status_code == 404
    browser_of(town.amal).post(f"{BASE}/stand-ins/{StandIn.objects.get().key}/removal/")
    assert his.get(page_of(town.thread)).status_code == 404
    assert not Message.objects.visible_to(actor).exists()


def test_the_family_reads_who_reads_and_how_much(town: Town, silva: StaffMember) -> None:
    wrote(town.thread, HIS)
    Guardian.objects.update(reads="en", speaks="en")
    lends(town, silva)
    shown = browser_of(town.yousaf.guardian).get(f"{BASE}/messages/about/{town.yousaf.student.key}/")
    html = " ".join(shown.content.decode().split())
    assert "<bdi>Mr Silva</bdi> answers here until Friday 16 October." in html
    assert "They read these messages and nothing else about your child." in html


def test_it_is_lent_by_who_sees_the_child_and_never_lent_on(town: Town, silva: StaffMember) -> None:
    liaison = staff(town.school, "Ms Noor", Role.LIAISON)
    assert lends(town, liaison, by=silva) == 404
    lends(town, silva)
    assert lends(town, liaison, by=silva) == 404
    row = StandIn.objects.get()
    assert row.staff == silva
    assert browser_of(silva).post(f"{BASE}/stand-ins/{row.key}/removal/").status_code == 404


def test_only_to_who_is_asked_in_for_one_family_and_never_to_the_childs_own(town: Town) -> None:
    lends(town, staff(town.school, "Mr Else", Role.TEACHER))
    aunt = staff(town.school, "Ms Yousaf", Role.COUNSELLOR)
    at_home = Guardian.objects.create(school=town.school, name="Ms Yousaf", user=aunt.user)
    Guardianship.objects.create(school=town.school, guardian=at_home, student=town.yousaf.student)
    lends(town, aunt)
    assert not StandIn.objects.exists()


def test_another_school_has_no_part_in_it(town: Town, silva: StaffMember) -> None:
    wrote(town.thread, HIS)
    lends(town, silva)
    other = staff(cast.maple_street("oak-road"), "Mr Oak", Role.COUNSELLOR)
    assert not Thread.objects.read_by(other.actor()).exists()
