"""What a desk finds from the newest end of an index is what reading every word would find, whatever was said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from porchlight.conversations.models import AnswerForAll, Author, Kind, Message, Notice, Thread, threads
from porchlight.conversations.porch import last_good_word, lights
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.design.lights import Light
from porchlight.families.models import Guardian

pytestmark = pytest.mark.django_db

# One thing that is said: in which thread, by whom, when (hours; the same hour happens), and what became of it.
WORDS = st.tuples(
    st.integers(0, 1),
    st.sampled_from([Author.GUARDIAN, Author.STUDENT, Author.STAFF, Author.SCHOOL]),
    st.integers(0, 6),
    st.sampled_from(["", "", "undone", "settled", "notice", "good_news", "for_all"]),
)


def slow_waiting() -> set[int]:
    """As one would say it: every word of a home, and whether anything came after it."""
    standing = Message.objects.filter(undone_at=None)
    later = standing.filter(
        author=Author.STAFF, notice=None, thread=OuterRef("thread"), said_at__gt=OuterRef("said_at")
    )
    for_all = standing.filter(
        thread=OuterRef("thread"),
        notice__answer_for_all__question__thread=OuterRef("thread"),
        notice__answer_for_all__question__said_at__gte=OuterRef("said_at"),
    )
    heard = standing.filter(author__in=[Author.GUARDIAN, Author.STUDENT], settled_at=None)
    return set(heard.filter(~Exists(later), ~Exists(for_all)).values_list("pk", flat=True))


def slow_good_words() -> dict[int, datetime]:
    good = Message.objects.filter(undone_at=None, kind=Kind.GOOD_NEWS, author=Author.STAFF)
    return dict(good.values_list("thread__guardian_id").annotate(last=Max("said_at")))


def slow_lit(since: datetime) -> set[int]:
    heard = Message.objects.filter(undone_at=None, author__in=[Author.GUARDIAN, Author.STUDENT])
    return set(heard.filter(said_at__gte=since).values_list("thread__guardian_id", flat=True))


def say(town: Town, which_threads: list[Thread], words: Iterable[tuple[int, str, int, str]]) -> None:
    """Everything, one after the other; what answers for all answers the last question of its thread."""
    asked: dict[int, Message] = {}
    for which, author, hour, fate in words:
        thread, at = which_threads[which], TUESDAY + timedelta(hours=hour)
        notice = None
        if author == Author.STAFF and fate in {"notice", "for_all"}:
            notice = Notice.objects.create(school=town.school, by=town.amal, audience={}, goes_at=at)
            if fate == "for_all" and which in asked:
                AnswerForAll.objects.create(
                    school=town.school, notice=notice, question=asked[which], mended=False
                )
        message = Message.objects.create(
            school=town.school,
            thread=thread,
            author=author,
            staff=town.amal if author == Author.STAFF else None,
            notice=notice,
            text="words",
            language="en",
            kind=Kind.GOOD_NEWS if fate == "good_news" else "",
            said_at=at,
            undone_at=at if fate == "undone" else None,
            settled_at=at if fate == "settled" else None,
        )
        if message.is_from_home:
            asked[which] = message


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=12))
def test_whatever_was_said_the_same_homes_wait_and_the_same_lights_are_lit(
    town: Town, words: list[tuple[int, str, int, str]]
) -> None:
    with transaction.atomic():
        other = Guardian.objects.create(school=town.school, name="Noor", speaks="en", reads="en")
        second = Thread.objects.create(school=town.school, guardian=other, student=town.thread.student)
        say(town, [town.thread, second], words)
        adults = [town.thread.guardian, other]
        assert set(Message.objects.waiting().values_list("pk", flat=True)) == slow_waiting()
        assert last_good_word(town.school, adults) == slow_good_words()
        found = lights(town.school, adults, TUESDAY + timedelta(days=1))
        assert {pk for pk, light in found.items() if light is Light.LIT} == slow_lit(TUESDAY)
        transaction.set_rollback(True)


def test_only_the_threads_that_were_given_are_looked_at(town: Town) -> None:
    say(town, [town.thread], [(0, Author.GUARDIAN, 1, "")])
    assert Message.objects.waiting().count() == 1
    assert not Message.objects.waiting(Thread.objects.exclude(pk=town.thread.pk)).exists()


def test_threads_that_share_a_time_are_looked_at_from_the_earlier_one(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threads, "RANGES", 1)
    other = Guardian.objects.create(school=town.school, name="Noor", speaks="en", reads="en")
    second = Thread.objects.create(school=town.school, guardian=other, student=town.thread.student)
    early = [(0, Author.STAFF, 1, ""), (0, Author.GUARDIAN, 2, "")]
    late = [(1, Author.GUARDIAN, 3, ""), (1, Author.STAFF, 4, ""), (1, Author.GUARDIAN, 5, "")]
    say(town, [town.thread, second], [*early, *late])
    hours = [
        int((message.said_at - TUESDAY).total_seconds()) // 3600 for message in Message.objects.waiting()
    ]
    assert hours == [2, 5]
