"""A thread opens at its latest words; what was said before is one step away, and nothing is missed between."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Author, Message
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.thread_page import LATEST
from porchlight.delivery.tests.cast import TUESDAY


@pytest.fixture(autouse=True)
def _tuesday():
    with time_machine.travel(TUESDAY, tick=False):
        yield


def said_by_the_home(town: Town, count: int) -> list[str]:
    """So many messages, two in each minute; their keys in the order they were said."""
    rows = Message.objects.bulk_create(
        Message(
            school=town.school,
            thread=town.thread,
            author=Author.GUARDIAN,
            text=f"Word {n}.",
            language="ur",
            said_at=TUESDAY - timedelta(minutes=(count - n) // 2),
        )
        for n in range(count)
    )
    return [row.key for row in rows]


def page(town: Town, before: str = "") -> tuple[list[str], str, str]:
    """Keys of the messages shown, the key to ask for earlier ones, and the page."""
    client = browser_of(town.amal)
    home = town.yousaf
    url = f"/maple-street/students/{home.student.key}/with/{home.guardian.key}/"
    answer = client.get(url, {"before": before} if before else {})
    keys = [one.message.key for one in answer.context["said"]]
    return keys, answer.context["earlier"], answer.content.decode()


def test_every_word_is_on_one_page(town: Town) -> None:
    keys = said_by_the_home(town, LATEST + 3)
    latest, earlier, html = page(town)
    assert latest == keys[3:]
    assert earlier == keys[3]
    assert f'href="?before={keys[3]}"' in html
    assert "Back to the latest words" not in html
    first, none_before, html = page(town, earlier)
    assert first == keys[:3]
    assert none_before == ""
    assert "Show what was said before" not in html
    assert "Back to the latest words" in html


def test_a_full_page_with_nothing_before_it_offers_nothing(town: Town) -> None:
    keys = said_by_the_home(town, LATEST)
    assert page(town)[:2] == (keys, "")


def test_a_mark_that_is_gone_opens_the_latest(town: Town) -> None:
    keys = said_by_the_home(town, 2)
    assert page(town, "n0t-th3re")[0] == keys
