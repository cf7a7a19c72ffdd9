"""What a leader or safeguarding writes down when an adult is to be kept from a child."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.families.models import Guardianship, RestrictionScope
from porchlight.schools.law.effects import KEPT_AWAY
from porchlight.schools.law.reading import Profile

SCOPES = [
    (RestrictionScope.CONTACT.value, _("No contact: nothing about the child is sent or shown to them")),
    (RestrictionScope.RECORDS.value, _("No records: everyday words as before, no copy of what is kept")),
    (RestrictionScope.COLLECT.value, _("They may not fetch the child")),
]


class RestrictionForm(forms.Form):
    """Whom, what it takes away, on which evidence, from when until when."""

    adult = forms.ChoiceField(
        label=_("Which adult?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the adult it is about.")},
    )
    scope = forms.ChoiceField(
        label=_("What is taken away?"),
        choices=SCOPES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is taken away.")},
    )
    evidence = forms.CharField(
        label=_("What were you shown, and where is it kept?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Sealed. Only safeguarding reads it, and each look is written down."),
        error_messages={
            "required": _("Write what you were shown. Without evidence both parents have equal rights.")
        },
    )
    since = forms.DateField(
        label=_("From. Empty: from now on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Until the end of. Empty: until it is lifted"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, ties: Sequence[Guardianship], law: Profile) -> None:
        super().__init__(data)
        why = self.fields["evidence"]
        why.help_text = f"{KEPT_AWAY[law.kept_away_by.value]} {why.help_text}"
        self.ties = {tie.key: tie for tie in ties}
        field = self.fields["adult"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = [
            (key, f"{tie.guardian} ({tie.get_relation_display()})") for key, tie in self.ties.items()
        ]

    def clean(self) -> dict[str, Any]:
        """An end after the beginning."""
        told: dict[str, Any] = super().clean() or {}
        since, until = told.get("since"), told.get("until")
        if since and until and until < since:
            self.add_error("until", gettext("This is before it begins. Choose a later day."))
        return told

    def tie(self) -> Guardianship:
        """Whom it is about."""
        return self.ties[self.cleaned_data["adult"]]
