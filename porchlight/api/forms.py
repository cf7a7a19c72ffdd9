"""What the office writes to let another system in."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from porchlight.api.models.webhooks import OFFERED
from porchlight.api.words import SCOPE_WORDS, URL_WORDS
from porchlight.design.forms import Hinted
from porchlight.schools.actors import Scope
from porchlight.toolbox.reach import NotPublic, check_url

LENGTHS = [("30", _("30 days")), ("90", _("90 days")), ("365", _("A year"))]
RATES = [
    ("60", _("60 times in a minute")),
    ("120", _("120 times in a minute")),
    ("600", _("600 times in a minute")),
]


class TokenForm(forms.Form):
    """A token for one other system: what it may, for how long."""

    label = forms.CharField(
        label=_("Which system is it for?"),
        max_length=100,
        help_text=_("So that you know it again: “Library”, “Lunch cards”."),
        error_messages={"required": _("Write which system it is for.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it see and do?"),
        choices=[(scope.value, Hinted(*SCOPE_WORDS[scope])) for scope in Scope],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As little as it needs. What safeguarding writes is never handed out."),
        error_messages={"required": _("Choose at least one thing it may see or do.")},
    )
    length = forms.ChoiceField(
        label=_("For how long?"), choices=LENGTHS, initial="90", widget=forms.RadioSelect
    )
    per_minute = forms.ChoiceField(
        label=_("How often may it ask?"), choices=RATES, initial="120", widget=forms.RadioSelect
    )

    def chosen(self) -> list[Scope]:
        """What it may."""
        return [Scope(one) for one in self.cleaned_data["scopes"]]

    def expires_at(self, now: datetime) -> datetime:
        """When it is over."""
        return now + timedelta(days=int(self.cleaned_data["length"]))


class WebhookForm(forms.Form):
    """An address of another system, and what it is told of."""

    url = forms.CharField(
        label=_("Where is it told?"),
        max_length=500,
        help_text=_("The address that whoever looks after the system gave you. It begins with https://"),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "inputmode": "url"}),
        error_messages={"required": _("Write the address that the system gave you.")},
    )
    kinds = forms.MultipleChoiceField(
        label=_("What is it told of?"),
        choices=[(kind.value, kind.label) for kind in OFFERED],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only that it happened, never what was said."),
        error_messages={"required": _("Choose at least one thing.")},
    )

    def clean_url(self) -> str:
        """One that we may send to."""
        url: str = self.cleaned_data["url"].strip()
        try:
            check_url(url)
        except NotPublic as wrong:
            raise forms.ValidationError(str(URL_WORDS[str(wrong)])) from None
        return url
