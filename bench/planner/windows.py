"""When teachers and families can, drawn as schools know it: part time, shifts, late workers, weekenders."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

SATURDAY = "Saturday"

type Windows = list[dict[str, Any]]


def weighted(rng: random.Random, items: Sequence[Any], weights: Sequence[float]) -> Any:
    """One of the items."""
    return rng.choices(items, weights=weights, k=1)[0]


def make_days(sizes: dict[str, Any]) -> list[dict[str, Any]]:
    """Evenings of five hours, and perhaps a Saturday of six."""
    names = ["Tue", "Wed", "Thu"]
    days = [
        {"id": i, "label": f"{names[i]} evening", "start": "15:30", "slots": 60}
        for i in range(sizes["evenings"])
    ]
    if sizes["saturday"]:
        days.append({"id": len(days), "label": SATURDAY, "start": "09:00", "slots": 72})
    return days


def window(day: int, begin: int, end: int, modes: list[str] | None = None) -> dict[str, Any]:
    """Slots `[begin, end)`; with modes it is a teacher's."""
    found = {"day": day, "from": begin, "to": end}
    return found if modes is None else {**found, "modes": modes}


def teacher_windows(rng: random.Random, days: list[dict[str, Any]]) -> Windows:
    """Most come every evening, some part of it, few on Saturdays; some spend the last hour at home already."""
    found: Windows = []
    for day in days:
        saturday, slots = day["label"] == SATURDAY, day["slots"]
        if rng.random() < (0.25 if saturday else 0.06):
            continue
        low, high, chance = 0, slots, rng.random()
        if chance < 0.15:
            low = rng.choice([6, 12, 18])
        elif chance < 0.30:
            high = slots - rng.choice([6, 12, 18])
        modes = ["in_person", "video", "phone"] + (["home"] if rng.random() < 0.30 else [])
        if not saturday and rng.random() < 0.20 and high - low > 30:
            found.append(window(day["id"], low, high - 12, modes))
            found.append(window(day["id"], high - 12, high, ["video", "phone"]))
        elif rng.random() < 0.12 and high - low > 40:  # a hole: her own child's meeting
            middle = rng.randrange(low + 12, high - 18)
            found.append(window(day["id"], low, middle, modes))
            found.append(window(day["id"], middle + 6, high, modes))
        else:
            found.append(window(day["id"], low, high, modes))
    return found or [window(days[0]["id"], 0, days[0]["slots"], ["in_person", "video", "phone"])]


COMES = {"late": 0.75, "flex": 0.9, "shift": 0.45, "weekend": 0.35, "early": 0.8}
COMES_ON_SATURDAY = {"late": 0.55, "flex": 0.7, "shift": 0.35, "weekend": 0.95, "early": 0.4}


def party_windows(rng: random.Random, days: list[dict[str, Any]]) -> Windows:
    """By how they work: late evenings, one whole day of shifts, flexible, weekends, early."""
    kind = weighted(rng, ["late", "flex", "shift", "weekend", "early"], [40, 25, 12, 10, 13])
    found: Windows = []
    for day in days:
        slots = day["slots"]
        if day["label"] == SATURDAY:
            if rng.random() < COMES_ON_SATURDAY[kind]:
                low = rng.choice([0, 0, 6, 12, 24])
                found.append(window(day["id"], low, min(slots, low + rng.choice([24, 36, 48, 72]))))
        elif rng.random() < COMES[kind]:
            low, high = 0, slots
            if kind in ("late", "weekend"):
                low = rng.choice([18, 24, 24, 30])
            elif kind == "early":
                high = rng.choice([24, 30, 36])
            elif kind == "flex":
                low = rng.choice([0, 0, 6, 12])
                high = rng.choice([slots, slots, slots - 6, slots - 12])
            found.append(window(day["id"], low, high))
    if not found:
        day = rng.choice(days)
        found = [window(day["id"], 0, day["slots"])]
    return found
