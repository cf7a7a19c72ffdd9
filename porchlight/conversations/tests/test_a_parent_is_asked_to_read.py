"""The office asks a parent to read translations: a message on their own channel, answered with yes or no."""

from __future__ import annotations

import pytest

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Ask, Message
from porchlight.conversations.on_page import answer_ask
from porchlight.conversations.parents_asked import OWNER, ask_parent
from porchlight.conversations.reading import Given
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import Parcel
from porchlight.families.models import Guardian, Guardianship
from porchlight.languages.models import ParentReader
from porchlight.toolbox import school_time

pytestmark = pytest.mark.django_db
OFFICE = "/maple-street/translations/parents/"


@pytest.fixture
def ask(town: Town) -> Ask:
    """He speaks Urdu and reads English as well; the office asked him."""
    Guardian.objects.update(reads="en", speaks="ur")
    town.yousaf.guardian.refresh_from_db()
    assert browser_of(town.okafor).post(OFFICE, {"guardian": town.yousaf.guardian.key}).status_code == 302
    return Ask.objects.get(owner=OWNER)


def answers(town: Town, ask: Ask, key: str) -> None:
    his = town.yousaf.guardian
    answer_ask(ask=ask, guardian=his, given=Given((key,)), by=his.actor(), now=school_time.now())


def test_the_question_goes_out_to_them_alone(town: Town, ask: Ask) -> None:
    town.home(2)
    parcel = Parcel.objects.get()
    assert parcel.guardian == town.yousaf.guardian
    assert "say if the words are right in اردو" in parcel.text
    assert [one["label"] for one in (parcel.ask or {})["options"]] == ["Yes", "No"]
    assert "Hamza" not in parcel.text
    assert ParentReader.objects.get().willing_at is None


def test_yes_and_they_read_from_then_on(town: Town, ask: Ask) -> None:
    answers(town, ask, "yes")
    answers(town, ask, "yes")
    row = ParentReader.objects.get()
    assert row.holds
    assert (row.takes_words, row.takes_phrases, row.is_named) == (True, False, False)


def test_no_ends_it_and_nothing_is_held_against_them(town: Town, ask: Ask) -> None:
    answers(town, ask, "no")
    row = ParentReader.objects.get()
    assert (row.ended_how, row.holds) == ("parent", False)
    assert not Message.objects.waiting().exists()


def test_an_answer_changes_nothing_of_what_they_offered_by_themselves(town: Town, ask: Ask) -> None:
    ParentReader.objects.update(asked_by=None)
    answers(town, ask, "no")
    assert ParentReader.objects.get().ended_at is None


def test_nobody_is_written_to_who_may_not_hear_of_a_child(town: Town) -> None:
    Guardian.objects.update(reads="en", speaks="ur")
    Guardianship.objects.update(may_receive=False)
    guardian = Guardian.objects.get()
    ask_parent(guardian, by=town.okafor.actor(), now=school_time.now())
    assert not Ask.objects.exists()
    assert not Parcel.objects.exists()
