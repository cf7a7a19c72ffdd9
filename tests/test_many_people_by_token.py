"""T38. A token that is told of more than 500 people in an hour is stopped, and a leader hears; unless it was given them all."""

from __future__ import annotations

import pytest

from porchlight.activity.models import Entry
from porchlight.api.tests.conftest import office, system
from porchlight.conversations.tests.conftest import Town, _gateways, town
from porchlight.operations import many_people
from porchlight.operations.many_people import MANY_SEEN
from porchlight.schools.actors import Scope

__all__ = ["_gateways", "office", "system", "town"]  # fixtures

pytestmark = pytest.mark.django_db


def test_t38_many_people_in_an_hour_raise_the_alarm_and_stop_it(
    town: Town, system, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many_people, "MOST", 3)
    many_people._seen.clear()
    for number in range(10, 14):
        town.home(number)
    whole = system(*Scope)
    assert whole.get("students").status_code == 200  # given the whole roll: not stopped
    assert not Entry.objects.filter(verb=MANY_SEEN).exists()
    library = system(Scope.PEOPLE)
    stopped = library.get("students")
    assert (stopped.status_code, stopped.json()["code"]) == (403, "too_many_people")
    [alarm] = Entry.objects.filter(verb=MANY_SEEN)
    assert (alarm.actor_kind, alarm.actor_id) == ("token", library.token.pk)
    assert town.yousaf.student.name not in stopped.text
