"""When a disk has no room left: an error like any other, that people can mend."""

from __future__ import annotations

import errno

NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


def is_full(problem: BaseException | None) -> bool:
    """Whether this went wrong because there was no room for a file, or for more of it."""
    return isinstance(problem, OSError) and problem.errno in NO_ROOM
