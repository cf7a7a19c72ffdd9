"""What the office fills in to connect its WhatsApp number."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways.declared import SettingField

BASE_URL = "https://graph.facebook.com"
VERSION = "v25.0"

STEPS = (
    _(
        "In your Meta app open WhatsApp, Configuration. Paste the address below and your verify token, and press "
        "“Verify and save”."
    ),
    _(
        "Subscribe there to messages, calls, user_id_update, message_template_status_update and "
        "template_category_update."
    ),
    _("Have the texts of your languages approved: they stand on the page “Approved texts”."),
)
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
        sent=True,
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
        "templates",
        _("Approved texts"),
        _(
            "One on a line: its name and WhatsApp's language code, such as porchlight_notice ur. Texts of ours list "
            "themselves when WhatsApp tells us that it approved them."
        ),
        required=False,
        is_list=True,
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
        leads=True,
    ),
)
