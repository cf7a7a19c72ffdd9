"""“Which child?”: one answer places all that was asked about; without one, a person looks after an hour."""

from __future__ import annotations

from datetime import timedelta

from porchlight.conversations.models import Message, TriageItem, TriageReason, WhichChild
from porchlight.conversations.placing_by_hand import place_in_thread
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.conversations.tests.hearing_kit import say, sibling
from porchlight.conversations.ticking import tick
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Guardianship

pytestmark = on_both_databases


def later(**step: float):
    return TUESDAY + timedelta(**step)


def test_a_digit_places_everything_that_was_asked_about(town: Town) -> None:
    child = sibling(town)
    say(town, "will be late")
    say(town, "and needs the inhaler", at=later(minutes=1))
    say(town, "2", at=later(minutes=3))
    assert [(row.text, row.thread.student) for row in Message.objects.order_by("said_at")] == [
        ("will be late", child),
        ("and needs the inhaler", child),
    ]
    assert not WhichChild.objects.filter(placed_at=None).exists()


def test_a_right_that_was_lost_meanwhile_moves_no_other_child_into_its_place(town: Town) -> None:
    sibling(town)
    say(town, "will be late")
    town.yousaf.restrict()  # Hamza was number 1
    say(town, "1", at=later(minutes=3))
    assert not Message.objects.exists()
    for hour in (1, 2):
        tick(town.school, later(hours=hour))
    item = TriageItem.objects.get()
    assert (item.reason, item.text) == (TriageReason.NO_CONTACT, "will be late")


def test_words_whose_question_nobody_answers_lie_in_the_tray_after_an_hour(town: Town) -> None:
    sibling(town)
    say(town, "will be late", media=({"kind": "audio", "mime_type": "audio/ogg", "provider_id": "m"},))
    tick(town.school, later(minutes=59))
    assert not TriageItem.objects.exists()
    for minute in (60, 61):
        tick(town.school, later(minutes=minute))
    item = TriageItem.objects.get()
    assert (item.reason, item.text, item.address) == (
        TriageReason.WHICH_CHILD,
        "will be late",
        town.yousaf.address,
    )
    assert [one["kind"] for one in item.media] == ["audio"]


def test_an_answer_that_comes_after_all_empties_the_tray(town: Town) -> None:
    sibling(town)
    say(town, "will be late")
    tick(town.school, later(hours=1))
    say(town, "1", at=later(hours=2))
    item, message = TriageItem.objects.get(), Message.objects.get()
    assert (item.resolved_at, item.message) == (later(hours=2), message)
    assert message.thread.student == town.yousaf.student


def test_what_the_office_placed_no_digit_places_again(town: Town) -> None:
    sibling(town)
    say(town, "will be late")
    tick(town.school, later(hours=1))
    tie = Guardianship.objects.get(pk=town.yousaf.tie.pk)
    place_in_thread(TriageItem.objects.get(), tie=tie, by=town.okafor.actor(), now=later(hours=2))
    say(town, "2", at=later(hours=3))
    placed = Message.objects.filter(thread__student=town.yousaf.student).earliest("said_at", "pk")
    assert placed.text == "will be late"
    assert Message.objects.filter(text="will be late").count() == 1
