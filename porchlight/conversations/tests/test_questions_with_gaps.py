"""A question worded once, asked again with other values: the same rows as the queryset it was made of."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import DateTimeField
from django.test.utils import CaptureQueriesContext

from porchlight.conversations.models import Author, Kind, Message, Thread
from porchlight.conversations.placing import thread_between
from porchlight.conversations.tests.conftest import Town, on_both_databases, town
from porchlight.families.models import Guardian, Guardianship
from porchlight.toolbox.gaps import Gap, Many, Question
from tests.plugins.postgres import questions_prepared

__all__ = ["town"]  # a fixture


def _thread(town: Town) -> Thread:
    tie = Guardianship.objects.select_related("guardian", "student").order_by("pk").first()
    assert tie is not None
    return thread_between(tie.guardian, tie.student)


@on_both_databases
def test_it_brings_rows_and_what_is_joined_to_them_as_they_are_now(town: Town) -> None:
    thread = _thread(town)
    rows = Thread.objects.filter(guardian=Gap("guardian")).select_related("guardian", "student__school")
    question = Question(rows.order_by("pk"))
    assert question.ask(guardian=thread.guardian_id) == [thread]
    assert question.ask(guardian=0) == []
    Guardian.objects.filter(pk=thread.guardian_id).update(name="Another Name")
    found = question.first(guardian=thread.guardian_id)
    assert found is not None
    assert found.guardian.name == "Another Name"
    assert found.student.school == town.school
    thread.delete()
    assert question.first(guardian=thread.guardian_id) is None


@on_both_databases
def test_columns_come_as_tuples_and_moments_as_moments(town: Town) -> None:
    thread = _thread(town)
    rows = Thread.objects.filter(created_at__gte=Gap("since", DateTimeField()))
    pairs: Question[tuple[int, datetime]] = Question(rows.values_list("pk", "created_at"))
    ids: Question[int] = Question(rows.values_list("pk", flat=True))
    for since, wanted in ((timedelta(), [thread.pk]), (timedelta(seconds=1), [])):
        at = thread.created_at + since
        assert pairs.ask(since=at) == [(pk, thread.created_at) for pk in wanted]
        assert ids.ask(since=at) == wanted


@on_both_databases
def test_any_number_of_ids_fits_one_gap(town: Town) -> None:
    question = Question(Guardian.objects.filter(pk__in=Many("adults")).order_by("pk"))
    Guardian.objects.create(school=town.school, name="Somebody Else")
    everybody = list(Guardian.objects.order_by("pk"))
    assert len(everybody) > 1
    assert question.ask(adults={one.pk for one in everybody}) == everybody
    assert question.ask(adults=[everybody[1].pk]) == everybody[1:2]
    assert question.ask(adults=[]) == []


@pytest.mark.django_db
def test_what_nobody_may_see_is_not_asked_and_an_empty_gap_is_an_error() -> None:
    assert Question(Guardian.objects.none()).ask() == []
    with pytest.raises(KeyError):
        Question(Guardian.objects.filter(pk=Gap("adult"))).ask()


@on_both_databases
def test_what_is_asked_often_is_prepared_counted_and_still_asked(town: Town) -> None:
    """On PostgreSQL from the eighth time on, as on a busy server; the rows are those of that moment."""
    tie = Guardianship.objects.select_related("guardian").order_by("pk").first()
    assert tie is not None
    rows = Guardian.objects.filter(pk__in=Many("adults"), name__startswith="100 % of ", left_at=None)
    question = Question(rows.filter(name__gt="", created_at__lte=Gap("at", DateTimeField())).order_by("pk"))
    with questions_prepared(from_plan=2):
        for turn in range(1, 40):
            is_theirs = bool(turn % 2)
            Guardian.objects.filter(pk=tie.guardian_id).update(
                name="100 % of us" if is_theirs else "100 of us"
            )
            with CaptureQueriesContext(connection) as asked:
                found = question.ask(adults=[tie.guardian_id], at=tie.guardian.created_at)
            assert found == ([tie.guardian] if is_theirs else [])
            assert len(asked) == 1
            assert "families_guardian" in asked[0]["sql"]
            assert _prepared() == (connection.vendor == "postgresql" and turn >= 8), turn


@on_both_databases
def test_an_index_over_some_words_is_used_though_the_question_is_prepared(town: Town) -> None:
    """A database that is not told which kind of words is asked for would read the whole thread."""
    thread = _thread(town)
    words = ["x", "y' OR 1", "100%"]
    good = Message.objects.standing().filter(kind=Kind.GOOD_NEWS, author=Author.STAFF).exclude(text__in=words)
    newest = good.filter(thread=Gap("thread")).order_by("-said_at").values_list("pk", flat=True)[:1]
    question: Question[int] = Question(newest)
    if connection.vendor == "postgresql":  # before it is asked: its plan is kept with it
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    with CaptureQueriesContext(connection) as asked, questions_prepared(from_plan=0):
        assert question.ask(thread=thread.pk) == []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT name, statement FROM pg_prepared_statements WHERE statement LIKE '%good_news%'"
            )
            [(name, sql)] = cursor.fetchall()
            cursor.execute(f"EXPLAIN EXECUTE {name}({', '.join(['NULL'] * sql.count('$'))})")
        else:
            cursor.execute("EXPLAIN QUERY PLAN " + asked[0]["sql"])
        assert "message_good_news" in str(cursor.fetchall())


def _prepared() -> bool:
    """Whether this connection keeps the question above."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        kept = (
            "SELECT 1 FROM pg_prepared_statements WHERE statement LIKE '%families_guardian% LIKE %-- plan %'"
        )
        cursor.execute(kept)
        return cursor.fetchone() is not None
