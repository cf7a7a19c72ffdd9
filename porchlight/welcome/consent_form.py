"""What the office writes down of many families at once: whom it means, when they agreed, and how we know."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.schools.actors import Actor
from porchlight.schools.models import School, SchoolClass


class ConsentForm(forms.Form):
    """Classes, a day, and the paper or list it stands on."""

    classes = forms.ModelMultipleChoiceField(
        label=_("Whose families?"),
        queryset=SchoolClass.objects.none(),
        to_field_name="key",
        required=False,
        help_text=_("None ticked: the whole school."),
        widget=forms.CheckboxSelectMultiple,
    )
    given_on = forms.DateField(
        label=_("When did they agree?"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Write the day on which they agreed, as it stands on the form.")},
    )
    source = forms.CharField(
        label=_("Where does it stand?"),
        help_text=_("Such as: enrolment form 2026, signed; kept in the office."),
        max_length=120,
        error_messages={"required": _("Write where their consent stands, so that anybody can look it up.")},
    )

    def __init__(self, data: Any, *, actor: Actor, school: School, today: date) -> None:
        super().__init__(data)
        self.today = today
        classes = SchoolClass.objects.visible_to(actor).current().order_by("name")
        self.fields["classes"].queryset = classes  # type: ignore[attr-defined]  # django-stubs sees a plain Field here

    def clean_given_on(self) -> date:
        """Not in days to come."""
        day: date = self.cleaned_data["given_on"]
        if day > self.today:
            raise forms.ValidationError(gettext("This day has not come yet. Look at the date once more."))
        return day
