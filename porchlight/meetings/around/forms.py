"""What is written around a meeting: a question, an answer, the minutes, a step, a correction, a calendar address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from porchlight.meetings.around.questions import SHIPPED, TO_SCHOOL
from porchlight.meetings.models import Doer, Side
from porchlight.schools.models import StaffMember

OWN = ""  # the choice of one's own words
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class WordsForm(forms.Form):
    """Some words of a person."""

    text = forms.CharField(
        label=_("Your words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Write a few words first.")},
    )


class QuestionForm(forms.Form):
    """One of ours, or one's own."""

    shipped = forms.ChoiceField(label=_("A question"), required=False)
    text = forms.CharField(
        label=_("Or in your own words"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, to: Side, words: Sequence[str], **kwargs: Any) -> None:
        """`words`: our questions to this side, as the reader reads them, in their order."""
        super().__init__(*args, **kwargs)
        ours = list(zip(SHIPPED.get(to, TO_SCHOOL), words, strict=True))
        self.fields["shipped"].choices = [(OWN, "–"), *ours]  # type: ignore[attr-defined]  # django-stubs sees a plain Field here

    def clean(self) -> dict[str, Any]:
        """Own words stand above a choice."""
        said = super().clean() or {}
        if said.get("text"):
            said["shipped"] = OWN
        if not said.get("text") and not said.get("shipped"):
            self.add_error("text", _("Choose a question or write one."))
        return said


class MinutesForm(forms.Form):
    """What was said."""

    text = forms.CharField(
        label=_("What was said"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_(
            "The family reads the same words. Write what was seen and said, not what you think of it."
        ),
    )


class StepForm(forms.Form):
    """Who does what by when."""

    doer = forms.ChoiceField(label=_("Who"))
    text = forms.CharField(
        label=_("Does what"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    due_on = forms.DateField(label=_("By when"), widget=DATE)

    def __init__(
        self, *args: Any, hosts: Sequence[StaffMember], with_student: bool, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.hosts, self.today = {f"{Doer.SCHOOL}:{one.key}": one for one in hosts}, today
        family = [(Doer.FAMILY.value, Doer.FAMILY.label)]
        student = [(Doer.STUDENT.value, Doer.STUDENT.label)] if with_student else []
        ours = [(key, one.name) for key, one in self.hosts.items()]
        self.fields["doer"].choices = [*ours, *family, *student]  # type: ignore[attr-defined]  # as above

    def clean_due_on(self) -> date:
        """Not before today."""
        due: date = self.cleaned_data["due_on"]
        if due < self.today:
            raise forms.ValidationError(_("This day has passed."))
        return due

    @property
    def staff(self) -> StaffMember | None:
        """The colleague who was chosen; nobody, where the family or the student does it."""
        return self.hosts.get(self.cleaned_data["doer"])

    @property
    def who(self) -> Doer:
        """Which side."""
        return Doer(self.cleaned_data["doer"].partition(":")[0])


class CalendarForm(forms.Form):
    """A new private address."""

    names = forms.BooleanField(
        label=_("With my children’s short names"),
        required=False,
        help_text=_("Without, it says “School meeting” and no more."),
    )
