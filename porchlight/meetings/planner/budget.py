"""How long a search may go on: by the clock, or by steps, which come out the same on every machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Budget:
    """`steps` decides where it is given, otherwise `seconds` of the `clock` since `begun`."""

    seconds: float
    steps: int | None = None
    clock: Callable[[], float] = time.monotonic
    begun: float = field(init=False)

    def __post_init__(self) -> None:
        self.begun = self.clock()

    def elapsed(self) -> float:
        """Seconds since it began."""
        return self.clock() - self.begun

    def used(self, steps: int) -> float:
        """Which share is used up, 1.0 and more when all is. `steps`: done so far."""
        if self.steps is not None:
            return steps / self.steps if self.steps else 1.0
        return self.elapsed() / self.seconds if self.seconds > 0 else 1.0
