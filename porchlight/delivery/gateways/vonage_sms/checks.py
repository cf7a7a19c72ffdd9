"""What is wrong with a Vonage account's settings, in sentences that say how to mend it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from porchlight.delivery.gateways.addresses import is_e164, is_safe_base
from porchlight.delivery.gateways.contract import AccountSettings
from porchlight.delivery.gateways.vonage_sms.fields import BASE_URL, FIELDS
from porchlight.delivery.gateways.vonage_sms.signature import METHODS, method_of


def problems(account: AccountSettings) -> list[str]:
    """Each problem as a sentence; an empty list means texts can go out and come in."""
    found: list[str] = []
    for field in FIELDS:
        kept = account.secrets if field.secret else account.settings
        if field.required and not kept.get(field.name, "").strip():
            found.append(_("%(field)s is empty. %(help)s") % {"field": _(field.label), "help": _(field.help)})
    if method_of(account) not in METHODS:
        found.append(_("The signature method must be sha256, sha512, sha1 or md5. Correct it."))
    if not is_e164(account.sender):
        found.append(_("The number families see must be written like +44…, without spaces. Correct it."))
    if not is_safe_base(account.settings.get("base_url", "").strip() or BASE_URL):
        found.append(
            _("The base address must start with https. Leave it empty for %(address)s.")
            % {"address": BASE_URL}
        )
    return found
