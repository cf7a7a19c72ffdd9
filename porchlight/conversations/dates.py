"""Whether the Islamic day stands beside the dates one adult reads: as they wish, else as their school does."""

from __future__ import annotations

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porchlight.activity.record import record
from porchlight.families.models import Guardian, IslamicDay
from porchlight.schools.actors import Actor


class DatesForm(forms.Form):
    """One choice."""

    islamic_day = forms.ChoiceField(
        label=_("The Islamic day beside dates"),
        choices=IslamicDay.choices,
        required=False,
        help_text=_("On pages and in messages that name a day for this home."),
    )

    def wish(self) -> IslamicDay:
        """Of a valid form."""
        return IslamicDay(self.cleaned_data["islamic_day"])


@transaction.atomic
def read_dates(guardian: Guardian, wish: IslamicDay, *, by: Actor) -> None:
    """Keep it. What went out already stays as it was written."""
    if guardian.islamic_day == wish:
        return
    guardian.islamic_day = wish
    guardian.save(update_fields=["islamic_day"])
    record("dates.chosen", about=guardian, by=by, islamic_day=wish.value)
