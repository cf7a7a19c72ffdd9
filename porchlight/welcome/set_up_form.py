"""What the first person says of the school and of themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.text import slugify
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from porchlight.accounts.models import User
from porchlight.toolbox.keys import random_key
from porchlight.toolbox.language_names import LANGUAGES
from porchlight.toolbox.places import countries, zones, zones_of
from porchlight.toolbox.scripts import autonym


class SetUpForm(forms.Form):
    """Few questions: everything else has its page later."""

    school_name = forms.CharField(
        label=_("The school’s name"), help_text=_("As families read it."), max_length=200
    )
    country = forms.ChoiceField(
        label=_("Country"), help_text=_("Phone numbers are read as they are written there.")
    )
    timezone = forms.ChoiceField(
        label=_("Clock"), help_text=_("Only where the country has several."), required=False
    )
    language = forms.ChoiceField(
        label=_("The school writes in"), choices=[(tag, autonym(tag)) for tag in LANGUAGES]
    )
    name = forms.CharField(
        label=_("Your name"), help_text=_("As families should read it: Ms Amal."), max_length=200
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You sign in with it. Families never see it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("A password"),
        help_text=_("At least 12 letters. Three or four words that only you put together are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
    )

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        country, zone = self.fields["country"], self.fields["timezone"]
        assert isinstance(country, forms.ChoiceField)  # noqa: S101 - as declared above
        assert isinstance(zone, forms.ChoiceField)  # noqa: S101 - as declared above
        country.choices = [("", "–"), *countries(get_language() or "en")]
        zone.choices = [
            ("", gettext("As the country has it")),
            *((name, name.replace("_", " ")) for name in zones()),
        ]

    def clean(self) -> dict[str, Any]:
        """One clock, and a password that is good enough."""
        said: dict[str, Any] = super().clean() or {}
        zones = zones_of(said.get("country", ""))
        if not said.get("timezone"):
            said["timezone"] = zones[0] if len(zones) == 1 else ""
            if said.get("country") and not said["timezone"]:
                self.add_error("timezone", gettext("This country has several clocks. Choose yours."))
        if "password" in said:
            try:
                validate_password(
                    said["password"], User(name=said.get("name", ""), email=said.get("email", ""))
                )
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return said

    def said(self) -> dict[str, Any]:
        """As `setting_up.set_up` takes it."""
        told = self.cleaned_data
        slug = slugify(told["school_name"])[:50].strip("-") or f"school-{random_key(4)}"
        school = {
            "slug": slug,
            "name": told["school_name"],
            "country": told["country"],
            "timezone": told["timezone"],
            "language": told["language"],
        }
        return {"school": school, **{name: told[name] for name in ("name", "email", "password")}}

    def take(self, problem: forms.ValidationError) -> None:
        """What the school itself refuses, beside the name it was made of."""
        for words in problem.messages:
            self.add_error("school_name", words)
