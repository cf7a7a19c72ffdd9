"""Letters to print, by class and by area, and what of them can be set on this machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from porchlight.delivery.by_hand.letters import to_print
from porchlight.delivery.by_hand.lists import IN_HAND, may_go
from porchlight.delivery.models import Delivery
from porchlight.families.models import Channel
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, SchoolClass
from porchlight.toolbox.postal import area_of, order_in_street
from porchlight.welcome.letters.fonts import Style, style_of
from porchlight.welcome.letters.setting import AT_ONCE
from porchlight.welcome.slips import classes_of, first_child

NO_CLASS = "none"
MOST = 5000


@dataclass(frozen=True, slots=True)
class Place:
    """A class or an area, and how many letters wait for it."""

    by: str  # "class" or "area"
    value: (
        str  # the class's key, or the area's: its name tells where somebody lives, and stands in no address
    )
    label: str  # empty: in no class
    count: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits to be printed."""

    by_class: Sequence[Place]
    by_area: Sequence[Place]
    fonts: Sequence[tuple[Style, int]]  # that this machine lacks, and how many letters wait for each
    later: int  # held back for now


@dataclass(frozen=True, slots=True)
class Batch:
    """The letters of one place that may go now, in the order they are handed out; and how many come after these."""

    rows: Sequence[Delivery]
    more: int


def waiting_letters(actor: Actor, school: School, now: datetime) -> Waiting:
    """Everything to be printed; a letter with an address stands under its class and under its area."""
    rows = _rows(actor)
    going = _going(school, rows, now)
    homes = _classes(going, school, now)
    named = SchoolClass.objects.visible_to(actor).in_bulk([pk for pk in homes.values() if pk])
    classes = Counter(named.get(homes[row.pk] or 0) for row in going)
    areas = Counter(area_of(row.to) for row in going if _has_address(row))
    lacking = Counter(style for row in rows if not (style := style_of(row.parcel.language)).is_here)
    by_class = [
        Place("class", one.key if one else NO_CLASS, one.name if one else "", n) for one, n in classes.items()
    ]
    return Waiting(
        by_class=sorted(by_class, key=lambda place: (not place.label, place.label)),
        by_area=[Place("area", area_key(name, school), name, n) for name, n in sorted(areas.items())],
        fonts=list(lacking.items()),
        later=len(rows) - len(going) - lacking.total(),
    )


def batch(by: str, value: str, *, actor: Actor, school: School, now: datetime) -> Batch:
    """Of one class or area: by child in a class, house by house in an area."""
    going = _going(school, _rows(actor), now)
    if by == "area":
        mine = [row for row in going if _has_address(row) and area_key(area_of(row.to), school) == value]
        mine.sort(key=lambda row: order_in_street(row.to))
    else:
        homes = _classes(going, school, now)
        group = SchoolClass.objects.visible_to(actor).filter(key=value).first()
        wanted = group.pk if group else None
        mine = [row for row in going if homes[row.pk] == wanted and (group or value == NO_CLASS)]
        mine.sort(key=lambda row: (str(first_child(row) or ""), row.pk))
    return Batch(mine[:AT_ONCE], max(0, len(mine) - AT_ONCE))


def area_key(name: str, school: School) -> str:
    """An area as it stands in a page's address."""
    return sha256(f"{school.pk}:{name}".encode()).hexdigest()[:12]


def _rows(actor: Actor) -> list[Delivery]:
    rows = to_print(actor).select_related("parcel__guardian", "account", "address")
    return list(rows.prefetch_related("parcel__about__student")[:MOST])


def _going(school: School, rows: Sequence[Delivery], now: datetime) -> list[Delivery]:
    """Due, held back by nothing, and in letters that this machine can print."""
    due = [row for row in rows if row.due_at <= now + IN_HAND and style_of(row.parcel.language).is_here]
    allowed = may_go(school, due, now)
    return [row for row in due if row.pk in allowed]


def _classes(rows: Sequence[Delivery], school: School, now: datetime) -> dict[int, int | None]:
    """By delivery: the class of the first of its children."""
    first = {row.pk: child.pk for row in rows if (child := first_child(row)) is not None}
    homes = classes_of(list(first.values()), school, now)
    return {row.pk: homes.get(first.get(row.pk, 0)) for row in rows}


def _has_address(row: Delivery) -> bool:
    return row.address is not None and row.address.channel == Channel.PAPER
