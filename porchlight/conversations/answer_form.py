"""One ask, as a form on a page: the family's own, or a colleague's who types what they say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any, BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.accounts.limits import Rate, take
from porchlight.conversations.asking import options_for
from porchlight.conversations.models import Ask, Shape
from porchlight.conversations.models.asks import SPOKEN, WITHDRAWN
from porchlight.conversations.reading import Given, from_field
from porchlight.families.models import Guardian
from porchlight.files.models import StoredFile
from porchlight.files.scanning import ScannerAway
from porchlight.files.speaking import NotASound, TooLong, keep_spoken
from porchlight.schools.models import School
from porchlight.toolbox.keys import random_key

CHOOSE = {"required": _("Choose one answer first. Nothing was sent.")}
WORDS = {"required": _("Write a few words first. Nothing was sent.")}
WHY_NOT: dict[type[Exception], Promise] = {
    NotASound: _("We cannot play this recording. Record it anew, or write it. Nothing was sent."),
    TooLong: _("This recording is too long: 20 minutes or 16 MB at most. Nothing was sent."),
    ScannerAway: _(
        "We cannot take recordings just now. Try again in a minute, or write it. Nothing was sent."
    ),
}
TOO_OFTEN = _("These are many recordings at once. Wait ten minutes, or write it. Nothing was sent.")
AS_OFTEN = Rate(6, per=timedelta(minutes=10))  # each is packed anew while others wait


class AnswerForm(forms.Form):
    """Tiles to choose from, a number, a line of text, a recording, or the name that signs.

    `by_colleague`: it is typed for somebody, who cannot hand over a recording. `is_signed`: it can be taken back.
    """

    def __init__(
        self,
        ask: Ask,
        language: str,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        zone: tzinfo | None = None,
        hijri: int | None = None,
        by_colleague: bool = False,
        is_signed: bool = False,
    ) -> None:
        super().__init__(data, files, prefix=f"ask-{ask.key}")
        self.ask, self.is_signed = ask, is_signed
        self.speaks = ask.shape == Shape.VOICE_NOTE and not by_colleague
        self.sound: StoredFile | None = None
        choices = [(option.key, option.label) for option in options_for(ask, language, zone, hijri)]
        self.fields["answer"] = self._field(choices)
        if self.speaks:
            self.fields["sound"] = forms.FileField(
                label=_("Your voice note"),
                required=False,
                widget=forms.FileInput(attrs={"accept": "audio/*", "capture": "user"}),
                help_text=_("Record it with your phone, or choose a recording. Or write below."),
            )
            self.order_fields(["sound", "answer"])

    def _field(self, choices: list[tuple[str, str]]) -> forms.Field:
        label = _("Your answer")
        match self.ask.shape:
            case Shape.CHOOSE_SEVERAL:
                several = forms.CheckboxSelectMultiple
                return forms.MultipleChoiceField(
                    label=label, choices=choices, widget=several, error_messages=CHOOSE
                )
            case Shape.NUMBER:
                number = {
                    "required": _("Write a number first. Nothing was sent."),
                    "invalid": _("Write a number, such as 2."),
                }
                return forms.DecimalField(label=label, max_digits=12, decimal_places=2, error_messages=number)
            case Shape.SHORT_TEXT:
                return forms.CharField(label=label, max_length=300, error_messages=WORDS)
            case Shape.VOICE_NOTE:
                return forms.CharField(
                    label=_("Or in writing") if self.speaks else label,
                    max_length=300,
                    required=not self.speaks,
                    error_messages=WORDS,
                )
            case Shape.SIGN:
                return self._name()
        return forms.ChoiceField(
            label=label, choices=choices, widget=forms.RadioSelect, error_messages=CHOOSE
        )

    def _name(self) -> forms.Field:
        return forms.CharField(
            label=_("Full name of who signs"),
            max_length=120,
            required="withdraw" not in self.data,
            help_text=_("The words above are kept with the name, as they are. It can be taken back later."),
            error_messages={"required": _("Write the name first. Nothing was signed.")},
        )

    def clean_answer(self) -> Any:
        """A name has letters in it."""
        value = self.cleaned_data["answer"]
        if self.ask.shape == Shape.SIGN and value and from_field(self.ask, value) is None:
            raise forms.ValidationError(_("Write the name in letters. Nothing was signed."))
        return value

    def clean(self) -> dict[str, Any]:
        """Of a recording and words one is enough."""
        data = super().clean() or self.cleaned_data
        if self.speaks and not self.errors and not (data.get("sound") or data.get("answer")):
            self.add_error("answer", _("Record it or write a few words first. Nothing was sent."))
        return data

    def keep(self, school: School, *, of: Guardian, now: datetime) -> bool:
        """Keep the recording that came along. False where it cannot be: the form says why."""
        chosen: UploadedFile | None = self.cleaned_data.get("sound")
        if chosen is None or chosen.file is None:
            return True
        if not take(f"spoken answers:{of.pk}", AS_OFTEN, now=now):
            self.add_error("sound", str(TOO_OFTEN))
            return False
        try:
            self.sound = keep_spoken(
                school=school,
                source=f"answer:{random_key()}",
                content=cast("BinaryIO", chosen.file),
                size=chosen.size or 0,
            )
        except (NotASound, TooLong, ScannerAway) as refused:
            self.add_error("sound", str(WHY_NOT[type(refused)]))
        return self.sound is not None

    def given(self) -> Given:
        """The cleaned answer in the shape every channel uses."""
        value = self.cleaned_data["answer"]
        if self.ask.shape == Shape.SIGN:
            signed = from_field(self.ask, value) if value and "withdraw" not in self.data else None
            return signed or Given((WITHDRAWN,), text=gettext("Taken back on the page"))
        if isinstance(value, Decimal):
            return Given(number=value, text=str(value))
        if self.sound is not None:
            return Given((SPOKEN,), text=value)
        if self.ask.shape in (Shape.SHORT_TEXT, Shape.VOICE_NOTE):
            return Given(text=value)
        keys = value if isinstance(value, list) else [value]
        if self.ask.shape == Shape.YES_NO:
            keys = ["yes" if key == "1" else "no" for key in keys]
        if self.ask.shape == Shape.ACKNOWLEDGE:
            keys = ["seen"]
        return Given(tuple(keys), text=gettext("Answered on the page"))
