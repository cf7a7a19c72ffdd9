"""A question gets a code where another of the same sort is open at that home; other homes' are not looked through."""

from __future__ import annotations

from datetime import timedelta

import pytest

from porchlight.conversations import ask_codes
from porchlight.conversations.ask_codes import need_code
from porchlight.conversations.models import Ask, Message, Shape
from porchlight.conversations.placing import thread_between
from porchlight.conversations.questions import put_question
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.wording import Words
from porchlight.delivery.tests.cast import Home
from porchlight.toolbox import school_time


def asked(town: Town, home: Home) -> Ask:
    """Whether they come."""
    now = school_time.now()
    message: Message = put_question(
        thread_between(home.guardian, home.student), Words("Will you come?", "en", {}), Shape.YES_NO,
        owner="", closes_at=now + timedelta(days=9), by=town.amal.actor(), now=now,
    )  # fmt: skip
    return message.ask


def test_of_a_round_of_questions_only_what_one_home_was_asked_is_read(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes = [town.home(number) for number in range(2, 8)]
    first, *_others = [asked(town, home) for home in homes]
    again = asked(town, homes[0])
    seen: list[str] = []
    monkeypatch.setattr(ask_codes, "alike", lambda one, other: bool(seen.append(one)) or one == other)
    now, mine = school_time.now(), homes[0].guardian.pk
    assert need_code(again, [mine], now) == {mine}
    assert need_code(first, [mine], now) == {mine}
    assert seen == [Shape.YES_NO, Shape.YES_NO]
    assert need_code(again, [homes[1].guardian.pk], now) == {homes[1].guardian.pk}
