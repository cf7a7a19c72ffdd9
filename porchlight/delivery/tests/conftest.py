from collections.abc import Iterator
from typing import Any

import pytest

from porchlight.delivery.inbox import listeners
from porchlight.delivery.tests import cast
from porchlight.schools.models import School
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time
from practice import ThreadedTown, town_in_thread


@pytest.fixture
def school(request: pytest.FixtureRequest, db: None) -> Iterator[School]:
    """Maple Street, with its wall open. Which database: see `kit.on_both_databases`."""
    school = cast.maple_street()
    with school_context(school):
        yield school


@pytest.fixture
def other_school(school: School) -> Iterator[School]:
    """A second school on the same server, its wall open as well."""
    other = cast.maple_street("oak-road")
    with school_context(school, other):
        yield other


@pytest.fixture(scope="session")
def the_town() -> Iterator[ThreadedTown]:
    with town_in_thread(bench=True, bench_statuses=()) as town:
        yield town


@pytest.fixture
def town(the_town: ThreadedTown) -> ThreadedTown:
    """A practice town where every number is somebody's and nothing is kept but counts; as new for each test."""
    the_town.reset(everything=True)
    return the_town


class Clock:
    """The clock people see, as the test says; it begins on a Tuesday afternoon."""

    now = cast.TUESDAY


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(school_time, "now", lambda: clock.now)
    return clock


class Ears:
    """A room above: hears what comes up."""

    def __init__(self) -> None:
        self.heard: list[Any] = []
        self.calls: list[Any] = []
        self.troubles: list[Any] = []

    def hear(self, event: Any) -> str:
        self.heard.append(event)
        return "heard"


@pytest.fixture
def ears(monkeypatch: pytest.MonkeyPatch) -> Ears:
    ears = Ears()
    monkeypatch.setattr(listeners, "_heard", [ears.hear])
    monkeypatch.setattr(listeners, "_missed", [lambda event: ears.calls.append(event) or "rang"])
    monkeypatch.setattr(listeners, "_trouble", [ears.troubles.append])
    return ears
