"""What a colleague writes when somebody's number changes: the new one, in whose place, and how they know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.design.templatetags.parts import channel
from porchlight.families.models import Channel, ContactPoint, HowConfirmed

NOT_YET = ""
BESIDES = ""
WRITTEN = (Channel.SMS, Channel.WHATSAPP, Channel.EMAIL, Channel.PAPER)


class HowWeKnow(forms.Form):
    """How a colleague knows that it is they who want it."""

    how = forms.ChoiceField(
        label=_("How do you know that it is they who want this?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you know. A message or a link alone is not enough.")},
    )
    called = forms.ChoiceField(
        label=_("The number you rang"),
        required=False,
        help_text=_("Only if you rang: a number we have known for three days or more."),
    )
    words = forms.CharField(
        label=_("Who knows them, or what you were shown"),
        max_length=300,
        required=False,
        help_text=_("Such as: I have taught his sister for two years. No number of any document."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, known: Sequence[ContactPoint], may_wait: bool, **kwargs: Any
    ) -> None:
        """`known`: what could have been rung; `may_wait`: a colleague may confirm it later."""
        super().__init__(data, **kwargs)
        self.known = {point.key: point for point in known}
        hows: list[tuple[str, str | Promise]] = [(how.value, how.label) for how in HowConfirmed]
        if not known:
            hows = [one for one in hows if one[0] != HowConfirmed.CALLED_BACK]
            del self.fields["called"]
        else:
            rung = [(key, _left_to_right(point)) for key, point in self.known.items()]
            _choices(self, "called", [("", "–"), *rung])
        if may_wait:
            self.fields["how"].required = False
            hows.append(
                (NOT_YET, _("Nobody knows yet. Write it down; it changes nothing until somebody does"))
            )
        _choices(self, "how", hows)

    def clean(self) -> dict[str, Any]:
        """Whoever confirms says by what; whoever rang, which number."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("how") and not told.get("words", "").strip():
            self.add_error("words", gettext("Write in a few words who knows them, or what you were shown."))
        if told.get("how") == HowConfirmed.CALLED_BACK and not told.get("called"):
            self.add_error("called", gettext("Choose the number you rang."))
        return told

    def rung(self) -> ContactPoint | None:
        """The way that was rung."""
        return self.known.get(self.cleaned_data.get("called", ""))


class NewWayForm(HowWeKnow):
    """A new number or mailbox for one adult."""

    old = forms.ChoiceField(label=_("In the place of"), required=False, widget=forms.RadioSelect)
    channel = forms.ChoiceField(label=_("What it is"))
    value = forms.CharField(
        label=_("The new number or mailbox"),
        max_length=254,
        help_text=_("For letters: where they live, with commas between the lines of the address."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Write the number or mailbox they gave you.")},
    )
    unsafe = forms.BooleanField(
        label=_("The old one is not safe: somebody else may read there"),
        required=False,
        help_text=_("Then nothing more goes there, and nothing is said there of this change."),
    )
    field_order = ("old", "channel", "value", "how", "called", "words", "unsafe")

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        points: Sequence[ContactPoint],
        known: Sequence[ContactPoint],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, known=known, may_wait=True, **kwargs)
        self.points = {point.key: point for point in points}
        ways = [
            (
                key,
                f"{_left_to_right(point)} · {channel(point.address.channel)}",
            )
            for key, point in self.points.items()
        ]
        _choices(self, "old", [*ways, (BESIDES, gettext("None: one more way"))])
        _choices(self, "channel", [(one.value, channel(one.value)) for one in WRITTEN])

    def replaced(self) -> ContactPoint | None:
        """The way whose place it takes."""
        return self.points.get(self.cleaned_data.get("old", ""))


class WhyForm(forms.Form):
    """One line."""

    why = forms.CharField(
        label=_("Why?"), max_length=300, error_messages={"required": _("Write why, in a few words.")}
    )


def _left_to_right(point: ContactPoint) -> str:
    """In a list of choices no markup holds a number together; these signs do (U+2066, U+2069)."""
    return f"\u2066{point.address.known_as}\u2069"


def _choices(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
    field.choices = choices
