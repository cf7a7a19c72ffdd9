"""The clock people see can be moved by a file, and a broken file moves nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings

from porchlight.toolbox import school_time


@pytest.fixture
def clock_file(tmp_path, monkeypatch):
    """A demo clock nobody has looked at yet."""
    monkeypatch.setattr(school_time, "_seen", (-1.0, timedelta()))
    path = tmp_path / "clock.json"
    with override_settings(CLOCK_FILE=str(path)):
        yield path


def test_without_a_file_it_is_now():
    with override_settings(CLOCK_FILE=""):
        before, seen, after = datetime.now(UTC), school_time.now(), datetime.now(UTC)
    assert before <= seen <= after


def test_the_file_moves_the_clock(clock_file):
    clock_file.write_text('{"offset_seconds": -3600}')
    assert school_time.offset() == timedelta(hours=-1)
    assert abs(datetime.now(UTC) - timedelta(hours=1) - school_time.now()) < timedelta(seconds=5)


def test_a_moved_clock_is_looked_at_again_after_a_moment_not_at_every_glance(clock_file, monkeypatch):
    ticks = iter([10.0, 10.0, 10.1, 10.3, 10.3])
    monkeypatch.setattr(school_time, "monotonic", lambda: next(ticks))
    clock_file.write_text('{"offset_seconds": 60}')
    assert school_time.offset() == timedelta(minutes=1)
    clock_file.write_text('{"offset_seconds": 120}')
    assert school_time.offset() == timedelta(minutes=1)
    assert school_time.offset() == timedelta(minutes=2)


@pytest.mark.parametrize(
    "content", [None, "", "soon", "[]", "{}", '{"offset_seconds": "soon"}', '{"offset_seconds": null}']
)
def test_a_broken_file_moves_nothing(clock_file, content):
    if content is not None:
        clock_file.write_text(content)
    assert school_time.offset() == timedelta()
