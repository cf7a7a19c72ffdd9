"""What a family fills in on a page: an answer of the ask's shape, or words of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from porchlight.families.models import Channel
from porchlight.toolbox.scripts import autonym

LONGEST = 4000


class ReplyForm(forms.Form):
    """Words for the thread."""

    text = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write a few words first. Nothing was sent.")},
    )


ENCLOSED = forms.FileInput(attrs={"accept": "image/*,application/pdf,video/*"})


ENCLOSED_HELP = _(
    "Where and when it was taken is left out. On a slow phone network a photo takes a family about 40 seconds, a film "
    "some minutes."
)


class StaffReplyForm(ReplyForm):
    """Words for one home, and what goes along."""

    photo = forms.FileField(
        label=_("A photo, a short film, or a letter as PDF"),
        required=False,
        widget=ENCLOSED,
        help_text=ENCLOSED_HELP,
        error_messages={"empty": _("This file is empty. Choose it once more.")},
    )


class SorryForm(forms.Form):
    """The apology to those a mistake reached."""

    text = forms.CharField(
        label=_("What those who have it are told"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Left as it is, each home gets it in its own language. Changed, it goes out as you write it."
        ),
        error_messages={"required": _("Write a few words first. Nothing was sent.")},
    )


SPOKEN = forms.FileInput(attrs={"accept": "audio/*", "capture": True})


class HeardForm(forms.Form):
    """What a listener heard, and their answer if they speak it at once."""

    text = forms.CharField(
        label=_("What do they say?"),
        help_text=_("Two lines are enough, in the language of the school."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write in a line or two what you heard. Nothing is kept yet.")},
    )
    spoken = forms.FileField(
        label=_("Answer aloud"),
        help_text=_("Your telephone’s own recorder opens. On a computer, choose a recording."),
        required=False,
        widget=SPOKEN,
        error_messages={"empty": _("This recording is empty. Record it once more.")},
    )


class SpokenForm(forms.Form):
    """A recording for one home."""

    spoken = forms.FileField(
        label=_("Answer aloud"),
        help_text=_("Your telephone’s own recorder opens. On a computer, choose a recording."),
        widget=SPOKEN,
        error_messages={
            "required": _("Record your answer first. Nothing was sent."),
            "empty": _("This recording is empty. Record it once more."),
        },
    )


class RecordedForm(forms.Form):
    """Words said by somebody who speaks the language."""

    spoken = forms.FileField(
        label=_("Your recording"),
        help_text=_("Your telephone’s own recorder opens. On a computer, choose a recording."),
        widget=SPOKEN,
        error_messages={
            "required": _("Record the words first. Nothing was kept."),
            "empty": _("This recording is empty. Record it once more."),
        },
    )


class LanguagesForm(forms.Form):
    """Which languages a colleague understands by ear, and which they read well."""

    languages = forms.MultipleChoiceField(
        label=_("Understands by ear"), required=False, widget=forms.CheckboxSelectMultiple
    )
    checks = forms.MultipleChoiceField(
        label=_("Reads well enough to check translations"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Mapping[str, Any] | None, *, tags: Iterable[str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        choices = [(tag, autonym(tag)) for tag in tags]
        for name in ("languages", "checks"):
            choice = self.fields[name]
            assert isinstance(choice, forms.MultipleChoiceField)  # noqa: S101 - as declared above
            choice.choices = choices


class CheckForm(forms.Form):
    """A translation as it stands, to be left or put right."""

    text = forms.CharField(
        label=_("Translation"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={"required": _("Write the translation first.")},
    )


class UncheckedForm(forms.Form):
    """Why words that matter may leave before anybody has read their translation."""

    reason = forms.CharField(
        max_length=300, error_messages={"required": _("Write in a few words why it cannot wait.")}
    )


class NewAddressForm(forms.Form):
    """The number or mailbox that a family gave in place of one that fails."""

    value = forms.CharField(
        label=_("Their number"),
        max_length=254,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "inputmode": "tel"}),
        error_messages={"required": _("Write the number or mailbox they gave you.")},
    )

    def __init__(self, data: Mapping[str, Any] | None, *, channel: str) -> None:
        super().__init__(data)
        value = self.fields["value"]
        if channel == Channel.EMAIL:
            value.label = _("Their mailbox")
            value.widget.attrs["inputmode"] = "email"
        elif channel == Channel.PAPER:
            value.label = _("Where they live, with commas between the lines")
            value.widget.attrs.update(inputmode="text", dir="auto")


class NumberChangedForm(forms.Form):
    """A family says that its number has changed. It is a wish, and changes nothing by itself."""

    words = forms.CharField(
        label=_("What has changed?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": _("Write a few words first. Nothing was sent.")},
    )
