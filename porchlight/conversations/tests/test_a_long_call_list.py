"""A call list of many homes asks no more of the database than one of few; and calls that were answered are no misses."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from porchlight.conversations.heard import Words, to_triage
from porchlight.conversations.models import TriageReason
from porchlight.conversations.notices import Question
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.test_call_list import LATER, about, office, only, page, says, tells
from porchlight.delivery.models import Handing
from porchlight.delivery.tests.cast import TUESDAY

__all__ = ["office"]


def test_the_number_of_queries_does_not_grow_with_the_list(town: Town, office: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(office, LATER + timedelta(minutes=1))
        return len(seen)

    def one_more(number: int) -> None:
        home = town.home(number)
        words = Words(text="Please ring me", channel="sms", at=TUESDAY, sender=home.address.value)
        to_triage(town.school, home.address, words, TriageReason.ASKS_FOR_CALL)

    one_more(2)
    tells(town, "Can you come?", question=Question("yes_no"))
    page(office)
    before = queries()
    for number in range(3, 7):
        one_more(number)
    tells(town, "Is the bus late?", question=Question("yes_no"))
    assert page(office, LATER + timedelta(minutes=1)).count("Is the bus late?") >= 6
    assert queries() == before


def test_who_asked_to_be_rung_again_has_answered_and_is_not_given_up(town: Town, office: Client) -> None:
    tells(town)
    for at in (LATER, LATER + timedelta(hours=1)):
        says(
            office,
            about(town),
            at,
            came_of="call_again",
            again=(at + timedelta(hours=1, minutes=30)).strftime("%H:%M"),
        )
    says(office, about(town), LATER + timedelta(hours=2), came_of="no_answer")
    assert [one.came_of for one in Handing.objects.order_by("pk")] == [
        "call_again",
        "call_again",
        "no_answer",
    ]
    assert (only().stopped, only().tries) == ("", 3)
