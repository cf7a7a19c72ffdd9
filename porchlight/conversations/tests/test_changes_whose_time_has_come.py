"""Changed numbers that waited their three days: those that lack a second colleague keep nobody else from their turn."""

from __future__ import annotations

from datetime import timedelta

import pytest

from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.changing.actions import AT_A_TIME, finish_due
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import ContactChange, HowConfirmed

pytestmark = pytest.mark.django_db
LONG_AGO = TUESDAY - timedelta(days=30)


def waits(town: Town, number: int, days: int, **more: object) -> ContactChange:
    """Confirmed by a call so many days ago."""
    at = TUESDAY - timedelta(days=days)
    return ContactChange(
        school=town.school,
        guardian=town.yousaf.guardian,
        channel="sms",
        value=f"+4477009{number:05}",
        came_by="office",
        asked_at=LONG_AGO,
        how=HowConfirmed.CALLED_BACK,
        confirmed_at=at,
        confirmed_by=town.okafor,
        told_at=at,
        **more,
    )


def test_a_hundred_that_wait_for_a_second_colleague_do_not_stop_the_next(town: Town) -> None:
    stuck = [waits(town, number, 9, with_care=True) for number in range(AT_A_TIME)]
    ContactChange.objects.bulk_create([*stuck, waits(town, 999, 4)])
    assert finish_due(town.school, TUESDAY) == 1
    assert ContactChange.objects.get(done_at=TUESDAY).value == "+447700900999"


def test_who_has_both_colleagues_is_finished_and_who_waited_longest_comes_first(town: Town) -> None:
    both = {"with_care": True, "approved_by": town.reyes, "approved_at": LONG_AGO}
    late = [waits(town, number, 4) for number in range(AT_A_TIME)]
    ContactChange.objects.bulk_create([*late, waits(town, 999, 9, **both)])
    assert finish_due(town.school, TUESDAY) == AT_A_TIME
    assert ContactChange.objects.get(value="+447700900999").done_at == TUESDAY
    assert finish_due(town.school, TUESDAY) == 1
