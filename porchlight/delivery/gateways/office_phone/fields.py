"""What the office fills in to connect its phone."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways.declared import SettingField

BASE_URL = "https://api.sms-gate.app/3rdparty/v1"

STEPS = (
    _("Porchlight tells the phone this address by itself, within seconds of keeping the settings."),
    _(
        "For missed calls install CallGate on the same phone, type the same signing key there, and register the "
        "address below for its event call:ringing. docs/office-phone.md says how."
    ),
)
FIELDS = (
    SettingField(
        "base_url",
        _("Address of the phone's service"),
        _(
            "In the SMSGate app: Home. Leave it as it is for the cloud server; for a phone in the school's own "
            "network write http://, its number in the network, and :8080."
        ),
        required=False,
        default=BASE_URL,
        leads=True,
    ),
    SettingField("username", _("User name"), _("Shown in the SMSGate app under Home.")),
    SettingField(
        "password", _("Password"), _("Shown in the SMSGate app under Home."), secret=True, sent=True
    ),
    SettingField(
        "signing_key",
        _("Signing key"),
        _(
            "In the SMSGate app: Settings, Webhooks, Signing key. It proves that a message comes from this phone. "
            "For missed calls, install CallGate beside it and type the same key there."
        ),
        secret=True,
    ),
    SettingField(
        "country",
        _("Country of the SIM card"),
        _("Two letters, such as GB. Numbers without a country code are read as numbers of this country."),
        required=False,
        default="GB",
    ),
    SettingField(
        "per_day",
        _("At most so many messages a day"),
        _(
            "What the SIM card’s plan or its carrier allows. What is over waits for the next day, urgent words first. "
            "A long message counts once here, but may be several texts on the bill."
        ),
        required=False,
    ),
    SettingField(
        "per_hour",
        _("At most so many messages an hour"),
        _("Carriers block SIM cards that send hundreds at once. Empty: no limit."),
        required=False,
    ),
    SettingField(
        "credit_code",
        _("Code that asks for the credit"),
        _(
            "What you dial to hear the SIM card’s balance, such as *100#. The app tells no credit, so you type what "
            "it says."
        ),
        required=False,
    ),
    SettingField(
        "sim",
        _("SIM card"),
        _("1, 2 or 3, when the phone holds more than one. Empty: the one the phone prefers."),
        required=False,
    ),
)
