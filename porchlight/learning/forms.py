"""What the office types about an absence."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.learning.days import FURTHEST
from porchlight.learning.models import How, Why
from porchlight.toolbox import school_time

DAY = {"type": "date"}
NEAR = timedelta(days=366)  # either side of today: any other year was mistyped
BY_HAND = (How.PHONE, How.IN_PERSON, How.PAPER)


class AbsenceForm(forms.Form):
    """From when, until when, why."""

    first_day = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose the first day."),
            "invalid": _("Choose a day of the calendar."),
        },
    )
    last_day = forms.DateField(
        label=_("Last day"),
        help_text=_("This day included. Leave it empty for one day."),
        required=False,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages={"invalid": _("Choose a day of the calendar.")},
    )
    why = forms.ChoiceField(
        label=_("Why"),
        help_text=_("A kind of reason is enough. What the family told beyond it stays in their thread."),
        choices=[("", _("Not known yet")), *Why.choices],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """The last day not before the first, and not months away."""
        said: dict[str, Any] = super().clean() or {}
        first: date | None = said.get("first_day")
        said["last_day"] = last = said.get("last_day") or first
        if first is not None and abs(first - school_time.now().date()) > NEAR:
            self.add_error("first_day", gettext("That is more than a year away. Look at the year."))
        elif first is not None and last is not None:
            if last < first:
                self.add_error("last_day", gettext("The last day lies before the first. Look at both."))
            elif last - first > FURTHEST:
                self.add_error(
                    "last_day", gettext("That is longer than two months. Write down the first two.")
                )
        return said


class ByHandForm(AbsenceForm):
    """The same, told by telephone, in person or on paper."""

    how = forms.ChoiceField(
        label=_("How we know"), choices=[(how.value, how.label) for how in BY_HAND], widget=forms.RadioSelect
    )
    field_order = ("first_day", "last_day", "why", "how")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        why = self.fields["why"]
        why.required = True
        assert isinstance(why, forms.ChoiceField)  # noqa: S101 - as declared above
        why.choices = [("", _("Choose")), *Why.choices]
        why.error_messages["required"] = gettext("Choose a kind of reason.")
