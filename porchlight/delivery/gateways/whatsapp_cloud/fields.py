"""What the office fills in to connect its WhatsApp number."""

from __future__ import annotations

from porchlight.delivery.gateways.contract import SettingField

BASE_URL = "https://graph.facebook.com"
VERSION = "v25.0"

FIELDS = (
    SettingField(
        "phone_number_id",
        "Phone number ID",
        "A long number from Meta's WhatsApp manager, under API setup. It is not the phone number itself.",
    ),
    SettingField(
        "access_token",
        "Access token",
        "Of a system user with the right to send messages, so that it does not run out.",
        secret=True,
    ),
    SettingField(
        "app_secret",
        "App secret",
        "From your Meta app's basic settings. It proves that what comes in is from Meta.",
        secret=True,
    ),
    SettingField(
        "verify_token",
        "Verify token",
        "Any long word of your own. Type the same word into Meta's webhook page, beside this account's address.",
        secret=True,
    ),
    SettingField(
        "version",
        "API version",
        "Meta's version to speak. Leave it unless Meta asks you to change it.",
        required=False,
        default=VERSION,
    ),
    SettingField(
        "base_url",
        "Base address",
        "Leave it unless you send through a partner that speaks the same language.",
        required=False,
        default=BASE_URL,
    ),
)
