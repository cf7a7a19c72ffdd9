"""All days of a round as one line of slots, and sets of slots as the bits of one integer.

Between two days, and before the first, lie slots that belong to nobody, so that a shift never brings one day's bit
into another. Everything here takes such an integer and gives one back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence


class Timeline:
    """Where each day lies on the line.

    `slots`: of each day. `between`: slots of nobody before each; no shift may be longer.
    """

    def __init__(self, slots: Sequence[int], between: int) -> None:
        self.slots = list(slots)
        self.first = [between]
        for length in slots:
            self.first.append(self.first[-1] + length + between)
        self.length = self.first.pop()
        self.day_of = [0] * (self.length + 1)
        for day, (start, length) in enumerate(zip(self.first, self.slots, strict=True)):
            self.day_of[start : start + length] = [day] * length
        self.days = [span(start, start + n) for start, n in zip(self.first, self.slots, strict=True)]

    def window(self, day: int, begin: int, end: int) -> int:
        """The slots [begin, end) of a day; what lies outside the day is left away."""
        start = self.first[day]
        return span(start + max(begin, 0), start + min(end, self.slots[day]))


def span(begin: int, end: int) -> int:
    """The slots [begin, end)."""
    return ((1 << (end - begin)) - 1) << begin if end > begin else 0


def runs(free: int, length: int) -> int:
    """Where `length` free slots begin."""
    have = 1
    while have < length:
        step = min(have, length - have)
        free &= free >> step
        have += step
    return free


def touched(busy: int, length: int) -> int:
    """Where something of `length` slots may not begin, because it would meet a busy slot."""
    have = 1
    while have < length:
        step = min(have, length - have)
        busy |= busy >> step
        have += step
    return busy


def bits(slots: int) -> Iterator[int]:
    """Each slot of the set, the earliest first."""
    while slots:
        low = slots & -slots
        yield low.bit_length() - 1
        slots ^= low
