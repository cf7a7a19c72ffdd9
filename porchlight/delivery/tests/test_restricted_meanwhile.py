"""T6. While a worker sends, homes are restricted or say stop at random moments: nothing starts once it is in force.

Two connections to PostgreSQL at once, neither waiting for the other. No check that begins after it was written lets
anything pass; what was checked before leaves within a quarter of a second or is checked anew (test_dispatching.py),
and then it is in force. PORCHLIGHT_WIRE_TRIALS says how many homes; the heavy run
takes 1,000.
"""

from __future__ import annotations

import os
import random
import threading
from time import monotonic, sleep

import pytest
from django.db import connection

from porchlight.delivery.addressing import opt_out
from porchlight.delivery.models import Delivery, Stopped
from porchlight.delivery.outbox.wire import Sending
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import Home, put_in_outbox
from porchlight.delivery.tests.kit import worker
from porchlight.schools.models import School
from porchlight.schools.wall import school_context

TRIALS = int(os.environ.get("PORCHLIGHT_WIRE_TRIALS", "150"))
A_SECOND = 60  # sent in one, so that moments fall between
pytestmark = [
    pytest.mark.usefixtures("clock"),
    pytest.mark.parametrize("place", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True),
]


class Meanwhile(threading.Thread):
    """Somebody at school, and families with their phones: one thing for each home, at a moment drawn by lot."""

    def __init__(self, school: School, homes: list[Home], within: float) -> None:
        super().__init__(name="meanwhile")
        chance = random.Random(20261124)
        self.school = school
        self.moments = sorted((chance.uniform(0, within), chance.random() < 0.5, home) for home in homes)
        self.written: dict[int, float] = {}  # guardian → when the database had it for good
        self.start_at = monotonic()

    def run(self) -> None:
        for moment, restricts, home in self.moments:
            sleep(max(0.0, self.start_at + moment - monotonic()))
            with school_context(self.school):
                if restricts:
                    home.restrict()
                else:
                    opt_out(home.address, source="test", words="STOP", now=cast.TUESDAY)
            self.written[home.guardian.pk] = monotonic()
        connection.close()


def test_t6_no_sending_starts_once_a_restriction_or_a_stop_is_in_force(place: str, town) -> None:
    school = cast.maple_street()
    with school_context(school):
        cast.twilio(school, town, rate_per_second=A_SECOND)
        homes = [cast.home(school, number) for number in range(1, TRIALS + 1)]
        put_in_outbox(school, *homes)
        whose = dict(Delivery.objects.values_list("pk", "parcel__guardian_id"))
    left: dict[int, float] = {}  # guardian → when the check began that let it pass

    def leaving(sendings: list[Sending]) -> None:
        left.update({whose[one.row.id]: one.checked_at for one in sendings if one.row.id in whose})

    meanwhile = Meanwhile(school, sorted(homes, key=lambda _home: random.random()), TRIALS / A_SECOND)
    with worker(leaving) as outbox:
        meanwhile.start()
        while meanwhile.is_alive() or waiting(school):
            outbox.run_until_empty(60)
        meanwhile.join()
    gone = all_gone(school)
    assert gone <= set(left)
    left = {
        who: checked_at for who, checked_at in left.items() if who in gone
    }  # others waited too long, and came back
    late = {who: left[who] - at for who, at in meanwhile.written.items() if left.get(who, 0) > at}
    assert late == {}
    assert_both_happened(school, left)


def waiting(school: School) -> bool:
    with school_context(school):
        return Delivery.objects.filter(sent_at=None, stopped="").exists()


def all_gone(school: School) -> set[int]:
    """Whom words have left for."""
    with school_context(school):
        return set(Delivery.objects.exclude(sent_at=None).values_list("parcel__guardian_id", flat=True))


def assert_both_happened(school: School, left: dict[int, float]) -> None:
    """Some were quicker than what befell them, some were held back, and nobody is in both heaps or in none."""
    with school_context(school):
        stopped = set(
            Delivery.objects.filter(stopped__in=[Stopped.RESTRICTED, Stopped.OPTED_OUT]).values_list(
                "parcel__guardian_id", flat=True
            )
        )
    assert len(left) > TRIALS // 30
    assert len(stopped) > TRIALS // 30
    assert set(left).isdisjoint(stopped)
    assert len(left) + len(stopped) == TRIALS
