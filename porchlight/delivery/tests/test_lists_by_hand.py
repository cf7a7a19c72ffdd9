"""A list by hand shows what may go now, and says how much waits behind it."""

from __future__ import annotations

import pytest

from porchlight.delivery.by_hand.lists import ready
from porchlight.delivery.gateways.by_hand import TAPPED
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import put_in_outbox
from porchlight.delivery.tests.test_tap_to_send import home
from porchlight.schools.actors import system

__all__ = ["home"]
pytestmark = pytest.mark.usefixtures("clock")


def test_how_many_wait_behind_those_shown_is_said(school, home):
    homes = [home, *(cast.home(school, number) for number in range(2, 6))]
    for one in homes:
        put_in_outbox(school, one)
    found = ready(school=school, actor=system(school.pk), gateways=TAPPED, now=cast.TUESDAY, most=2)
    assert (len(found.rows), found.later) == (2, 3)
    late = cast.TUESDAY.replace(hour=23)  # everybody is asleep
    found = ready(school=school, actor=system(school.pk), gateways=TAPPED, now=late, most=2)
    assert (found.rows, found.later) == ([], 5)
