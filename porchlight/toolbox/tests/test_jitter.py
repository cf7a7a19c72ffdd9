"""Waits grow, spread out, end, and yield to what a gateway asks for."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porchlight.toolbox.jitter import LONGEST, TRIES, ceiling, pause


def test_ceilings_double_up_to_six_hours():
    assert [ceiling(tries) for tries in range(1, 8)] == [30, 60, 120, 240, 480, 960, 1920]
    assert ceiling(20) == LONGEST == 21_600


def test_after_eight_tries_a_person_looks():
    assert [pause(tries, seed=1) is None for tries in range(1, 10)] == [False] * 7 + [True] * 2
    assert pause(TRIES, seed=1, retry_after=5) is None


def test_waits_are_spread_over_the_whole_span():
    waits = [pause(3, seed=number) for number in range(2000)]
    assert min(waits) < 3
    assert max(waits) > 117
    assert 55 < statistics.fmean(waits) < 65


def test_the_same_delivery_and_try_wait_the_same():
    assert pause(2, seed=41) == pause(2, seed=41)
    assert pause(2, seed=41) != pause(2, seed=42)
    assert pause(2, seed=41) != pause(3, seed=41)


@pytest.mark.parametrize("asked", [0, 1, 17, 3600])
def test_what_the_gateway_asks_for_is_kept_within_a_second(asked):
    assert asked <= pause(1, seed=1, retry_after=asked) <= asked + 1


def test_nobody_is_made_to_wait_for_ever():
    assert pause(1, seed=1, retry_after=10**12) <= 24 * 3600 + 1
    for nonsense in (-5, float("nan"), float("inf")):
        assert pause(1, seed=1, retry_after=nonsense) == pause(1, seed=1)


@given(st.integers(-3, 40), st.integers(), st.none() | st.floats())
def test_a_pause_is_a_length_of_time(tries, seed, retry_after):
    wait = pause(tries, seed=seed, retry_after=retry_after)
    assert (wait is None) == (tries >= TRIES)
    assert wait is None or 0 <= wait <= 24 * 3600 + 1
