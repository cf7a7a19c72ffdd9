"""The question in words that tell nobody who asked, the answer, and for which classes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.conversations.for_all import look_for_names
from porchlight.conversations.identifying import Found
from porchlight.conversations.models import Message
from porchlight.schools.models import SchoolClass

LONGEST = 700


class ForAllForm(forms.Form):
    """What names the asker has to go; everything else pointed out is taken out, or ticked by somebody."""

    told = forms.CharField(
        label=_("The question, as the class reads it"),
        max_length=LONGEST,
        help_text=_("In your own words is best. It stands there as “A family asked”."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Write the question first.")},
    )
    answer = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Write your answer first.")},
    )
    classes = forms.MultipleChoiceField(
        label=_("For which class?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who it is for.")},
    )

    def __init__(self, data: Any, *, question: Message, classes: Sequence[SchoolClass]) -> None:
        keys = [row.key for row in classes]
        super().__init__(data, initial={"told": question.text, "classes": keys})
        self.question, self.rows = question, classes
        self.found: list[tuple[str, Found]] = []  # with the name of the tick that says "it tells nobody"
        self.fields["classes"].choices = [(row.key, row.name) for row in classes]  # type: ignore[attr-defined]  # django-stubs sees a plain Field here

    def clean(self) -> dict[str, Any]:
        """Point out what might tell who asked."""
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        found = look_for_names(self.question, told=data["told"], answer=data["answer"])
        self.found = [(_tick(one), one) for one in found]
        must_go = ", ".join(dict.fromkeys(one.words for one in found if one.must_go))
        if must_go:
            self.add_error(
                None, gettext("Take out what names the family that asked: %(words)s") % {"words": must_go}
            )
        elif any(not one.must_go and tick not in self.data for tick, one in self.found):
            self.add_error(
                None,
                gettext("Look at what is pointed out below. Take it out, or tick that it tells nobody."),
            )
        return data

    @property
    def to_confirm(self) -> list[tuple[str, Found, bool]]:
        """What somebody may say tells nobody: the tick's name, what it is about, and whether it is ticked."""
        return [(tick, one, tick in self.data) for tick, one in self.found if not one.must_go]

    @property
    def chosen(self) -> list[SchoolClass]:
        """The classes it goes to."""
        return [row for row in self.rows if row.key in self.cleaned_data["classes"]]


def _tick(one: Found) -> str:
    """The same words pointed out for the same reason keep their tick when others change."""
    return f"ok-{hashlib.sha256(f'{one.sort}:{one.words}'.encode()).hexdigest()[:12]}"
