"""A call that was written down by mistake stands on the list again, and what it said they had said is unsaid."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Answer, Message, Ringing
from porchlight.conversations.notices import Question
from porchlight.conversations.porch import lights
from porchlight.conversations.report import report_on
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.conversations.tests.test_call_list import (
    CALLS,
    LATER,
    about,
    office,
    only,
    page,
    rings,
    says,
    tells,
)
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import Handing
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.design.lights import Light

__all__ = ["office"]  # a fixture
SOON = LATER + timedelta(minutes=2)


def takes_back(who: Client, done: Handing | Ringing, at=SOON):
    kind = "about" if isinstance(done, Handing) else "asked"
    with time_machine.travel(at, tick=False):
        return who.post(f"{CALLS}{kind}/undone/{done.pk}/", follow=True)


@on_both_databases
def test_words_said_to_nobody_wait_again_without_the_answer(town: Town, office: Client) -> None:
    notice = tells(town, "Can you come on Friday?", question=Question("yes_no"))
    says(office, about(town), choice="1", words="She brings cake")
    assert "You wrote down one call today" in page(office, SOON)
    answer = takes_back(office, Handing.objects.get()).content.decode()
    assert "It stands on the list again." in answer
    assert "Can you come on Friday?" in page(office, SOON)
    assert "You wrote down" not in page(office, SOON)
    assert (only().status, only().tries) == (Status.QUEUED, 0)
    assert not Answer.objects.exists()
    assert not Message.objects.standing().from_home().exists()
    assert report_on(notice, actor=town.amal.actor()).counts() == {"on_way": 1}
    assert lights(town.school, [town.yousaf.guardian], SOON)[town.yousaf.guardian.pk] is Light.UNLIT
    says(office, about(town), SOON, choice="2")
    assert Answer.objects.get().keys == ["no"]


@pytest.mark.parametrize("came_of", ["no_answer", "call_again"])
def test_no_answer_pressed_by_mistake_costs_no_try_and_no_two_hours(
    town: Town, office: Client, came_of: str
) -> None:
    tells(town)
    says(office, about(town), came_of=came_of)
    assert "The trip" not in page(office, SOON)
    takes_back(office, Handing.objects.get())
    assert "The trip" in page(office, SOON)
    assert only().tries == 0


@on_both_databases
def test_who_asked_to_be_rung_waits_again(town: Town, office: Client) -> None:
    item = rings(town)
    says(office, f"asked/{item.key}", words="Hamza is ill until Thursday")
    assert "Please ring me" not in page(office, SOON)
    takes_back(office, Ringing.objects.get())
    assert "Please ring me" in page(office, SOON)
    item.refresh_from_db()
    assert (item.outcome, item.resolved_at, item.resolved_by) == ("", None, None)
    assert not Message.objects.standing().exists()
    says(office, f"asked/{item.key}", SOON)
    assert "Please ring me" not in page(office, SOON)


def test_no_answer_to_who_asked_is_taken_back_too(town: Town, office: Client) -> None:
    item = rings(town)
    says(office, f"asked/{item.key}", came_of="no_answer")
    assert "not before" in page(office, SOON)
    takes_back(office, Ringing.objects.get())
    assert "not before" not in page(office, SOON)


def test_only_who_wrote_it_and_only_for_a_day(town: Town, office: Client) -> None:
    tells(town)
    item = rings(town)
    says(office, about(town))
    says(office, f"asked/{item.key}")
    for done in (Handing.objects.get(), Ringing.objects.get()):
        assert takes_back(browser_of(town.reyes), done).status_code in (403, 404)
        tomorrow = TUESDAY + timedelta(days=1, minutes=5)
        assert "too long ago" in takes_back(office, done, tomorrow).content.decode()
    assert not Handing.objects.exclude(undone_at=None).exists()


def test_a_wrong_number_is_put_right_on_its_own_page(town: Town, office: Client) -> None:
    tells(town)
    says(office, about(town), came_of="wrong_number")
    assert "You wrote down" not in page(office, SOON)
    assert takes_back(office, Handing.objects.get()).status_code == 404


def test_what_somebody_saw_to_otherwise_since_stays(town: Town, office: Client) -> None:
    """Rung twice, the first call cannot be taken back from under the second."""
    item = rings(town)
    says(office, f"asked/{item.key}", came_of="no_answer")
    first = Ringing.objects.get()
    says(office, f"asked/{item.key}", SOON)
    assert "gone on since" in takes_back(office, first).content.decode()
    item.refresh_from_db()
    assert item.resolved_at == SOON


def test_no_answer_pressed_twice_to_who_asked_is_one_call(town: Town, office: Client) -> None:
    item = rings(town)
    for minutes in (0, 0, 2):
        says(office, f"asked/{item.key}", LATER + timedelta(minutes=minutes), came_of="no_answer")
    assert [one.at for one in Ringing.objects.order_by("at")] == [LATER, LATER + timedelta(minutes=2)]
