"""The form of an account, made from what its gateway says it needs. A secret goes in and never comes out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.delivery.gateways.contract import Gateway
from porchlight.delivery.gateways.declared import SettingField
from porchlight.delivery.models import Account
from porchlight.families.models import Channel

LONGEST = 4000


class AccountForm(forms.Form):
    """Label, sender, order, and the gateway's own fields under the names it gave them."""

    label = forms.CharField(
        label=_("What you call it"), max_length=100, help_text=_("For colleagues: the office's own phone.")
    )
    sender = forms.CharField(
        label=_("What families see"),
        max_length=254,
        help_text=_(
            "The number with its country code, such as +44…, the mailbox, or the bot’s name, such as @maple_street_bot."
        ),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    rank = forms.IntegerField(
        label=_("Order"),
        min_value=1,
        max_value=9,
        initial=1,
        help_text=_("Of several on one channel, 1 is used first."),
    )

    def __init__(self, data: Any, *, gateway: Gateway, account: Account | None = None) -> None:
        known = dict(account.settings) if account is not None else {}
        start = {field.name: known.get(field.name, field.default) for field in gateway.fields}
        if account is not None:
            start |= {"label": account.label, "sender": account.sender, "rank": account.rank}
        super().__init__(data, initial=start)
        self.gateway, self.account = gateway, account
        kept = set(account.secrets_that_open) if account is not None else set()
        for field in gateway.fields:
            self.fields[field.name] = _secret(field, field.name in kept) if field.secret else _plain(field)

    def clean(self) -> dict[str, Any]:
        """Where something else is wrong, a secret that was written has to be written again: a page never shows one.

        And one that was kept for the old address does not go to a new one: whoever may change settings is not
        thereby told the secrets.
        """
        if self._leads_elsewhere():
            for name in self._kept_and_sent():
                self.add_error(
                    name, _("The address has changed. Write this once more: it was kept for the old one.")
                )
        if self.errors:
            for field in self.gateway.fields:
                if field.secret and self.cleaned_data.get(field.name):
                    self.add_error(
                        field.name, _("Write it once more: a secret is never shown again on a page.")
                    )
        return self.cleaned_data

    def _leads_elsewhere(self) -> bool:
        """Whether what is sent now would go somewhere else, or another way, than before."""
        if self.account is None:
            return False
        fields = [field for field in self.gateway.fields if field.leads]
        before = {field.name: self.account.settings.get(field.name, "") or field.default for field in fields}
        return any(
            (self.cleaned_data.get(field.name) or field.default) != before[field.name] for field in fields
        )

    def _kept_and_sent(self) -> list[str]:
        """Secrets that go out, are kept, and were not written now."""
        kept = self.account.secrets_that_open if self.account is not None else {}
        sent = [field.name for field in self.gateway.fields if field.sent]
        return [name for name in sent if name in kept and not self.cleaned_data.get(name)]

    def settings(self) -> dict[str, str]:
        """The plain values, beside what else the account keeps."""
        before = dict(self.account.settings) if self.account is not None else {}
        plain = {
            field.name: self.cleaned_data[field.name] for field in self.gateway.fields if not field.secret
        }
        return {**before, **plain}

    def secrets(self) -> dict[str, str]:
        """The secrets that were written now; those left empty stay as they are."""
        written = {field.name: self.cleaned_data[field.name] for field in self.gateway.fields if field.secret}
        return {name: value for name, value in written.items() if value}


def _plain(field: SettingField) -> forms.CharField:
    look = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}
    return forms.CharField(
        label=gettext(field.label),
        help_text=gettext(field.help),
        required=field.required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={**look, "rows": 4}) if field.is_list else forms.TextInput(attrs=look),
    )


def _secret(field: SettingField, is_kept: bool) -> forms.CharField:
    words = [gettext(field.help)]
    if is_kept:
        words.append(gettext("It is kept and never shown. Leave this empty to go on with it."))
    return forms.CharField(
        label=gettext(field.label),
        help_text=" ".join(words),
        required=field.required and not is_kept,
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )


class TestMessageForm(forms.Form):
    """Where the test goes: a colleague's own number or mailbox."""

    to = forms.CharField(
        label=_("Your own number or mailbox"),
        max_length=254,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        error_messages={"required": _("Write your own number or mailbox first.")},
    )

    def __init__(self, data: Any = None, *, account: Account) -> None:
        super().__init__(data)
        if account.channel == Channel.PUSH:
            self.fields["to"] = forms.CharField(
                widget=forms.HiddenInput(attrs={"data-subscription": ""}),
                error_messages={
                    "required": _("This screen could not be used. It needs a browser that can show notes.")
                },
            )
        if account.channel == Channel.TELEGRAM:
            self.fields["to"].label = _("Your own number at Telegram")
            self.fields["to"].help_text = _(
                "Write hello to the bot from your own Telegram. The number beside your name in the tray is yours."
            )


class SwitchForm(forms.Form):
    """Why nothing may leave."""

    channel = forms.CharField(required=False)
    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        error_messages={"required": _("Write in a few words why. Nothing was stopped.")},
    )
