"""What colleagues close: a message that needs no answer, a worry taken up, a notice approved or too late to undo."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.conversations.models import Message, Notice, Seen, TriageItem, Worry
from porchlight.conversations.notices import HOMES_ONE_PERSON_MAY_REACH
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.conversations.tests.test_staff_pages import BASE, compose
from porchlight.conversations.worrying import raise_worry
from porchlight.delivery.models import Delivery, Parcel
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.schools.actors import Role


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def said(town: Town) -> Message:
    """Words from Hamza's father."""
    return Message.objects.create(
        school=town.school,
        thread=town.thread,
        author="guardian",
        text="He fell.",
        language="en",
        said_at=TUESDAY,
    )


def sent_by(client: Client, town: Town, **fields: object) -> Notice:
    looked = compose(client, town, look="", **fields).context["seen"].mark
    compose(client, town, looked=looked, send="1", **fields)
    return Notice.objects.latest("pk")


def test_a_message_that_needs_no_answer_is_settled_by_name(town: Town, said: Message) -> None:
    amal = browser_of(town.amal)
    amal.get(f"{BASE}/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/")
    assert [seen.staff for seen in Seen.objects.all()] == [town.amal]
    amal.post(f"{BASE}/messages/{said.key}/settling/")
    said.refresh_from_db()
    assert (said.settled_at, said.settled_by) == (TUESDAY, town.amal)
    assert Entry.objects.filter(verb="message.settled").count() == 1


def test_a_message_of_a_child_one_does_not_teach_is_not_there_to_settle(town: Town, said: Message) -> None:
    stranger = browser_of(staff(town.school, "Mr Tran", Role.TEACHER))
    assert stranger.post(f"{BASE}/messages/{said.key}/settling/").status_code == 404
    said.refresh_from_db()
    assert said.settled_at is None


def test_a_worry_is_read_and_taken_up_by_safeguarding_and_each_look_is_kept(
    town: Town, said: Message
) -> None:
    worry = raise_worry(said, by=town.amal.actor(), words="A bruise.", now=TUESDAY)
    assert browser_of(town.amal).get(f"{BASE}/worries/").status_code == 404
    assert browser_of(town.amal).post(f"{BASE}/worries/{worry.key}/taking-up/").status_code == 404
    reyes = browser_of(town.reyes)
    page = reyes.get(f"{BASE}/worries/").content.decode()
    assert [words in page for words in ("He fell.", "A bruise.", "Ms Amal", "I have it")] == [True] * 4
    assert Entry.objects.filter(verb="words.looked_at").count() == 1
    after = reyes.post(f"{BASE}/worries/{worry.key}/taking-up/", follow=True).content.decode()
    assert ("I have it" in after, "Ms Reyes" in after) == (False, True)
    assert Worry.objects.get().seen_by == town.reyes


def test_a_notice_to_many_homes_leaves_when_a_second_person_says_yes(town: Town) -> None:
    for number in range(2, HOMES_ONE_PERSON_MAY_REACH + 2):
        town.home(number)
    notice = sent_by(browser_of(town.amal), town)
    approval = f"{BASE}/notices/{notice.key}/approval/"
    assert browser_of(town.amal).post(approval).status_code == 404
    assert not Parcel.objects.exists()
    okafor = browser_of(town.okafor)
    page = okafor.post(approval, follow=True).content.decode()
    assert "Thank you. It goes out now, or at its hour." in page
    assert Parcel.objects.count() == HOMES_ONE_PERSON_MAY_REACH + 1
    assert okafor.post(approval).status_code == 404  # once is enough


def test_who_wrote_it_cannot_be_the_second_person(town: Town) -> None:
    for number in range(2, HOMES_ONE_PERSON_MAY_REACH + 2):
        town.home(number)
    okafor = browser_of(town.okafor)
    notice = sent_by(okafor, town)
    page = okafor.post(f"{BASE}/notices/{notice.key}/approval/", follow=True).content.decode()
    assert "somebody else has to look" in page
    assert not Parcel.objects.exists()


def test_taken_back_too_late_says_so_and_it_goes_on(town: Town, clock) -> None:
    amal = browser_of(town.amal)
    notice = sent_by(amal, town)
    clock.shift(timedelta(minutes=1))
    page = amal.post(f"{BASE}/notices/{notice.key}/withdrawal/", follow=True).content.decode()
    assert "Taken back" not in page
    assert Delivery.objects.waiting().count() == 1


def test_a_question_is_written_with_its_choices_and_too_few_are_refused(town: Town) -> None:
    amal, asks = browser_of(town.amal), {"kind": "question", "shape": "choose_one"}
    refused = compose(amal, town, look="", options="Friday\n", **asks)
    assert refused.status_code == 422
    assert "Write two to nine choices, one on each line." in refused.content.decode()
    notice = sent_by(amal, town, options="Friday\n\nSunday\n", **asks)
    assert [option["labels"]["en"] for option in notice.ask.options] == ["Friday", "Sunday"]


def test_a_notice_nobody_would_get_is_refused_in_words_and_what_was_written_stays(town: Town) -> None:
    amal = browser_of(town.amal)
    looked = compose(amal, town, look="").context["seen"].mark
    town.yousaf.restrict()
    refused = compose(amal, town, looked=looked, send="1")
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Nobody would get this message." in page
    assert "Bring water on Friday.</textarea>" in page
    assert not Notice.objects.exists()
    assert not Parcel.objects.exists()


@pytest.mark.parametrize(
    ("outcome", "words", "left"),
    [
        ("  ", "Write in a few words what you did. The message is still here.", 1),
        ("Rang back", "Done and written down.", 0),
    ],
)
def test_the_office_says_in_a_line_what_it_did(town: Town, outcome: str, words: str, left: int) -> None:
    item = TriageItem.objects.create(
        school=town.school,
        reason="unknown_sender",
        channel="sms",
        sender="+447700900777",
        text="?",
        heard_at=TUESDAY,
    )
    page = browser_of(town.okafor).post(
        f"{BASE}/triage/{item.key}/settlement/", {"outcome": outcome}, follow=True
    )
    assert words in page.content.decode()
    assert TriageItem.objects.waiting().count() == left


def test_what_a_colleague_has_placed_meanwhile_is_said_and_stays(town: Town) -> None:
    item = TriageItem.objects.create(
        school=town.school,
        reason="unknown_sender",
        channel="sms",
        sender="+447700900777",
        text="?",
        heard_at=TUESDAY,
    )
    settle = f"{BASE}/triage/{item.key}/settlement/"
    okafor = browser_of(town.okafor)
    okafor.post(settle, {"outcome": "Rang back"})
    page = okafor.post(settle, {"outcome": "Me too"}, follow=True).content.decode()
    assert "A colleague has already placed this message." in page
    item.refresh_from_db()
    assert item.outcome == "Rang back"


@pytest.mark.parametrize("chosen", [["planet:mars"], ["class:4a", "home:x"], []])
def test_the_live_count_says_nothing_of_what_is_not_ones_own(town: Town, chosen: list[str]) -> None:
    page = browser_of(town.amal).get(f"{BASE}/notices/audience/", {"audience": chosen})
    assert page.status_code == 200
    assert "adult" not in page.content.decode()
