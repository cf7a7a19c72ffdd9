"""Five families tap the same time at the same moment: one has it, four are shown others. On both databases."""

from __future__ import annotations

import pytest
import time_machine

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town, small_school
from porchlight.delivery.tests import cast
from porchlight.meetings.models import Meeting
from porchlight.meetings.tests.conftest import NOW
from porchlight.meetings.tests.hours_kit import BASE, keeps
from porchlight.schools.wall import school_context
from porchlight.welcome.tests.test_codes_at_once import at_once

FAMILIES = 5


def many_taps() -> tuple[list[int], int]:
    """What each was answered, and how many meetings there are."""
    school = cast.maple_street()
    with time_machine.travel(NOW, tick=False):
        with school_context(school):
            town: Town = small_school(school)
            keeps(town.amal, modes=["in_person"])
            homes = [town.home(number) for number in range(2, 2 + FAMILIES)]
            browsers = [browser_of(home.guardian) for home in homes]

        def tap(number: int) -> int:
            page = f"{BASE}/hours/of/{town.amal.key}/"
            return browsers[number].post(page, {"slot": "20261015T1500"}).status_code

        answers = at_once(FAMILIES, tap)
        with school_context(school):
            return sorted(answers), Meeting.objects.standing().count()


@pytest.mark.django_db(transaction=True)
def test_one_has_it_on_sqlite() -> None:
    assert many_taps() == ([302, 422, 422, 422, 422], 1)


@pytest.mark.postgres
def test_one_has_it_on_postgresql() -> None:
    assert many_taps() == ([302, 422, 422, 422, 422], 1)
