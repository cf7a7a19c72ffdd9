"""What the office fills in to connect its Africa's Talking sender."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways.declared import SettingField

BASE_URL = "https://api.africastalking.com"

STEPS = (
    _(
        "In Africa's Talking open SMS, SMS Callback URLs. Paste the address below for delivery reports, incoming "
        "messages and bulk SMS opt out, each time with your word behind the last sign."
    ),
    _(
        "Africa's Talking signs nothing: whoever learns this address could speak in any family's name. Show it to "
        "nobody, and choose a new word when somebody who knew it leaves."
    ),
)
FIELDS = (
    SettingField("username", _("User name"), _("Of your app at Africa's Talking.")),
    SettingField(
        "api_key",
        _("API key"),
        _("From your app's settings at Africa's Talking. It sends texts."),
        secret=True,
        sent=True,
    ),
    SettingField(
        "hook_word",
        _("Word in the address"),
        _(
            "A long word of your own, of letters and digits. It stands at the end of the address that you paste there."
        ),
        secret=True,
    ),
    SettingField(
        "base_url",
        _("Base address"),
        _("Leave it empty unless you try things out in their sandbox."),
        required=False,
        default=BASE_URL,
        leads=True,
    ),
)
