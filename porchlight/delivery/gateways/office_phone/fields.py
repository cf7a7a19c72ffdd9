"""What the office fills in to connect its phone."""

from __future__ import annotations

from porchlight.delivery.gateways.contract import SettingField

BASE_URL = "https://api.sms-gate.app/3rdparty/v1"

FIELDS = (
    SettingField(
        "base_url",
        "Address of the phone's service",
        "In the SMSGate app: Home. Leave it as it is for the cloud server; for a phone in the school's own "
        "network write http://, its number in the network, and :8080.",
        required=False,
        default=BASE_URL,
    ),
    SettingField("username", "User name", "Shown in the SMSGate app under Home."),
    SettingField("password", "Password", "Shown in the SMSGate app under Home.", secret=True),
    SettingField(
        "signing_key",
        "Signing key",
        "In the SMSGate app: Settings, Webhooks, Signing key. It proves that a message comes from this phone. "
        "For missed calls, install CallGate beside it and type the same key there.",
        secret=True,
    ),
    SettingField(
        "country",
        "Country of the SIM card",
        "Two letters, such as GB. Numbers without a country code are read as numbers of this country.",
        required=False,
        default="GB",
    ),
    SettingField(
        "sim",
        "SIM card",
        "1, 2 or 3, when the phone holds more than one. Empty: the one the phone prefers.",
        required=False,
    ),
)
