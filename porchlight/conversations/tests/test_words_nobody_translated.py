"""A home's words in a language that a colleague may not read say so, and what to do, until somebody has seen to them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Message, Rendering
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.tests.cast import TUESDAY

LINE = "In Urdu. Nobody has translated it yet."


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with time_machine.travel(TUESDAY, tick=False):
        yield


def page(town: Town) -> str:
    there = f"/maple-street/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/"
    return " ".join(browser_of(town.amal).get(there).content.decode().split())


def said(town: Town, text: str, language: str) -> Message:
    return Message.objects.create(
        school=town.school,
        thread=town.thread,
        author="guardian",
        text=text,
        language=language,
        said_at=TUESDAY,
    )


def test_it_says_so_with_a_way_to_somebody_who_reads_it(town: Town) -> None:
    said(town, "کل رات سے بخار ہے", "ur")
    _before, line, after = page(town).partition(LINE)
    assert line
    assert "Hand this thread to a colleague" in after.partition("</p>")[0]


def test_until_it_is_translated(town: Town) -> None:
    words = said(town, "کل رات سے بخار ہے", "ur")
    Rendering.objects.create(
        school=town.school, message=words, language="en", text="Fever since last night.", provenance="engine"
    )
    assert LINE not in page(town)


def test_or_needs_no_answer(town: Town) -> None:
    words = said(town, "شکریہ", "ur")
    words.settled_at = TUESDAY
    words.save()
    assert LINE not in page(town)


@pytest.mark.parametrize("language", ["en", "en-GB", "und", ""])
def test_words_in_the_schools_language_or_in_none_that_is_known_say_nothing(
    town: Town, language: str
) -> None:
    said(town, "He has a fever.", language)
    assert "Nobody has translated it yet" not in page(town)
