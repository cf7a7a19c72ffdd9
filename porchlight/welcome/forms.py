"""What a family types to come in, and a colleague to join."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.accounts.models import User
from porchlight.delivery.by_hand.slip_codes import A_CODE
from porchlight.families.models import Channel
from porchlight.schools.actors import ROLE_WORDS, Role
from porchlight.schools.models import School
from porchlight.toolbox.phone_numbers import NotANumber, e164
from porchlight.welcome.cards import code_in
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


class JoinWithIdentity(forms.Form):
    """What a new colleague writes who comes in with an account they have elsewhere."""

    email = JoinForm.base_fields["email"]


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


class PrintedCode(forms.Form):
    """What stands on a slip or a card: eight letters and digits, or twelve digits."""

    code = forms.CharField(
        label=_("The code on the slip or card"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "dir": "ltr", "maxlength": "20"}
        ),
        help_text=_("A slip has eight letters and digits, a card twelve digits."),
        error_messages={"required": _("Write the code that stands on the slip or card.")},
    )

    def clean_code(self) -> str:
        """A slip's, as it stands in the address; a card's, in digits."""
        written: str = self.cleaned_data["code"]
        card = code_in(written)
        found = A_CODE.fullmatch(written.lower())
        if not card and not found:
            raise forms.ValidationError(
                _("A slip has eight letters and digits, a card twelve digits. Look at it again.")
            )
        return card or "".join(found.groups() if found else ())

    @property
    def is_of_a_card(self) -> bool:
        """Twelve digits: they are sent from the phone they make known, not written on a page."""
        return bool(code_in(self.cleaned_data["code"]))


class StartHere(forms.Form):
    """The number a family wishes to be written to."""

    number = forms.CharField(
        label=_("Your own phone number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "dir": "ltr"}),
        error_messages={"required": _("Write your phone number first.")},
    )
    channel = forms.ChoiceField(
        label=_("How shall we write?"),
        choices=[(Channel.WHATSAPP, "WhatsApp"), (Channel.SMS, _("text message"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    words = forms.CharField(label=_("Something we should know?"), max_length=300, required=False)

    def __init__(self, data: Any, *, school: School) -> None:
        super().__init__(data)
        self.school = school

    def clean_number(self) -> str:
        """As the school keeps it."""
        try:
            return e164(self.cleaned_data["number"], self.school.country)
        except NotANumber:
            raise forms.ValidationError(
                gettext("This is not a phone number. Look at it once more.")
            ) from None
