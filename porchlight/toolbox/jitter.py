"""How long to wait before trying again: full jitter, so that a thousand sendings do not come back as one."""

from __future__ import annotations

import math
from random import Random

FIRST = 30.0  # seconds
LONGEST = 6 * 60 * 60.0
TRIES = 8  # then a person looks at it
LONGEST_ASKED = 24 * 60 * 60.0  # a gateway may ask for more patience than we would choose, not for ever


def pause(tries: int, *, seed: object, retry_after: float | None = None) -> float | None:
    """Seconds to wait after the `tries`-th failed try (1 is the first); None: no more tries.

    Anywhere between nothing and 30 s·2ⁿ, at most 6 hours; where the gateway named a time, that time and up to a
    second. The same seed and try give the same pause, so a delivery's waits can be told afterwards.
    """
    if tries >= TRIES:
        return None
    chance = Random(f"{seed}:{tries}").random()  # noqa: S311 - spreads load, guards nothing
    if retry_after is not None and math.isfinite(retry_after) and retry_after >= 0:
        return min(retry_after, LONGEST_ASKED) + chance
    return chance * ceiling(tries)


def ceiling(tries: int) -> float:
    """The longest pause after this many failed tries, in seconds."""
    return min(LONGEST, FIRST * 2.0 ** max(tries - 1, 0))
