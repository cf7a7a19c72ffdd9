"""What a student fills in: one thing to show, one to ask; and the lines of a paper slip."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from porchlight.meetings.led.words import NotALink, link_from

LINES = 3


class ShowForm(forms.Form):
    """Words, a link, a photo: at least one of them."""

    words = forms.CharField(
        label=_("What do you want to show?"),
        max_length=300,
        required=False,
        help_text=_("A drawing, a page of your book, something you are proud of."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    link = forms.CharField(
        label=_("A link, if it is on the web"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "autocomplete": "off"}),
    )
    photo = forms.FileField(
        label=_("A photo of it"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("Of your work, not of other children."),
    )

    def clean_link(self) -> str:
        """An address on the web, and nothing that runs."""
        written = self.cleaned_data["link"]
        try:
            return link_from(written) if written else ""
        except NotALink:
            raise forms.ValidationError(
                _("Write the whole address of a page on the web, beginning with https://")
            ) from None

    def clean(self) -> dict[str, Any]:
        """Something, in one way or another."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(data.get(name) for name in ("words", "link", "photo")):
            self.add_error("words", _("Write some words, a link, or choose a photo."))
        return data


class AskForm(forms.Form):
    """One question."""

    text = forms.CharField(
        label=_("What do you want to ask, or talk about?"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class CodeForm(forms.Form):
    """What stands on the board."""

    code = forms.CharField(
        label=_("The code from your teacher"),
        max_length=20,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric", "autocomplete": "off"}),
    )


class SlipForm(forms.Form):
    """A paper slip, typed in by a colleague: the student's own words, as they stand there."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for number in range(1, LINES + 1):
            self.fields[f"show{number}"] = _line(_("I want to show"), number)
        for number in range(1, LINES + 1):
            self.fields[f"ask{number}"] = _line(_("I want to ask"), number)

    def clean(self) -> dict[str, Any]:
        """One line at least."""
        data: dict[str, Any] = super().clean() or {}
        if not any(data.values()):
            self.add_error("show1", _("Write what stands on the slip."))
        return data

    def lines(self, which: str) -> list[str]:
        """Those that were filled in."""
        found = (self.cleaned_data.get(f"{which}{number}", "") for number in range(1, LINES + 1))
        return [one for one in found if one]


def _line(label: Any, number: int) -> forms.CharField:
    return forms.CharField(
        label=f"{label} {number}",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
