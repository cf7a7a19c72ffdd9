"""Whoever comes in by greeting us: a room above may know how to meet them, and is asked before anybody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from porchlight.conversations.heard import Outcome, Words
from porchlight.families.models import Address
from porchlight.schools.models import School

HELLO = "hello"  # Message.kind: a greeting, or what was asked of whoever greets us

type Doorkeeper = Callable[[School, Address | None, Words, datetime], Outcome | None]

_keepers: list[Doorkeeper] = []


def register_doorkeeper(keeper: Doorkeeper) -> Doorkeeper:
    """`keeper(school, address, words, now)` says where the words ended up; None when they are none of its business."""
    if keeper not in _keepers:
        _keepers.append(keeper)
    return keeper


def meet(*, school: School, address: Address | None, words: Words, now: datetime) -> Outcome | None:
    """Where the words ended up, if a keeper took them."""
    for keeper in _keepers:
        met = keeper(school, address, words, now)
        if met is not None:
            return met
    return None
