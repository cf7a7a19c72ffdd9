"""Good news first, in ten minutes: three homes without a good word lately, and what is written to each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from porchlight.conversations.carried import carried, for_staff
from porchlight.conversations.models import Kind, Mark, Message
from porchlight.design.lights import Light
from porchlight.design.moments import day
from porchlight.families.models import Guardianship, Student
from porchlight.home.desk import without_good_word
from porchlight.home.homes import SeenHome, homes_seen
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox.scripts import autonym

AT_A_TIME = 3
LATELY = timedelta(hours=12)
FARTHEST_FIRST = [Light.UNLIT, Light.LOW, Light.LIT]


@dataclass(frozen=True, slots=True)
class Pick:
    """One home to write to, about one child. `key` is that of the first of its ties."""

    child: Student
    ties: Sequence[Guardianship]
    last_good: datetime | None

    @property
    def key(self) -> str:
        return self.ties[0].key

    def about(self, school: School, now: datetime) -> str:
        """Who lives there, what they read, and when they last heard something good."""
        people = [f"{tie.guardian} ({autonym(tie.guardian.reading)})" for tie in self.ties]
        if self.last_good is None:
            last = _("No good word from school yet.")
        else:
            last = _("Last good word: %(day)s.") % {"day": day(self.last_good, now=now, zone=school.zone)}
        return f"{', '.join(people)}. {last}"


@dataclass(frozen=True, slots=True)
class Said:
    """A good word that was said, and whether it is still here and can be taken back."""

    message: Message
    waits: bool


@dataclass(frozen=True, slots=True)
class Picks:
    """Three of those who wait longest for a good word, and how many there are."""

    shown: Sequence[Pick]
    count: int
    after: int  # how many stand before these


def picks(school: School, actor: Actor, *, now: datetime, after: int = 0) -> Picks:
    """Whom this colleague may think of first: by their own mark, then whom we have not reached, then by time.

    Nobody is told the order, and nothing but this page knows it.
    """
    marked = set(Mark.objects.visible_to(actor).standing().values_list("student_id", flat=True))
    silent = without_good_word(homes_seen(school, actor, now), now)
    silent.sort(key=lambda home: _place(home, marked))
    after = after if 0 < after < len(silent) else 0
    return Picks(
        shown=[_pick(home, marked) for home in silent[after : after + AT_A_TIME]],
        count=len(silent),
        after=after,
    )


def picked(school: School, actor: Actor, keys: Collection[str], *, now: datetime) -> list[Pick]:
    """The homes somebody has begun to write to, in the order they stood, whatever has changed since."""
    found = {pick.key: pick for home in homes_seen(school, actor, now) for pick in _each_child(home)}
    return [found[key] for key in keys if key in found]


def said_lately(actor: Actor, *, now: datetime) -> list[Said]:
    """This colleague's own good words of this evening."""
    rows = (
        Message.objects.visible_to(actor)
        .standing()
        .filter(staff=actor.post_id, notice=None, kind=Kind.GOOD_NEWS, said_at__gt=now - LATELY)
    )
    copies: dict[str, list[Message]] = defaultdict(list)
    for message in for_staff(rows.order_by("pk")):
        copies[message.together or message.key].append(message)
    return [Said(first[0], waits=all(carried(one, now).waits for one in first)) for first in copies.values()]


def _place(home: SeenHome, marked: set[int]) -> tuple[bool, int, float]:
    is_marked = any(tie.student_id in marked for tie in home.ties)
    since = home.last_good.timestamp() if home.last_good else 0
    return not is_marked, FARTHEST_FIRST.index(home.light), since


def first_pick(home: SeenHome) -> Pick:
    """The home, about the first of its children."""
    return next(iter(_each_child(home)))


def _pick(home: SeenHome, marked: set[int]) -> Pick:
    """About the marked child where there is one, else the first."""
    choices = list(_each_child(home))
    return next((pick for pick in choices if pick.child.pk in marked), choices[0])


def _each_child(home: SeenHome) -> Iterable[Pick]:
    """The home with each of its children; whoever can be reached stands first."""
    children = dict.fromkeys([home.write_to.student, *(tie.student for tie in home.ties)])
    for child in children:
        ties = sorted(
            (tie for tie in home.ties if tie.student_id == child.pk),
            key=lambda tie: tie.guardian_id != home.write_to.guardian_id,
        )
        yield Pick(child, ties, home.last_good)
