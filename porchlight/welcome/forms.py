"""What a family types to come in."""

from __future__ import annotations

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from porchlight.schools.actors import ROLE_WORDS


class AskForCode(forms.Form):
    """A number or mailbox the school already uses with them."""

    written = forms.CharField(
        label=_("Your phone number or e-mail address"),
        help_text=_("The one we already write to."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "dir": "ltr"}),
        error_messages={"required": _("Write your phone number or e-mail address first.")},
    )


class EnterCode(forms.Form):
    """The six digits, and whether this phone is theirs alone."""

    code = forms.RegexField(
        r"^\s*\d{3}\s?\d{3}\s*$",
        label=_("The six digits we sent you"),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr", "maxlength": "8"}
        ),
        error_messages={
            "required": _("Write the six digits from the message."),
            "invalid": _("The code has six digits. Look at the message again and write them here."),
        },
    )
    mine = forms.BooleanField(label=_("This is my own phone. Keep me signed in for 30 days."), required=False)

    def clean_code(self) -> str:
        """Digits alone."""
        return "".join(self.cleaned_data["code"].split())


class JoinForm(forms.Form):
    """What a new colleague chooses."""

    email = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("A password"),
        help_text=_("At least 12 letters. Three or four words that only you put together are good."),
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """Long enough, and not one that others have lost."""
        validate_password(self.cleaned_data["password"])
        return str(self.cleaned_data["password"])


class ColleagueForm(forms.Form):
    """Someone new at school."""

    name = forms.CharField(
        label=_("Name"), help_text=_("As families should read it: Ms Amal."), max_length=200
    )
    email = forms.EmailField(
        label=_("E-mail address"), required=False, help_text=_("Empty: print the card and hand it over.")
    )
    roles = forms.MultipleChoiceField(
        label=_("What they do"),
        choices=list(ROLE_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
