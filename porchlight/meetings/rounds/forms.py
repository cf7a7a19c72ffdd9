"""What the office writes of a season, and each host of their own hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.meetings.from_until import FromUntil
from porchlight.meetings.models import SLOT, Round
from porchlight.meetings.rounds.hosts import USUAL, DayHours
from porchlight.meetings.rounds.making import MOST_DAYS, Facts
from porchlight.schools.forms import TIME
from porchlight.schools.models import School, SchoolClass

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LAST_HOUR = time(20)  # of the last day to answer
USUAL_HOURS = (time(15, 30), time(19, 30))
HELD = [(mode.value, mode.label) for mode in USUAL]


class RoundForm(forms.Form):
    """All but its days."""

    name = forms.CharField(
        label=_("Name"), max_length=100, help_text=_("For colleagues, such as Autumn conferences.")
    )
    answer_by = forms.DateField(
        label=_("Families answer by"),
        widget=DAY,
        help_text=_("Until eight in the evening. Who does not answer gets a time all the same."),
    )
    classes = forms.ModelMultipleChoiceField(
        label=_("Classes whose families are asked"),
        queryset=SchoolClass.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one class.")},
    )
    minutes = forms.IntegerField(label=_("Minutes of one meeting"), min_value=SLOT, max_value=120, initial=10)
    longest = forms.IntegerField(
        label=_("Minutes without a break, at most"), min_value=SLOT, max_value=480, initial=90
    )
    pause = forms.IntegerField(label=_("Minutes of that break"), min_value=SLOT, max_value=60, initial=10)
    walk = forms.IntegerField(
        label=_("Minutes from one part of the school to another"), min_value=0, max_value=60, initial=5
    )
    apart = forms.IntegerField(
        label=_("Minutes between parents who live apart"),
        min_value=0,
        max_value=120,
        initial=20,
        help_text=_("They do not meet in the corridor, and neither is told of the other’s time."),
    )

    def __init__(
        self, *args: Any, school: School, classes: Any, now: datetime, is_asked: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.school, self.now, self.is_asked = school, now, is_asked
        self.fields["classes"].queryset = classes  # type: ignore[attr-defined]  # a ModelMultipleChoiceField
        if is_asked:
            self.fields["answer_by"].disabled = True

    def clean_answer_by(self) -> date:
        """Families have until tomorrow at least."""
        day: date = self.cleaned_data["answer_by"]
        if not self.is_asked and day <= self.school.local(self.now).date():
            raise forms.ValidationError(gettext("Choose a later day, so that families have time to answer."))
        return day

    def facts(self, days: Sequence[tuple[date, time, time]]) -> Facts:
        """With the days beside it."""
        said = self.cleaned_data
        answer_by = datetime.combine(said["answer_by"], LAST_HOUR, tzinfo=self.school.zone)
        return Facts(
            name=said["name"], answer_by=answer_by, days=days, classes=list(said["classes"]),
            minutes=said["minutes"], max_run=said["longest"] // SLOT, break_slots=said["pause"] // SLOT,
            walk_minutes=said["walk"], apart_minutes=said["apart"],
        )  # fmt: skip


def first_of(round_: Round) -> dict[str, Any]:
    """What the form begins with."""
    return {
        "name": round_.name,
        "answer_by": round_.answer_by.astimezone(round_.school.zone).date(),
        "classes": list(round_.classes.values_list("school_class", flat=True)),
        "minutes": round_.minutes,
        "longest": round_.max_run * SLOT,
        "pause": round_.break_slots * SLOT,
        "walk": round_.walk_minutes,
        "apart": round_.apart_minutes,
    }


class RoundDayForm(FromUntil):
    """One evening or Saturday."""

    day = forms.DateField(label=_("Day"), widget=DAY, required=False)
    field_order = ("day", "starts", "ends")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts"].initial, self.fields["ends"].initial = USUAL_HOURS

    def clean(self) -> dict[str, Any]:
        """Whole hours of a day that is named."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("day") and not self.errors:
            self.is_a_stretch(data)
        return data


class _Days(forms.BaseFormSet):
    """At least one day, none twice."""

    def clean(self) -> None:
        """As the page says it."""
        days = [one[0] for one in self.days()]
        if not days:
            raise forms.ValidationError(gettext("Write at least one day."))
        if len(set(days)) < len(days):
            raise forms.ValidationError(gettext("A day stands there twice."))

    def days(self) -> list[tuple[date, time, time]]:
        """Those that are named, in their order."""
        rows = [form.cleaned_data for form in self.forms if form.is_valid() and form.cleaned_data.get("day")]
        return sorted((one["day"], one["starts"], one["ends"]) for one in rows)


def days_form(data: Any, first: Sequence[tuple[date, time, time]] = ()) -> _Days:
    """The days that stand, and room for more."""
    room = min(MOST_DAYS - len(first), 3 if first else 4)
    made = forms.formset_factory(
        RoundDayForm, formset=_Days, extra=room, max_num=MOST_DAYS, validate_max=True, absolute_max=MOST_DAYS
    )
    initial = [{"day": day, "starts": starts, "ends": ends} for day, starts, ends in first]
    found: _Days = made(data, initial=initial, prefix="days")  # type: ignore[assignment]  # of the class given above
    return found


class HostForm(forms.Form):
    """Where a host is found."""

    place = forms.CharField(
        label=_("Room"), max_length=120, required=False, help_text=_("As families find it, such as Room 4.")
    )
    zone = forms.IntegerField(
        label=_("Part of the school"),
        min_value=0,
        max_value=9,
        help_text=_("A number: rooms with the same number are next to each other."),
    )


class HostDayForm(FromUntil):
    """One day of a host."""

    break_starts = forms.TimeField(label=_("Break from"), widget=TIME, required=False)
    break_ends = forms.TimeField(label=_("Break until"), widget=TIME, required=False)
    modes = forms.MultipleChoiceField(
        label=_("How"), choices=HELD, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, hours: DayHours, data: Any = None) -> None:
        first = {name: getattr(hours, name) for name in ("starts", "ends", "break_starts", "break_ends")}
        modes = list(hours.modes) or [mode for mode, _label in HELD]
        super().__init__(data, prefix=f"day-{hours.day.key}", initial={**first, "modes": modes})
        self.day = hours.day

    def clean(self) -> dict[str, Any]:
        """Inside the hours of the day, the break inside theirs; without hours they are not there."""
        data: dict[str, Any] = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if self.errors or (starts is None and ends is None):
            return data
        if not self.is_a_stretch(data) or starts is None or ends is None:
            return data
        if starts < self.day.starts or ends > self.day.ends:
            self.add_error("ends", gettext("School is open for meetings a shorter time on this day."))
        elif not data.get("modes"):
            self.add_error("modes", gettext("Choose at least one way to meet."))
        elif not _is_inside(data.get("break_starts"), data.get("break_ends"), starts, ends):
            self.add_error(
                "break_ends", gettext("A break lies between the two times, and ends after it begins.")
            )
        return data

    def hours(self) -> DayHours:
        """As they said it."""
        said = self.cleaned_data
        return DayHours(
            self.day, said["starts"], said["ends"], said["break_starts"], said["break_ends"], said["modes"]
        )


def _is_inside(pause: time | None, until: time | None, starts: time, ends: time) -> bool:
    if pause is None and until is None:
        return True
    return pause is not None and until is not None and starts <= pause < until <= ends
