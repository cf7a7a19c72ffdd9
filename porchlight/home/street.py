"""The street: every home a colleague may see, class by class, why each unlit one is, what comes next and who is on it.

Counts stand beside classes, never beside colleagues' names: the page is there to light porches, not to rank people.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from porchlight.design.lights import Light
from porchlight.design.moments import day
from porchlight.design.parts import Action, Column, HomeRow, Share, Table, Tag
from porchlight.errands.models import Errand, ErrandKind
from porchlight.families.models import Enrolment
from porchlight.families.models.people import in_force
from porchlight.home.desk import shares
from porchlight.home.homes import SeenHome, homes_seen
from porchlight.home.waiting import thread_url
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, SchoolClass

AT_A_TIME = 10  # homes that are given a step on one page: ten minutes
STEPS = {
    ErrandKind.RING: gettext_lazy("Ring them"),
    ErrandKind.MEND_ADDRESS: gettext_lazy("Find the right number"),
    ErrandKind.WRITE_HOME: gettext_lazy("A note with the child"),
}


@dataclass(frozen=True, slots=True)
class ClassStreet:
    """The homes of one class. A home with children in two classes stands in both."""

    name: str
    lights: Sequence[Light]

    @property
    def lit(self) -> int:
        return Counter(self.lights)[Light.LIT]


@dataclass(frozen=True, slots=True)
class Unlit:
    """A home we have not reached, and nobody is on it yet."""

    home: SeenHome
    classes: frozenset[int]  # of its children: whoever teaches one may be asked

    @property
    def key(self) -> str:
        """Whom a step is about: the adult we would write to."""
        return self.home.write_to.guardian.key

    @property
    def why(self) -> str:
        return self.home.in_the_way or _("Nothing of ours has arrived there yet.")

    @property
    def suggested(self) -> ErrandKind:
        """A way that is shut is mended first; where one is open, a voice is next."""
        return ErrandKind.MEND_ADDRESS if self.home.in_the_way else ErrandKind.RING


@dataclass(frozen=True, slots=True)
class Street:
    """The whole page, but for its form."""

    homes: int
    counts: Mapping[Light, int]
    shares: Sequence[Share]
    classes: Sequence[ClassStreet]
    table: Table
    unlit: Sequence[Unlit]  # without anybody on them, all of them
    given: Sequence[HomeRow]

    @property
    def lit(self) -> int:
        return self.counts.get(Light.LIT, 0)


def look(school: School, actor: Actor, *, now: datetime) -> Street:
    """What this colleague may see of the street, in a constant number of queries."""
    homes = homes_seen(school, actor, now)
    places = _classes_of(school, actor, homes, school.local(now).date())
    counts = Counter(home.light for home in homes)
    unlit = [home for home in homes if home.light is Light.UNLIT]
    errands = _under_way(actor, unlit)
    classes = _by_class(homes, places)
    return Street(
        homes=len(homes),
        counts=counts,
        shares=shares(counts),
        classes=classes,
        table=_table(classes),
        unlit=[Unlit(home, _ids(home, places)) for home in unlit if _on_it(home, errands) is None],
        given=[_given(school, home, one, now) for home in unlit if (one := _on_it(home, errands))],
    )


type Places = Mapping[int, Mapping[int, str]]  # by student id: names of classes by id


def _classes_of(school: School, actor: Actor, homes: Sequence[SeenHome], today: date) -> Places:
    seen = SchoolClass.objects.visible_to(actor).current()
    children = {tie.student_id for home in homes for tie in home.ties}
    rows = Enrolment.objects.in_school(school).filter(
        in_force(today), student__in=children, school_class__in=seen
    )
    places: dict[int, dict[int, str]] = defaultdict(dict)
    for student, pk, name in rows.values_list("student_id", "school_class_id", "school_class__name"):
        places[student][pk] = name
    return places


def _ids(home: SeenHome, places: Places) -> frozenset[int]:
    return frozenset(pk for tie in home.ties for pk in places.get(tie.student_id, ()))


def _by_class(homes: Sequence[SeenHome], places: Places) -> list[ClassStreet]:
    found: dict[str, list[Light]] = defaultdict(list)
    for home in homes:
        names = {name for tie in home.ties for name in places.get(tie.student_id, {}).values()}
        for name in names or {""}:
            found[name].append(home.light)
    named = [ClassStreet(name, lights) for name, lights in sorted(found.items()) if name]
    rest = [ClassStreet(_("In no class"), found[""])] if "" in found else []
    return named + rest


def _table(classes: Sequence[ClassStreet]) -> Table:
    columns = [Column(_("Class")), *(Column(share.words, number=True) for share in shares({}))]
    order = (Light.LIT, Light.LOW, Light.UNLIT)
    return Table(
        caption=_("Homes of each class by how they stand with us"),
        columns=columns,
        rows=[[one.name, *(Counter(one.lights)[light] for light in order)] for one in classes],
        caption_seen=False,
    )


def _under_way(actor: Actor, unlit: Sequence[SeenHome]) -> dict[int, Errand]:
    """By guardian id: the task about them that is due first."""
    adults = {tie.guardian_id for home in unlit for tie in home.ties}
    rows = Errand.objects.visible_to(actor).open().filter(kind__in=STEPS, guardian__in=adults)
    found: dict[int, Errand] = {}
    for errand in rows.select_related("assigned_to"):
        if errand.guardian_id is not None:
            found.setdefault(errand.guardian_id, errand)
    return found


def _on_it(home: SeenHome, errands: Mapping[int, Errand]) -> Errand | None:
    mine = [errands[tie.guardian_id] for tie in home.ties if tie.guardian_id in errands]
    return min(mine, key=lambda errand: errand.due_at, default=None)


def _given(school: School, home: SeenHome, errand: Errand, now: datetime) -> HomeRow:
    due = day(errand.due_at, now=now, zone=school.zone)
    late = errand.due_at < now
    words = _("%(step)s: %(name)s, by %(day)s") if not late else _("%(step)s: %(name)s, was due %(day)s")
    said = {"step": STEPS[ErrandKind(errand.kind)], "name": errand.assigned_to.name, "day": due}
    return HomeRow(
        name=home.name,
        light=home.light,
        about=home.children,
        words=home.in_the_way,
        tags=[Tag(words % said, "care" if late else "info")],
        actions=[
            Action(
                _("Open"), thread_url(school, home.write_to.student.key, home.write_to.guardian.key), "quiet"
            )
        ],
    )
