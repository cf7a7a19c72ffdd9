"""When an open page is called: once a change has settled, and not again a moment later."""

from __future__ import annotations

import pytest

from porchlight.schools.live import versions
from porchlight.schools.live.listening import AT_LEAST_APART, Listener
from porchlight.schools.live.versions import SELDOM, Topic, changed, listen_at, version
from porchlight.schools.models import School


def listener(topic: Topic) -> Listener:
    return Listener(school_id=1, topic=topic, seen=7, number=7, user_id=1, session_key="k", session_hash="h")


def called(page: Listener, number: int, now: float) -> bool:
    page.hear(number, now)
    return page.woken.is_set()


def test_a_desk_is_called_at_once() -> None:
    page = listener(Topic.TALK)
    assert [called(page, 7, 100.0), called(page, 8, 101.0)] == [False, True]
    assert page.take(101.0) == 8
    assert not called(page, 8, 102.0)


def test_changes_soon_after_a_call_are_one_call_a_little_later() -> None:
    page = listener(Topic.TALK)
    called(page, 8, 100.0)
    page.take(100.0)
    assert [called(page, number, 100.0 + number - 8) for number in (9, 10, 11)] == [False] * 3
    assert called(page, 11, 100.0 + AT_LEAST_APART[1])
    assert page.take(106.0) == 11


def test_a_report_is_called_when_the_rush_has_settled() -> None:
    page = listener(Topic.NOTICES)
    assert [called(page, 8, 100.0), called(page, 9, 101.0)] == [False, False]
    assert called(page, 9, 100.0 + Topic.NOTICES.settles)
    assert page.take(102.0) == 9


def test_what_is_not_counted_is_there_before_pages_look() -> None:
    """Else the last of many changes would stay unseen."""
    assert all(topic.settles == 0 or topic.settles > SELDOM for topic in Topic)


@pytest.mark.django_db(transaction=True)
def test_of_a_rush_one_change_a_second_is_counted_and_of_talk_each(monkeypatch: pytest.MonkeyPatch) -> None:
    school = School.objects.create(slug="maple-street", name="Maple Street School")
    versions._counted.clear()
    for _ in range(5):
        changed(school, Topic.NOTICES)
        changed(school, Topic.TALK)
    assert (version(school, Topic.NOTICES), version(school, Topic.TALK)) == (1, 5)
    monkeypatch.setattr(versions, "SELDOM", 0.0)
    changed(school, Topic.NOTICES)
    assert version(school, Topic.NOTICES) == 2
    assert listen_at(school, Topic.TALK) == "/maple-street/changes/talk/?seen=5"
