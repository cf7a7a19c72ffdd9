"""A limit is exact: never one more, whoever asks at the same moment, and it opens again as time passes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections

from porchlight.accounts.limits import Rate, give_back, take
from porchlight.accounts.models import Tally

NOW = datetime(2026, 10, 13, 14, 10, tzinfo=UTC)
THREE_AN_HOUR = Rate(3, timedelta(hours=1))


def test_t26_it_opens_again_as_the_window_slides(db: None) -> None:
    at = [NOW, NOW + timedelta(minutes=30), NOW + timedelta(minutes=59)]
    assert [take("door", THREE_AN_HOUR, now=moment) for moment in at] == [True] * 3
    assert not take("door", THREE_AN_HOUR, now=NOW + timedelta(minutes=59, seconds=59))
    assert take("door", THREE_AN_HOUR, now=NOW + timedelta(hours=1))
    assert not take("door", THREE_AN_HOUR, now=NOW + timedelta(hours=1, minutes=29))


def test_t26_each_of_several_rates_holds(db: None) -> None:
    rates = (Rate(2, timedelta(minutes=1)), Rate(3, timedelta(days=1)))
    later = NOW + timedelta(hours=1)
    taken = [take("door", *rates, now=moment) for moment in (NOW, NOW, NOW, later, later)]
    assert taken == [True, True, False, True, False]


def test_names_do_not_share_and_are_not_kept(db: None) -> None:
    assert take("one@example.org", Rate(1, timedelta(hours=1)), now=NOW)
    assert take("two@example.org", Rate(1, timedelta(hours=1)), now=NOW)
    assert "example.org" not in str(list(Tally.objects.values_list()))


def test_what_was_no_try_is_given_back(db: None) -> None:
    once = Rate(1, timedelta(hours=1))
    assert take("door", once, now=NOW)
    give_back("door")
    assert take("door", once, now=NOW)
    give_back("a door nobody tried")
    assert not take("door", once, now=NOW)


def test_t26_who_looked_at_the_clock_first_and_came_last_is_counted_with_the_others(db: None) -> None:
    """Askers at the same moment reach the row in any order: never one more for that."""
    later = [NOW + timedelta(milliseconds=number) for number in (30, 20, 10)]
    assert [take("door", THREE_AN_HOUR, now=moment) for moment in later] == [True] * 3
    assert not take("door", THREE_AN_HOUR, now=NOW)


def test_a_clock_that_was_moved_back_shuts_nobody_out(db: None) -> None:
    tomorrow = NOW + timedelta(days=1)
    assert [take("door", THREE_AN_HOUR, now=tomorrow) for _ in range(3)] == [True] * 3
    assert take("door", THREE_AN_HOUR, now=NOW)


def test_old_names_are_swept_up(db: None) -> None:
    take("long ago", THREE_AN_HOUR, now=NOW - timedelta(days=3))
    take("today", THREE_AN_HOUR, now=NOW)
    assert Tally.objects.count() == 1


def race(most: int) -> int:
    """How many of thirty-two who ask at once are let through."""

    def one(_: int) -> bool:
        try:
            return take("door", Rate(most, timedelta(hours=1)), now=NOW)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        return sum(pool.map(one, range(32)))


@pytest.mark.django_db(transaction=True)
def test_t26_thirty_two_at_once_on_sqlite() -> None:
    assert connection.vendor == "sqlite"
    assert race(5) == 5


@pytest.mark.postgres
def test_t26_thirty_two_at_once_on_postgresql() -> None:
    assert connection.vendor == "postgresql"
    assert race(5) == 5
