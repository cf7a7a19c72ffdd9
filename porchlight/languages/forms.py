"""Forms of the languages pages; an engine's is made from what its adapter asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.languages.engines.contract import SettingField
from porchlight.toolbox.outgoing import is_safe
from porchlight.toolbox.scripts import autonym


class AsksFor(Protocol):
    """Whatever is given an account: it says which fields it wants."""

    @property
    def fields(self) -> Iterable[SettingField]: ...


class KeptBefore(Protocol):
    """An account that is there already."""

    settings: Any

    @property
    def secrets_that_open(self) -> Mapping[str, str]: ...


class EngineForm(forms.Form):
    """An engine's own fields. A secret goes in and never comes out."""

    def __init__(
        self,
        data: Any,
        *,
        engine: AsksFor,
        account: KeptBefore | None = None,
    ) -> None:
        known = dict(account.settings) if account is not None else {}
        super().__init__(data, initial={one.name: known.get(one.name, one.default) for one in engine.fields})
        self.engine, self.account = engine, account
        kept = set(account.secrets_that_open) if account is not None else set()
        for field in engine.fields:
            self.fields[field.name] = _field(field, is_kept=field.name in kept)

    def clean(self) -> dict[str, Any]:
        """A secret kept for one address does not go to another: whoever may change settings is not told it."""
        for field in self.engine.fields:
            if not field.leads:
                continue
            written = self.cleaned_data.get(field.name, "")
            if written and not is_safe(written):
                self.add_error(field.name, _("Write the whole address, beginning with https://"))
            if self.account is not None and written != self.account.settings.get(field.name, ""):
                self._ask_for_secrets()
        return self.cleaned_data

    def _ask_for_secrets(self) -> None:
        kept = self.account.secrets_that_open if self.account is not None else {}
        for field in self.engine.fields:
            if field.secret and field.name in kept and not self.cleaned_data.get(field.name):
                self.add_error(
                    field.name,
                    _("The address has changed. Write this once more: it was kept for the old one."),
                )

    def settings(self) -> dict[str, str]:
        """The plain values."""
        return {one.name: self.cleaned_data[one.name] for one in self.engine.fields if not one.secret}

    def secrets(self) -> dict[str, str]:
        """The secrets that were written now; those left empty stay as they are."""
        written = {one.name: self.cleaned_data[one.name] for one in self.engine.fields if one.secret}
        return {name: value for name, value in written.items() if value}

    def written(self) -> dict[str, Any]:
        """All of it, as an account is opened or changed with."""
        return {"settings": self.settings(), "secrets": self.secrets()}


def _field(field: SettingField, *, is_kept: bool) -> forms.CharField:
    words = [gettext(field.help)]
    look = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}
    if is_kept:
        words.append(gettext("It is kept and never shown. Leave this empty to go on with it."))
    return forms.CharField(
        label=gettext(field.label),
        help_text=" ".join(words),
        required=field.required and not is_kept,
        max_length=field.longest,
        widget=forms.PasswordInput(attrs=look) if field.secret else forms.TextInput(attrs=look),
    )


class TermForm(forms.Form):
    """One word of the glossary."""

    words = forms.CharField(
        label=_("Word"), max_length=80, help_text=_("As you write it: homework, parents’ evening, Eid Mela.")
    )
    target = forms.ChoiceField(label=_("In which language"), required=False)
    translation = forms.CharField(
        label=_("How it is said there"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Empty: it stays as it is in every language, as a name does."),
    )

    def __init__(self, data: Any, *, tags: Iterable[str]) -> None:
        super().__init__(data)
        choices = [("", _("Every language"))] + [(tag, autonym(tag)) for tag in tags]
        self.fields["target"].choices = choices  # type: ignore[attr-defined]  # django-stubs sees a plain Field here

    def clean(self) -> dict[str, Any]:
        """A translation is in some language; without one the word stays as it is, everywhere."""
        data = self.cleaned_data
        if data.get("translation") and not data.get("target"):
            self.add_error("target", _("Choose the language this is said in."))
        return data
