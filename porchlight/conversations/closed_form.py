"""“The school is closed”: why, which day, and for whom; the words are ready."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from porchlight.conversations.audience import AudienceKind
from porchlight.conversations.closing import WHYS, draft_of
from porchlight.conversations.compose_places import Places, places_for, read_audience
from porchlight.conversations.notices import Draft
from porchlight.schools.actors import Actor
from porchlight.schools.models import School

TODAY, TOMORROW = "today", "tomorrow"


class ClosedForm(forms.Form):
    """Three taps, half awake: only the reason has to be chosen."""

    why = forms.ChoiceField(
        label=_("Why?"),
        choices=list(WHYS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why. Families read it, and it is kept.")},
    )
    day = forms.ChoiceField(
        label=_("Which day?"),
        choices=[(TODAY, _("Today")), (TOMORROW, _("Tomorrow"))],
        widget=forms.RadioSelect,
    )
    audience = forms.MultipleChoiceField(
        label=_("Who is it for?"), widget=Places, error_messages={"required": _("Choose who it is for.")}
    )

    def __init__(self, *args: Any, actor: Actor, school: School, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school, self.now = school, now
        places, _more = places_for(actor, school, now, ticked=(), find="")
        wide = [
            place for place in places if isinstance(place[0], str) and ":" in place[0]
        ]  # no single families
        self.fields["audience"].choices = wide  # type: ignore[attr-defined]  # django-stubs sees a plain Field here
        self.fields["audience"].initial = [f"{AudienceKind.SCHOOL.value}:"]
        self.fields["day"].initial = TODAY

    def draft(self) -> Draft:
        """In the form the actions take."""
        data = self.cleaned_data
        is_today = data["day"] == TODAY
        day = self.school.local(self.now).date() + timedelta(days=0 if is_today else 1)
        return draft_of(
            school=self.school,
            audience=read_audience(data["audience"]),
            why=data["why"],
            day=day,
            is_today=is_today,
        )
