"""Forms of hours: one's own, a wish for the counsellor, an interpreter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import dates
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.meetings.from_until import FromUntil
from porchlight.meetings.hours.slots import Slot
from porchlight.meetings.models import HoursFor, Mode, Topic
from porchlight.schools.actors import Actor, Role
from porchlight.schools.models import StaffMember

MODES = (Mode.IN_PERSON, Mode.PHONE, Mode.VIDEO)
LENGTHS = (5, 10, 15, 20, 30, 45, 60)


class StandingHoursForm(FromUntil):
    """A day of the week, from when until when, how long one talk is, how it is held."""

    purpose = forms.ChoiceField(label=_("What for"), widget=forms.RadioSelect)
    weekday = forms.TypedChoiceField(label=_("Day"), coerce=int, choices=list(dates.WEEKDAYS.items()))
    minutes = forms.TypedChoiceField(
        label=_("Minutes for one talk"), coerce=int, choices=[(n, n) for n in LENGTHS], initial=15
    )
    modes = forms.MultipleChoiceField(
        label=_("How"), choices=[(mode, mode.label) for mode in MODES], widget=forms.CheckboxSelectMultiple
    )
    until = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    field_order = ("purpose", "weekday", "starts", "ends")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts"].required = self.fields["ends"].required = True
        purposes = [HoursFor.FAMILIES]
        if actor.is_one_of(Role.COUNSELLOR):
            purposes.append(HoursFor.COUNSELLING)
        if actor.is_one_of(Role.INTERPRETER, Role.LIAISON):
            purposes.append(HoursFor.INTERPRETING)
        field = self.fields["purpose"]
        field.choices = [(one, one.label) for one in purposes]  # type: ignore[attr-defined]  # a field of choices
        field.initial = purposes[-1]

    def clean(self) -> dict[str, Any]:
        """One talk fits."""
        data: dict[str, Any] = super().clean() or {}
        if self.errors or not self.is_a_stretch(data):
            return data
        starts, ends = data["starts"], data["ends"]
        if (ends.hour - starts.hour) * 60 + ends.minute - starts.minute < data["minutes"]:
            self.add_error("ends", gettext("One talk does not fit between these two. Look at both hours."))
        return data


class CounsellingForm(forms.Form):
    """Whom, and as little or as much as they want to say."""

    counsellor = forms.ChoiceField(label=_("With whom"), widget=forms.RadioSelect)
    topic = forms.ChoiceField(
        label=_("About"), choices=Topic.choices, initial=Topic.OTHER, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In your words"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, people: Sequence[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {one.key: one for one in people}
        field = self.fields["counsellor"]
        field.choices = [(one.key, one.name) for one in people]  # type: ignore[attr-defined]  # as above
        field.initial = people[0].key if people else None

    @property
    def chosen(self) -> StaffMember:
        """Whom they chose."""
        return self.people[self.cleaned_data["counsellor"]]


def slot_of(times: Sequence[Slot], code: str) -> Slot | None:
    """The free time a button names; None when it is gone."""
    return next((slot for slot in times if slot.code == code), None)
