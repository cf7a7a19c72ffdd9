"""What the office fills in to connect its WhatsApp number."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways.contract import SettingField

BASE_URL = "https://graph.facebook.com"
VERSION = "v25.0"

FIELDS = (
    SettingField(
        "phone_number_id",
        _("Phone number ID"),
        _("A long number from Meta's WhatsApp manager, under API setup. It is not the phone number itself."),
    ),
    SettingField(
        "access_token",
        _("Access token"),
        _("Of a system user with the right to send messages, so that it does not run out."),
        secret=True,
    ),
    SettingField(
        "app_secret",
        _("App secret"),
        _("From your Meta app's basic settings. It proves that what comes in is from Meta."),
        secret=True,
    ),
    SettingField(
        "verify_token",
        _("Verify token"),
        _(
            "Any long word of your own. Type the same word into Meta's webhook page, beside this account's address."
        ),
        secret=True,
    ),
    SettingField(
        "version",
        _("API version"),
        _("Meta's version to speak. Leave it unless Meta asks you to change it."),
        required=False,
        default=VERSION,
    ),
    SettingField(
        "base_url",
        _("Base address"),
        _("Leave it unless you send through a partner that speaks the same language."),
        required=False,
        default=BASE_URL,
    ),
)
