"""What is wrong with a WhatsApp account's settings, in sentences that say how to mend it."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from porchlight.delivery.gateways.addresses import is_e164, is_safe_base
from porchlight.delivery.gateways.contract import AccountSettings
from porchlight.delivery.gateways.whatsapp_cloud.fields import BASE_URL, VERSION

_APP_SECRET = re.compile(r"[0-9a-f]{32}")
_VERSION = re.compile(r"v[0-9]{1,3}\.[0-9]{1,2}")


def problems(account: AccountSettings) -> list[str]:
    """Each problem as a sentence; an empty list means messages can go out and come in."""
    settings, secrets = account.settings, account.secrets
    found: list[str] = []
    number_id = settings.get("phone_number_id", "")
    if not (number_id.isascii() and number_id.isdigit()):
        found.append(
            _("The phone number ID is missing or has other signs than digits. Copy it from Meta's API setup.")
        )
    elif account.sender.lstrip("+") == number_id:
        found.append(_("The phone number ID is the phone number itself. Copy the ID that stands beside it."))
    if not secrets.get("access_token"):
        found.append(
            _("The access token is missing. Make one for a system user with Meta and paste it here.")
        )
    if not _APP_SECRET.fullmatch(secrets.get("app_secret", "")):
        found.append(
            _("The app secret is not 32 letters and digits. Copy it from your Meta app's basic settings.")
        )
    if len(secrets.get("verify_token", "")) < 12:
        found.append(
            _("The verify token is shorter than 12 letters. Choose a longer word, the same one with Meta.")
        )
    if not _VERSION.fullmatch(settings.get("version") or VERSION):
        found.append(
            _("The API version should look like %(version)s. Correct it or leave it empty.")
            % {"version": VERSION}
        )
    if not is_safe_base(settings.get("base_url") or BASE_URL):
        found.append(
            _("The base address must start with https. Leave it empty for %(address)s.")
            % {"address": BASE_URL}
        )
    if not is_e164(account.sender):
        found.append(_("The number families see must be written like +44…, without spaces. Correct it."))
    return found
