"""What colleagues write in when they answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from porchlight.privacy.limits import CHOSEN, bounds_of, days_of
from porchlight.privacy.register_words import limit_words
from porchlight.schools.models import School
from porchlight.toolbox.kept import Limit

WHY = {"required": _("Write a reason. Somebody may ask for it later.")}


class ReasonForm(forms.Form):
    """One reason."""

    why = forms.CharField(
        label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), error_messages=WHY
    )


class DecisionForm(ReasonForm):
    """A look at one message: given or held back, and why."""

    given = forms.ChoiceField(
        label=_("Does it go into the copy?"),
        choices=[("no", _("No: hold it back")), ("yes", _("Yes: it can do no harm"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )


class LimitsForm(forms.Form):
    """Days of each limit that a school may choose."""

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now, every = days_of(school), bounds_of(school)
        for limit in CHOSEN:
            bounds = every[limit]
            self.fields[limit.value] = forms.IntegerField(
                label=str(limit_words(limit)),
                min_value=bounds.least,
                max_value=bounds.most,
                initial=now[limit],
                help_text=_("Days: at least %(least)s, at most %(most)s. We propose %(days)s.")
                % {"least": bounds.least, "most": bounds.most, "days": bounds.days},
            )

    def days(self) -> dict[Limit, int]:
        """Limit → days."""
        return {limit: self.cleaned_data[limit.value] for limit in CHOSEN}
