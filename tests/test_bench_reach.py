"""The ladder on a small town: every home hears of it or is in somebody's hands, and none is written to too often."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bench.reach.climb import Climb
from bench.reach.dose import six_weeks
from bench.reach.rivals import push_and_mail, texts_to_all
from bench.reach.town import draw
from porchlight.delivery.ladder.terms import DEFAULT

MORNING = datetime(2026, 10, 13, 8, 12, tzinfo=UTC)


def test_a_small_town_is_reached_or_in_somebodys_hands_and_more_of_it_than_by_the_usual_ways() -> None:
    town = draw(80, seed=3)
    texts, push = texts_to_all(town, MORNING), push_and_mail(town, MORNING)
    working, doors = town.working(), set(town.homes())
    climb = Climb(town, MORNING)
    climb.run()
    reached = climb.reached()

    def by(hours: int, found: dict[int, datetime]) -> set[int]:
        return {home for home, at in found.items() if at <= MORNING + timedelta(hours=hours)}

    assert len(doors) == 80
    assert len(by(24, reached) & working) >= 0.98 * len(working)
    assert doors - by(72, reached) <= climb.in_hand_at[72]
    assert climb.most_climbed_in_a_day() <= DEFAULT.most_messages
    assert len(by(24, reached)) > len(by(24, texts.reached)) > len(by(24, push.reached))


def test_no_home_is_above_its_dose_in_six_weeks_of_everyday_notices() -> None:
    came = six_weeks(60, seed=3)
    assert (came.above, came.never_told) == (0, 0)
    assert came.touches < came.notices / 2
