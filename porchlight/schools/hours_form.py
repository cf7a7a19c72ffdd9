"""What a colleague says of their own time: when they read, and when they are away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.schools.calendar import MONDAY_TO_FRIDAY
from porchlight.schools.forms import TIME, WEEK
from porchlight.schools.models import School, StaffMember
from porchlight.schools.reading import Hours

LONGEST = timedelta(days=183)  # a colleague's homes are lent for no longer than half a year


class HoursForm(forms.Form):
    """Days and hours, as chosen or as the school has them."""

    weekdays = forms.MultipleChoiceField(
        label=_("I read on"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
    )
    reads_from = forms.TimeField(label=_("I read from"), widget=TIME)
    reads_until = forms.TimeField(label=_("Until"), widget=TIME)

    def __init__(self, *args: Any, school: School, hours: Hours, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        week = school.weekdays or MONDAY_TO_FRIDAY
        self.fields["weekdays"].choices = [  # type: ignore[attr-defined]  # a field of choices has them
            (number, name) for number, name in WEEK if int(number) in week
        ]
        self.initial = {
            "weekdays": [str(day) for day in (week if hours.days is None else hours.days)],
            "reads_from": hours.start,
            "reads_until": hours.end,
        }

    def clean_weekdays(self) -> list[int]:
        """As the calendar counts them."""
        return sorted(int(day) for day in self.cleaned_data["weekdays"])

    def clean(self) -> dict[str, Any]:
        """The end comes after the beginning."""
        data: dict[str, Any] = super().clean() or {}
        start, end = data.get("reads_from"), data.get("reads_until")
        if start and end and start >= end:
            self.add_error("reads_until", gettext("The end is before the beginning. Look at both times."))
        return data


class AwayForm(forms.Form):
    """Which days, and who answers."""

    since = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))
    colleague = forms.ModelChoiceField(
        queryset=StaffMember.objects.none(),
        to_field_name="key",
        required=False,
        label=_("Who answers meanwhile"),
        empty_label=_("Nobody until I am back"),
        help_text=_(
            "They read everyday words of your children’s homes on these days, and families see their name."
        ),
    )

    def __init__(self, *args: Any, me: StaffMember, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        others = StaffMember.objects.in_school(me.school_id).awake().filter(user__isnull=False)
        self.fields["colleague"].queryset = (  # type: ignore[attr-defined]  # a field of choices has one
            others.exclude(pk=me.pk).filter(roles__isnull=False).distinct().order_by("name")
        )

    def clean(self) -> dict[str, Any]:
        """Not over already, not for ever."""
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("since"), data.get("until")
        if first and last and last < first:
            self.add_error("until", gettext("The last day is before the first. Look at both dates."))
        elif last and last < self.today:
            self.add_error("until", gettext("This day is over. Choose a later one."))
        elif first and last and last - first > LONGEST:
            self.add_error("until", gettext("Choose half a year at most. You can say it again."))
        return data
