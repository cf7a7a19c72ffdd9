"""What is wrong with a Twilio account's settings, in sentences that say how to mend it."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from porchlight.delivery.gateways.addresses import is_e164, is_safe_base
from porchlight.delivery.gateways.contract import AccountSettings
from porchlight.delivery.gateways.twilio_sms.account import BASE_URL, base_of

_ACCOUNT = re.compile(r"AC[0-9a-fA-F]{32}")
_SERVICE = re.compile(r"MG[0-9a-fA-F]{32}")


def problems(account: AccountSettings) -> list[str]:
    """Each problem as a sentence; an empty list means texts can go out and come in."""
    settings = account.settings
    found: list[str] = []
    if not _ACCOUNT.fullmatch(settings.get("account_sid", "")):
        found.append(_("The account SID is not AC and 32 letters or digits. Copy it from Twilio's console."))
    if not account.secrets.get("auth_token"):
        found.append(_("The auth token is missing. Copy it from Twilio's console."))
    service = settings.get("messaging_service_sid", "")
    if service and not _SERVICE.fullmatch(service):
        found.append(
            _("The messaging service SID is not MG and 32 letters or digits. Copy it or leave it empty.")
        )
    if not is_e164(account.sender):
        found.append(_("The number families see must be written like +44…, without spaces. Correct it."))
    if not is_safe_base(base_of(account)):
        found.append(
            _("The base address must start with https. Leave it empty for %(address)s.")
            % {"address": BASE_URL}
        )
    callback = settings.get("callback_url", "")
    if callback and not is_safe_base(callback.partition("?")[0]):
        found.append(
            _("Twilio reports to an https address only. Set PORCHLIGHT_BASE_URL to the public https address.")
        )
    return found
