"""When families agreed, how words leave, and how many hellos a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.delivery.gateways.by_hand import BY_HAND
from porchlight.home.hello_form import PaceForm
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.welcome.consent_form import ConsentForm

OFFERED = ("tap_sms", "call_list", "slips")  # ticked to begin with: a phone, a voice, a printer


class FirstStepsForm(ConsentForm):
    """Consent only while there are adults it is not known of; ways only that are not switched on yet."""

    ways = forms.MultipleChoiceField(
        label=_("How do words leave today?"),
        help_text=_("No contract is needed. A number of the school’s own can be connected any day."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    a_day = PaceForm.base_fields["a_day"]

    def __init__(
        self, data: Any, *, actor: Actor, school: School, today: date, adults: int, shut: Sequence[str]
    ) -> None:
        super().__init__(data, actor=actor, school=school, today=today)
        del self.fields["classes"]
        if not adults:
            del self.fields["given_on"], self.fields["source"]
        if shut:
            ways = self.fields["ways"]
            ways.choices = [(name, gettext(BY_HAND[name].label)) for name in shut]  # type: ignore[attr-defined]  # django-stubs sees a plain Field here
            ways.initial = [name for name in OFFERED if name in shut]
        else:
            del self.fields["ways"]

    @property
    def agreed(self) -> tuple[date, str] | None:
        """The day they agreed and where it stands; None when there was nothing to ask."""
        said = self.cleaned_data
        return (said["given_on"], said["source"]) if "given_on" in said else None
