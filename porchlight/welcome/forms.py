"""What a family types to come in, and a colleague to join."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.accounts.models import User
from porchlight.schools.actors import ROLE_WORDS, Role
from porchlight.schools.models import School
from porchlight.toolbox.phone_numbers import NotANumber
from porchlight.welcome.sign_in import written_as


class AskForCode(forms.Form):
    """A number or mailbox the school already uses with them."""

    written = forms.CharField(
        label=_("Your phone number or e-mail address"),
        help_text=_("The one we already write to."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "dir": "ltr"}),
        error_messages={"required": _("Write your phone number or e-mail address first.")},
    )

    def __init__(self, data: Any, *, school: School) -> None:
        super().__init__(data)
        self.school = school

    def clean_written(self) -> str:
        """As the school keeps it."""
        try:
            return written_as(self.school, self.cleaned_data["written"])
        except NotANumber:
            raise forms.ValidationError(
                gettext("This is neither a phone number nor an e-mail address. Look at it once more.")
            ) from None


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
        """Digits alone, in the digits we sent: an Urdu keyboard writes its own."""
        return "".join(str(int(sign)) for sign in self.cleaned_data["code"] if sign.isdigit())


class JoinForm(forms.Form):
    """What a new colleague chooses."""

    email = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("A password"),
        help_text=_("At least 12 letters. Three or four words that only you put together are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: Any, *, name: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.name = name

    def clean(self) -> dict[str, Any]:
        """The password long enough, not one that others have lost, and not one's own name."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "password" in cleaned:
            try:
                validate_password(cleaned["password"], User(name=self.name, email=cleaned.get("email", "")))
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return cleaned


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
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )

    def __init__(self, data: Any, *, roles: tuple[Role, ...]) -> None:
        super().__init__(data)
        choice = self.fields["roles"]
        assert isinstance(choice, forms.MultipleChoiceField)  # noqa: S101 - as declared above
        choice.choices = [(role.value, words) for role, words in ROLE_WORDS.items() if role in roles]

    def clean_roles(self) -> tuple[Role, ...]:
        """As roles."""
        return tuple(Role(role) for role in self.cleaned_data["roles"])
