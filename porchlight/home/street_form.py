"""Ten homes in ten minutes: for each what is to be done, by whom and by when, with a suggestion for all three."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _

from porchlight.errands.models import ErrandKind
from porchlight.families.models.people import SEES_EVERY_CHILD, in_force
from porchlight.home.street import STEPS, Unlit
from porchlight.schools.actors import Role
from porchlight.schools.calendar import next_school_day
from porchlight.schools.models import School, StaffMember, Teaching

WHAT, WHO, BY = "what-", "who-", "by-"
NOT_NOW = "not_now"
LATEST = timedelta(days=60)
MENDS = (Role.OFFICE, Role.LEADER, Role.SAFEGUARDING)  # who is suggested first


class Given(NamedTuple):
    """A step as it was decided."""

    unlit: Unlit
    kind: ErrandKind
    who: StaffMember
    by: date


class Colleagues:
    """Who may be asked about a home: whoever sees every child, and those who teach one of its children."""

    def __init__(self, school: School, on: date) -> None:
        working = StaffMember.objects.in_school(school).awake()
        rows = working.filter(roles__role__in=SEES_EVERY_CHILD).values_list("pk", "roles__role")
        rank = {role: place for place, role in enumerate(MENDS)}
        self._first: dict[int, int] = {}
        for pk, role in rows:
            self._first[pk] = min(self._first.get(pk, len(rank)), rank.get(Role(role), len(rank)))
        teaching = Teaching.objects.in_school(school).filter(in_force(on))
        self._teachers = list(teaching.values_list("staff_id", "school_class_id"))
        ids = {*self._first, *(staff for staff, _class in self._teachers)}
        self._people = {one.pk: one for one in working.filter(pk__in=ids).order_by("name")}

    def around(self, unlit: Unlit) -> list[StaffMember]:
        """Those for this home: who mends addresses first, then who teaches the child, then the rest by name."""
        teach = {staff for staff, school_class in self._teachers if school_class in unlit.classes}
        mine = [one for pk, one in self._people.items() if pk in self._first or pk in teach]
        return sorted(mine, key=lambda one: (self._first.get(one.pk, 0.5), one.name))


class StepsForm(forms.Form):
    """Three fields a home. A home left for another day is not touched."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, homes: Sequence[Unlit], school: School, now: datetime
    ) -> None:
        super().__init__(data)
        self.homes, self.today = homes, school.local(now).date()
        colleagues, soon = Colleagues(school, self.today), next_school_day(school, self.today)
        self.people: dict[str, dict[str, StaffMember]] = {}
        for unlit in homes:
            around = colleagues.around(unlit)
            self.people[unlit.key] = {one.key: one for one in around}
            self._fields_of(unlit, around, soon)

    def _fields_of(self, unlit: Unlit, around: Sequence[StaffMember], soon: date) -> None:
        self.fields[WHAT + unlit.key] = forms.ChoiceField(
            label=_("Next step"),
            choices=[*((kind.value, words) for kind, words in STEPS.items()), (NOT_NOW, _("Not today"))],
            initial=unlit.suggested.value,
        )
        self.fields[WHO + unlit.key] = forms.ChoiceField(
            label=_("Who"),
            choices=[(one.key, one.name) for one in around],
            error_messages={"required": _("Choose who does it.")},
        )
        self.fields[BY + unlit.key] = forms.DateField(
            label=_("By"),
            initial=soon,
            error_messages={"required": _("Choose a day.")},
            widget=forms.DateInput(attrs={"type": "date", "min": self.today.isoformat()}),
        )

    def rows(self) -> list[tuple[Unlit, list[forms.BoundField]]]:
        """Each home with its three fields, for the page."""
        return [(unlit, [self[part + unlit.key] for part in (WHAT, WHO, BY)]) for unlit in self.homes]

    def clean(self) -> dict[str, Any]:
        """Each step has a day that is to come; of a home left for another day nothing is asked."""
        data: dict[str, Any] = super().clean() or {}
        for unlit in self.homes:
            by = data.get(BY + unlit.key)
            if data.get(WHAT + unlit.key) == NOT_NOW:
                self.errors.pop(WHO + unlit.key, None)
                self.errors.pop(BY + unlit.key, None)
            elif by is not None and not self.today <= by <= self.today + LATEST:
                self.add_error(BY + unlit.key, _("Choose a day from today on, within two months."))
        return data

    def given(self) -> list[Given]:
        """What was decided; homes left for another day are absent."""
        data = self.cleaned_data
        return [
            Given(
                unlit,
                ErrandKind(data[WHAT + unlit.key]),
                self.people[unlit.key][data[WHO + unlit.key]],
                data[BY + unlit.key],
            )
            for unlit in self.homes
            if data[WHAT + unlit.key] != NOT_NOW
        ]
