"""What the office fills in to connect its Vonage number."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways.declared import SettingField

BASE_URL = "https://rest.nexmo.com"
METHOD = "sha256"

STEPS = (
    _(
        "In Vonage's dashboard open API settings. Choose SMS API, paste the address below for inbound messages and for "
        "delivery receipts, and choose POST as the webhook format."
    ),
    _("Choose a signature method there as well, best SHA-256 HMAC, and copy the signature secret here."),
)
FIELDS = (
    SettingField("api_key", _("API key"), _("Stands on the first page of Vonage's dashboard.")),
    SettingField(
        "api_secret",
        _("API secret"),
        _("Stands beside the API key. It sends texts."),
        secret=True,
        sent=True,
    ),
    SettingField(
        "signature_secret",
        _("Signature secret"),
        _("From API settings in Vonage's dashboard. It proves that what comes in is from Vonage."),
        secret=True,
    ),
    SettingField(
        "signature_method",
        _("Signature method"),
        _("sha256, sha512, sha1 or md5, as chosen in API settings there."),
        required=False,
        default=METHOD,
    ),
    SettingField(
        "base_url",
        _("Base address"),
        _("Leave it empty unless Vonage gave you another region's address."),
        required=False,
        default=BASE_URL,
        leads=True,
    ),
)
