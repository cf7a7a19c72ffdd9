"""Who asks for a call gets a time and a name; it is shown on the call list; a missed one is made good by somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta

import pytest
import time_machine

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.call_list import calls
from porchlight.conversations.calling import Line, rang_back
from porchlight.conversations.models import TriageItem
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.delivery.models import CameOf
from porchlight.errands.models import Errand
from porchlight.families.models import MayRing
from porchlight.languages.models import KnownLanguage
from porchlight.meetings.hours.calls import NotTheirWish, look_back, promise_call, promise_unasked
from porchlight.meetings.models import AtMeetings, CallBack, InterpreterBooking, Mode
from porchlight.meetings.tests.conftest import NOW
from porchlight.meetings.tests.hours_kit import BASE, at, keeps, told, writes
from porchlight.schools.actors import Role


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def asks(town: Town) -> TriageItem:
    writes(town.yousaf, "CALL")
    return TriageItem.objects.get()


def test_the_office_promises_a_time_with_one_tap_and_both_know_it(town: Town) -> None:
    keeps(town.amal)
    KnownLanguage.objects.create(school=town.school, staff=town.amal, language="ur")
    item = asks(town)
    desk = browser_of(town.okafor)
    page = f"{BASE}/hours/calls/{item.key}/"
    assert page in desk.get(f"{BASE}/calls/").content.decode()
    slot = f"{town.yousaf.student.key}:{town.amal.key}:20261015T1500"
    assert slot in desk.get(page).content.decode()
    desk.post(page, {"slot": slot})
    row = CallBack.objects.get()
    assert (row.item, row.meeting.mode, row.meeting.starts_at) == (item, Mode.PHONE, at(15, 16))
    words = told(town.yousaf)[-1]
    assert "Ms Amal آپ کو فون" in words
    assert "اردو" in words
    shown = calls(town.school, town.okafor.actor(), NOW).now[0].promised
    assert shown is not None
    assert (shown.by, shown.starts_at, shown.ends_at) == ("Ms Amal", at(15, 16), at(15, 16, 15))
    assert "Hamza" in browser_of(town.amal).get(f"{BASE}/hours/").content.decode()


def test_a_teacher_does_not_open_the_offices_page(town: Town) -> None:
    item = asks(town)
    assert browser_of(town.amal).get(f"{BASE}/hours/calls/{item.key}/").status_code == 404


def test_it_is_promised_by_itself_where_a_teacher_keeps_hours_for_calls(town: Town) -> None:
    keeps(town.amal, modes=[Mode.PHONE])
    asks(town)
    promise_unasked(town.school, now=NOW)
    promise_unasked(town.school, now=NOW)
    assert CallBack.objects.get().meeting.starts_at == at(15, 16)


def test_who_wishes_a_woman_is_promised_no_man_and_none_outside_their_hours(town: Town) -> None:
    adult = town.yousaf.guardian
    adult.may_ring, adult.ring_from, adult.ring_until = MayRing.WOMAN, time(18), time(20)
    adult.save()
    keeps(town.amal, modes=[Mode.PHONE])
    AtMeetings.objects.create(school=town.school, staff=town.amal, person="woman")
    asks(town)
    promise_unasked(town.school, now=NOW)
    assert not CallBack.objects.exists()
    facts = {"guardian": adult, "student": town.yousaf.student, "by": town.okafor.actor(), "now": NOW}
    with pytest.raises(NotTheirWish):
        promise_call(staff=town.okafor, starts_at=at(15, 18), ends_at=at(15, 18, 15), **facts)
    assert promise_call(staff=town.amal, starts_at=at(15, 18), ends_at=at(15, 18, 15), **facts).item is None


def test_with_an_interpreter_it_is_said_in_which_language_and_they_are_asked(town: Town) -> None:
    noor = staff(town.school, "Mr Noor", Role.INTERPRETER)
    KnownLanguage.objects.create(school=town.school, staff=noor, language="ur")
    promise_call(
        guardian=town.yousaf.guardian, student=town.yousaf.student, staff=town.amal, starts_at=at(15, 16),
        ends_at=at(15, 16, 15), by=town.okafor.actor(), now=NOW, interpreter=noor,
    )  # fmt: skip
    assert InterpreterBooking.objects.get().staff == noor
    assert "اردو" in told(town.yousaf)[-1]


def test_a_missed_call_is_a_task_for_its_colleague_and_the_family_hears_sorry_with_a_new_time(
    town: Town,
) -> None:
    keeps(town.amal, modes=[Mode.PHONE])
    asks(town)
    promise_unasked(town.school, now=NOW)
    with time_machine.travel(late := at(15, 17, 30), tick=False):
        look_back(town.school, now=late)
        look_back(town.school, now=late)
    first, again = CallBack.objects.order_by("pk")
    assert (first.missed_at, again.missed_at, again.meeting.starts_at) == (late, None, at(22, 16))
    errand = Errand.objects.get()
    assert (errand.assigned_to, errand.kind, errand.guardian) == (town.amal, "ring", town.yousaf.guardian)
    assert "معذرت" in told(town.yousaf)[-1]
    with time_machine.travel(late, tick=False):
        page = browser_of(town.amal)
        assert f"/hours/promised/{first.key}/call/" in page.get(f"{BASE}/hours/").content.decode()
        page.post(f"{BASE}/hours/promised/{first.key}/call/")
    first.refresh_from_db()
    assert first.rung_at == late


def test_without_another_hour_a_person_gives_the_new_time(town: Town) -> None:
    keeps(town.amal, modes=[Mode.PHONE], until=at(15, 12).date())
    asks(town)
    promise_unasked(town.school, now=NOW)
    with time_machine.travel(late := at(15, 17, 30), tick=False):
        look_back(town.school, now=late)
    assert CallBack.objects.count() == 1
    assert "ہم میں سے کوئی آپ کو نیا وقت دے گا" in told(town.yousaf)[-1]


def test_rung_before_its_time_it_is_kept_and_the_hour_is_free_again(town: Town) -> None:
    keeps(town.amal, modes=[Mode.PHONE])
    item = asks(town)
    promise_unasked(town.school, now=NOW)
    rang_back(item, Line(CameOf.REACHED, "All is well"), by=town.okafor.actor(), now=NOW + timedelta(hours=1))
    look_back(town.school, now=NOW + timedelta(hours=2))
    row = CallBack.objects.get()
    assert row.rung_at == NOW + timedelta(hours=2)
    assert not row.meeting.is_on
    assert not Errand.objects.exists()


def test_a_colleague_sees_only_calls_that_are_theirs(town: Town) -> None:
    keeps(town.amal, modes=[Mode.PHONE])
    asks(town)
    promise_unasked(town.school, now=NOW)
    row = CallBack.objects.get()
    assert list(CallBack.objects.visible_to(town.amal.actor())) == [row]
    assert list(CallBack.objects.visible_to(town.reyes.actor())) == []
    assert browser_of(town.reyes).post(f"{BASE}/hours/promised/{row.key}/call/").status_code == 404
