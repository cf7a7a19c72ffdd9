"""What a teacher writes: the week's words, tonight's question, three texts of a class, and the day of the update."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from porchlight.schools.forms import TIME, WEEK
from porchlight.updates.models import About

LONGEST = 1500
LONGEST_QUESTION = 300
OWN = ""  # the choice of one's own question


class PlainText(forms.CharField):
    """Lines as they were written, whatever the browser ends them with."""

    widget = forms.Textarea

    def to_python(self, value: object) -> str:
        """With plain ends of lines."""
        return str(super().to_python(value) or "").replace("\r\n", "\n").strip()


class TextForm(forms.Form):
    """The words of an update or a newsletter."""

    text = PlainText(
        label=_("The words"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 9, "dir": "auto"}),
        help_text=_("Left as they are, each home gets them in its own language."),
        error_messages={"required": _("Write your message first.")},
    )


class WeekForm(TextForm):
    """An update with its question."""

    shipped = forms.ChoiceField(label=_("Tonight’s question"), required=False)
    own = forms.CharField(
        label=_("Or a question of your own"),
        max_length=LONGEST_QUESTION,
        required=False,
        help_text=_("One sentence to talk about with the child. {child} becomes the child's name."),
    )

    def __init__(self, *args: Any, questions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shipped"].choices = [(OWN, "–"), *questions]  # type: ignore[attr-defined]  # django-stubs sees a plain Field here


HELP = {
    About.LEARNS: _("In plain words, as you would say it at the gate."),
    About.WORKS: _("When school begins, what to bring, how absence is told."),
    About.WHOM: _("Who helps with what, and when they can be reached."),
}


class FactsForm(forms.Form):
    """The three texts in one language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for about in About:
            self.fields[about.value] = PlainText(
                label=about.label,
                max_length=700,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
                help_text=HELP[about],
            )


class DayForm(forms.Form):
    """When an update is ready, and whether it may go by itself."""

    weekday = forms.TypedChoiceField(label=_("Ready on"), coerce=int, choices=WEEK)
    hour = forms.TimeField(label=_("At"), widget=TIME)
    alone = forms.BooleanField(
        label=_("Send it two hours later by itself, if nobody looked"),
        required=False,
        help_text=_(
            "It only says again what homes were told before. A week of which nothing is known sends nothing."
        ),
    )
