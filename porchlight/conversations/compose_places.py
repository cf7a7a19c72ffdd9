"""Where a message may go, as the compose form offers it: the school, years, classes; and single families."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _

from porchlight.conversations.audience import MAY_WRITE_TO_THE_SCHOOL, Audience, AudienceKind
from porchlight.design.forms import Hinted
from porchlight.families.models import Household, HouseholdMembership, Student
from porchlight.families.models.people import in_force
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, SchoolClass

MOST_HOMES = 12  # single families listed at once; of more, some are found by name

type Choice = tuple[str, Any]


class Places(forms.CheckboxSelectMultiple):
    """Tiles for classes; single families behind a line that opens, since there are many.

    `find` is the form's field for a part of a name, shown there when not all families are listed.
    """

    template_name = "conversations/places.html"
    find: forms.BoundField | None = None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the field that finds families."""
        return {**super().get_context(name, value, attrs), "find": self.find}


def places_for(
    actor: Actor, school: School, now: datetime, *, ticked: Sequence[str], find: str
) -> tuple[list[Choice | tuple[str, list[Choice]]], bool]:
    """Whom this actor may write to, and whether there are more families than are listed.

    `ticked` stay listed; `find` is how a child's or a home's name begins.
    """
    homes, all_listed = _homes(actor, school, now, ticked, find)
    choices: list[Choice | tuple[str, list[Choice]]] = [*_groups(actor)]
    if homes or not all_listed:
        choices.append((_("Families I pick"), homes))
    return choices, not all_listed


def _groups(actor: Actor) -> list[Choice]:
    """Own classes; for the office and leaders also years and the school."""
    classes = list(SchoolClass.objects.visible_to(actor).current().order_by("name"))
    choices: list[Choice] = []
    if actor.is_one_of(*MAY_WRITE_TO_THE_SCHOOL):
        choices.append(("school:", Hinted(_("The whole school"))))
        years = sorted({row.year for row in classes if row.year})
        choices += [(f"year:{year}", Hinted(_("Year %(year)s") % {"year": year})) for year in years]
    return choices + [
        (f"class:{row.key}", Hinted(_("Class %(name)s") % {"name": row.name})) for row in classes
    ]


def _homes(
    actor: Actor, school: School, now: datetime, ticked: Sequence[str], find: str
) -> tuple[list[Choice], bool]:
    rows = Household.objects.visible_to(actor).order_by("label", "pk")
    today = in_force(school.local(now).date())
    keys = [value.removeprefix("home:") for value in ticked if value.startswith("home:")]
    listed = list(rows[: MOST_HOMES + 1])
    all_listed = len(listed) <= MOST_HOMES
    if not all_listed:
        children = Student.objects.visible_to(actor).filter(
            Q(name__istartswith=find) | Q(name__icontains=f" {find}") | Q(called__istartswith=find)
        )
        living = HouseholdMembership.objects.in_school(school).filter(today, student__in=children)
        named = Q(label__istartswith=find) | Q(pk__in=living.values("household")) if find else Q(pk=None)
        listed = list(rows.filter(named | Q(key__in=keys))[: MOST_HOMES + len(keys)])
    names = _children_of(school, listed, today)
    return [
        (f"home:{home.key}", Hinted(home.label, ", ".join(names[home.pk]))) for home in listed
    ], all_listed


def _children_of(school: School, homes: Iterable[Household], today: Q) -> dict[int, list[str]]:
    """By home: the children there, which tells two families of one name apart."""
    names: dict[int, list[str]] = defaultdict(list)
    rows = HouseholdMembership.objects.in_school(school).filter(today, household__in=list(homes))
    for member in rows.exclude(student=None).select_related("student").order_by("student__name"):
        if member.student is not None:
            names[member.household_id].append(member.student.short_name)
    return names


def chosen_apart(ticked: Iterable[str]) -> bool:
    """Whether single families stand beside classes, years or the school."""
    kinds = {value.partition(":")[0] for value in ticked}
    return "home" in kinds and len(kinds) > 1


def read_audience(ticked: Sequence[str]) -> Audience:
    """The ticked places as one audience. The widest kind wins: the whole school already holds its classes."""
    names: dict[str, list[str]] = {}
    for value in ticked:
        kind, _colon, name = value.partition(":")
        names.setdefault(kind, []).append(name)
    if "school" in names:
        return Audience(AudienceKind.SCHOOL)
    if "year" in names:
        return Audience(AudienceKind.YEAR, tuple(names["year"]))
    if "class" in names:
        return Audience(AudienceKind.CLASSES, tuple(names["class"]))
    return Audience(AudienceKind.HOUSEHOLDS, tuple(names["home"]))
