"""A question worded once, asked again with other values: the same rows as the queryset it was made of."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db.models import DateTimeField

from porchlight.conversations.models import Thread
from porchlight.conversations.placing import thread_between
from porchlight.conversations.tests.conftest import Town, on_both_databases, town
from porchlight.families.models import Guardian, Guardianship
from porchlight.toolbox.gaps import Gap, Many, Question

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
