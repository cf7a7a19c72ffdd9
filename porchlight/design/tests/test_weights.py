"""How long something takes to come on a slow telephone network."""

from __future__ import annotations

import pytest

from porchlight.design.weights import weight
from porchlight.toolbox.slow_network import seconds_for


@pytest.mark.parametrize(
    ("size", "seconds", "words"),
    [
        (0, 1, "1 KB, about one second on a slow phone network"),
        (60_000, 8, "60 KB, about 8 seconds on a slow phone network"),
        (300_000, 40, "300 KB, about 40 seconds on a slow phone network"),
        (3_000_000, 400, "3000 KB, about 7 minutes on a slow phone network"),
    ],
)
def test_bytes_are_said_as_time(size: int, seconds: int, words: str) -> None:
    assert (seconds_for(size), weight(size)) == (seconds, words)
