"""The moment at which words leave for a gateway, said by whoever puts them on the wire.

Until then they are certainly here, and a worker that dies takes nothing with it. The later it is said the better;
too late would be wrong. Decision 65.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

type Says = Callable[[], None]


def _nobody_asks() -> None:
    """Most of what is sent is asked for by people who wait for it, and not by the outbox."""


# What to call, in the task that sends: once, or as often as is easy.
leaves: ContextVar[Says] = ContextVar("leaves", default=_nobody_asks)
