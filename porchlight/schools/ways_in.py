"""By which address somebody came in, for what they make then and there and what outlives their session.

A session ends when its address is no longer theirs. What was made in it, and is asked for without one, ends as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from porchlight.schools.actors import Actor
from porchlight.schools.models import School


@dataclass(frozen=True, slots=True)
class Ways:
    """What the room above that lets people in knows of it."""

    came_by: Callable[[HttpRequest], int | None]  # the address's id; None: by a sign-in of another kind
    opens: Callable[[School, Actor, int], bool]  # whether this person could come in by that address now


_ways: list[Ways] = []


def register_ways(ways: Ways) -> Ways:
    """The room that lets people in says so once."""
    _ways[:] = [ways]
    return ways


def came_by(request: HttpRequest) -> int | None:
    """The address of the code that opened this session; None where no code did."""
    return next((address for one in _ways if (address := one.came_by(request)) is not None), None)


def still_opens(school: School, actor: Actor, address_id: int | None) -> bool:
    """Whether what was made in a session of that address may still be asked for."""
    return address_id is None or all(one.opens(school, actor, address_id) for one in _ways)
