"""The call list: who asked to be rung, and whom our words reach only by a call; what came of it in one line."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.heard import Words, to_triage
from porchlight.conversations.models import (
    Answer,
    Message,
    Notice,
    Ringing,
    TriageItem,
    TriageReason,
    Trouble,
)
from porchlight.conversations.notices import Draft, Question, release, write
from porchlight.conversations.porch import lights
from porchlight.conversations.report import report_on
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.delivery.actions import switch
from porchlight.delivery.by_hand.entrusting import entrust
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import Account, Delivery, Handing, Stopped
from porchlight.delivery.opening import open_account
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.design.lights import Light
from porchlight.families.models import AddressState
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.actors import system

CALLS = "/maple-street/calls/"
LATER = TUESDAY + timedelta(minutes=1)


@pytest.fixture
def office(town: Town) -> Client:
    """The school has no account any more but the call list, and slips for whom a call does not reach."""
    Account.objects.update(closed_at=TUESDAY)
    for name in ("call_list", "slips"):
        open_account(school=town.school, gateway=name, label=name, by=system(town.school.pk))
    return browser_of(town.okafor)


def tells(town: Town, text: str = "The trip is on Friday.", urdu: str = "سیر جمعے کو ہے۔", **more) -> Notice:
    versions = {"ur": Version(urdu, "ur", Provenance.SCHOOL_TEMPLATE, "Ms Amal")} if urdu else {}
    audience = Audience(AudienceKind.CLASSES, (town.class_4a.key,))
    draft = Draft(text, "en", audience, versions=versions, **more)
    with time_machine.travel(TUESDAY, tick=False):
        notice = write(draft, school=town.school, by=town.amal.actor(), now=TUESDAY)
        return release(notice, by=town.amal.actor(), now=TUESDAY)


def page(who: Client, at: datetime = LATER, by: str = "") -> str:
    with time_machine.travel(at, tick=False):
        return who.get(CALLS + (f"?by={by}" if by else "")).content.decode()


def says(who: Client, path: str, at: datetime = LATER, **form: str):
    with time_machine.travel(at, tick=False):
        return who.post(
            f"{CALLS}{path}/", {"came_of": "reached", "words": "", "again": "", **form}, follow=True
        )


def about(town: Town) -> str:
    return f"about/{Delivery.objects.get(parcel__guardian=town.yousaf.guardian).reference}"


def only() -> Delivery:
    return Delivery.objects.get(channel="voice")


def rings(town: Town, at: datetime = TUESDAY) -> TriageItem:
    words = Words(text="", channel="sms", at=at)
    return to_triage(town.school, town.yousaf.address, words, TriageReason.MISSED_CALL)


def test_the_words_stand_in_what_they_speak_with_ours_beside(town: Town, office: Client) -> None:
    tells(town)
    assert (only().to, only().account.gateway) == (town.yousaf.address.value, "call_list")
    seen = page(office)
    assert "سیر جمعے کو ہے۔" in seen
    assert "The trip is on Friday." in seen
    assert "السلام علیکم، Maple Street School" in seen
    assert "Hello, this is Maple Street School. I am ringing about Hamza." in seen
    assert 'href="tel:+447700900001"' in seen
    assert "اردو" in seen


def test_who_speaks_another_language_than_they_read_hears_what_they_speak(town: Town, office: Client) -> None:
    town.yousaf.guardian.reads = "en"
    town.yousaf.guardian.save()
    tells(town)
    assert "سیر جمعے کو ہے۔" in page(office)


@on_both_databases
def test_reached_counts_as_arrived_and_says_who_rang(town: Town, office: Client) -> None:
    notice = tells(town)
    says(office, about(town))
    assert only().status == Status.DELIVERED
    done = Handing.objects.get()
    assert (done.by, done.came_of, done.at) == (town.okafor, "reached", LATER)
    report = report_on(notice, actor=town.amal.actor())
    assert report.counts() == {"arrived": 1}
    assert [row[0] for row in report.by_channel()] == ["voice"]
    assert "The trip is on Friday." not in page(office)


def test_until_somebody_rings_the_report_says_that_it_waits_for_one_of_us(town: Town, office: Client) -> None:
    notice = tells(town)
    [(words, count)] = report_on(notice, actor=town.amal.actor()).by_hand
    assert (str(words), count) == ("to be rung", 1)
    seen = office.get(f"/maple-street/notices/{notice.key}/").content.decode()
    assert "Waits for one of us to carry it:" in seen


@on_both_databases
def test_what_they_answered_counts_and_what_they_said_lights_the_porch(town: Town, office: Client) -> None:
    tells(town, "Can you come on Friday?", "کیا آپ جمعے کو آ سکتے ہیں؟", question=Question("yes_no"))
    says(office, about(town), choice="1", words="She brings cake")
    answer = Answer.objects.get()
    assert (answer.keys, answer.channel, answer.typed_by) == (["yes"], "voice", town.okafor)
    message = Message.objects.from_home().get()
    assert (message.text, message.channel, message.language) == ("She brings cake", "voice", "en")
    assert lights(town.school, [town.yousaf.guardian], LATER)[town.yousaf.guardian.pk] is Light.LIT


def test_an_answer_may_be_typed_in_the_line(town: Town, office: Client) -> None:
    tells(town, "Can you come on Friday?", question=Question("yes_no"))
    says(office, about(town), words="no")
    assert Answer.objects.get().keys == ["no"]
    assert not Message.objects.from_home().exists()


@on_both_databases
def test_no_answer_comes_back_later_and_after_three_a_slip_goes_home(town: Town, office: Client) -> None:
    tells(town)
    at = LATER
    for tried in (1, 2, 3):
        says(office, about(town), at, came_of="no_answer")
        assert only().tries == tried
        assert "The trip" not in page(office, at + timedelta(minutes=5))
        at += timedelta(hours=2, minutes=1)
        if tried < 3:
            assert "no answer" in page(office, at)
        # one more call would have been in quiet hours
        at = at if at.hour < 18 else (at + timedelta(days=1)).replace(hour=9)
    assert (only().status, only().stopped) == (Status.FAILED, Stopped.NEXT_CHANNEL)
    slip = Delivery.objects.get(channel="paper")
    assert (slip.account.gateway, slip.address, slip.stopped) == ("slips", None, "")


@on_both_databases
def test_a_wrong_number_goes_to_be_mended_and_another_way_is_found(town: Town, office: Client) -> None:
    tells(town)
    says(office, about(town), came_of="wrong_number", words="a shop answered")
    town.yousaf.address.refresh_from_db()
    assert town.yousaf.address.state == AddressState.BAD
    assert Handing.objects.get().words == "a shop answered"
    [trouble] = Trouble.objects.standing()
    assert trouble.address == town.yousaf.address
    tray = office.get("/maple-street/triage/").content.decode()
    assert "Somebody else answered there. Ask the family for the right number." in tray
    assert Delivery.objects.get(stopped="").channel == "paper"


@pytest.mark.parametrize(
    ("form", "hour"),
    [
        ({"came_of": "call_again", "again": "17:30"}, 17.5),
        ({"came_of": "call_again", "words": "17:30 he works till five"}, 17.5),
        ({"words": "again 17:30"}, 17.5),
        ({"words": "Again 9.15"}, 24 + 9.25),
    ],
)
def test_ring_again_at_an_hour_pressed_or_typed(town: Town, office: Client, form, hour) -> None:
    tells(town)
    says(office, about(town), **form)
    midnight = town.school.local(TUESDAY).replace(hour=0, minute=0)
    assert only().due_at == midnight + timedelta(hours=hour)
    before, after = (midnight + timedelta(hours=hour, minutes=by) for by in (-2, 2))
    assert "The trip" not in page(office, before)
    assert "asked to be rung again" in page(office, after)


def test_an_hour_that_is_none_is_said_and_nothing_typed_is_lost(town: Town, office: Client) -> None:
    tells(town)
    answer = says(office, about(town), came_of="call_again", words="at her mother's 27:80")
    assert answer.status_code == 422
    assert "We do not know this hour." in answer.content.decode()
    assert "at her mother&#x27;s 27:80" in answer.content.decode()
    assert not Handing.objects.exists()


def test_hours_and_who_may_ring_are_kept(town: Town, office: Client) -> None:
    guardian = town.yousaf.guardian
    guardian.ring_from, guardian.ring_until, guardian.may_ring = time(17), time(19), "woman"
    guardian.save()
    tells(town)
    assert "The trip" not in page(office)
    evening = TUESDAY.replace(hour=16, minute=30)  # 17:30 in London
    assert "Only a woman rings" in page(office, evening)
    assert "between" in page(office, evening)
    assert "The trip" in page(office, evening, by="woman")
    assert "The trip" not in page(office, evening, by="man")


@pytest.mark.parametrize("change", [{"may_ring": "nobody"}, {"access_needs": ["no_calls"]}])
def test_who_is_not_to_be_rung_gets_a_slip(town: Town, office: Client, change) -> None:
    for name, value in change.items():
        setattr(town.yousaf.guardian, name, value)
    town.yousaf.guardian.save()
    tells(town)
    assert [row.channel for row in Delivery.objects.all()] == ["paper"]


@on_both_databases
def test_a_restriction_that_comes_before_the_call_is_written_down_holds(town: Town, office: Client) -> None:
    tells(town)
    path = about(town)
    town.yousaf.restrict()
    assert "The trip" not in page(office)
    assert "A restriction is recorded." in says(office, path).content.decode()
    assert (only().status, only().stopped) == (Status.QUEUED, Stopped.RESTRICTED)


def test_a_missed_call_stands_on_the_list_and_is_done_in_one_line(town: Town, office: Client) -> None:
    item = rings(town)
    seen = page(office)
    assert "Please ring me" in seen
    assert "You asked us to ring. How can we help?" in seen
    assert "آپ نے فون کرنے کو کہا تھا" in seen
    says(office, f"asked/{item.key}", words="Hamza is ill until Thursday")
    item.refresh_from_db()
    assert (item.outcome, item.resolved_by) == ("Hamza is ill until Thursday", town.okafor)
    assert Message.objects.get().text == "Hamza is ill until Thursday"
    assert "Please ring me" not in page(office)


@on_both_databases
def test_a_missed_call_that_nobody_answers_back_waits_and_says_so(town: Town, office: Client) -> None:
    item = rings(town)
    says(office, f"asked/{item.key}", came_of="no_answer")
    assert "not before" in page(office)
    assert Ringing.objects.get().again_at == LATER + timedelta(hours=2)
    seen = page(office, LATER + timedelta(hours=2, minutes=1))
    assert ("no answer" in seen, "Please ring me" in seen) == (True, True)
    says(office, f"asked/{item.key}", came_of="wrong_number")
    assert Trouble.objects.standing().get().address == town.yousaf.address
    assert not TriageItem.objects.waiting().exists()


def test_of_two_who_ring_back_the_second_is_told(town: Town, office: Client) -> None:
    item = rings(town)
    says(office, f"asked/{item.key}")
    assert "A colleague has rung them already." in says(office, f"asked/{item.key}").content.decode()


def test_a_number_nobody_knows_stays_in_the_tray(town: Town, office: Client) -> None:
    words = Words(text="", channel="sms", at=TUESDAY, sender="+447700900888")
    to_triage(town.school, None, words, TriageReason.MISSED_CALL)
    assert "447700900888" not in page(office)
    assert "+447700900888" in office.get("/maple-street/triage/").content.decode().replace(" ", "")


def test_a_teacher_sees_the_list_only_when_named_and_no_calls_others_asked_for(
    town: Town, office: Client
) -> None:
    tells(town)
    item = rings(town)
    amal = browser_of(town.amal)
    assert [amal.get(CALLS).status_code, says(amal, about(town)).status_code] == [404, 404]
    entrust(staff=[town.amal], by=town.okafor.actor(), now=TUESDAY)
    seen = page(amal)
    assert ("The trip" in seen, "Please ring me" in seen) == (True, False)
    assert says(amal, f"asked/{item.key}").status_code == 404
    says(amal, about(town))
    assert Handing.objects.get().by == town.amal


def test_a_switch_over_calls_empties_the_list_until_it_is_lifted(town: Town, office: Client) -> None:
    tells(town)
    switch(off=True, by=None, reason="A wrong text", school=town.school, channel="voice")
    assert "The trip" not in page(office)
    assert "Sending is switched off." in says(office, about(town)).content.decode()
    switch(off=False, by=None, reason="", school=town.school, channel="voice")
    assert "The trip" in page(office)
