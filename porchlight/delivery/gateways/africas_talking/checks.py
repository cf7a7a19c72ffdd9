"""What is wrong with an Africa's Talking account's settings, in sentences that say how to mend it."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from porchlight.delivery.gateways.addresses import is_safe_base
from porchlight.delivery.gateways.africas_talking.fields import BASE_URL, FIELDS
from porchlight.delivery.gateways.africas_talking.proof import SHORTEST
from porchlight.delivery.gateways.contract import AccountSettings

_SENDER = re.compile(r"\+?[0-9]{3,15}")  # a short code, or a number
_WORD = re.compile(rf"[A-Za-z0-9]{{{SHORTEST},200}}")


def problems(account: AccountSettings) -> list[str]:
    """Each problem as a sentence; an empty list means texts can go out and come in."""
    found: list[str] = []
    for field in FIELDS:
        kept = account.secrets if field.secret else account.settings
        if field.required and not kept.get(field.name, "").strip():
            found.append(_("%(field)s is empty. %(help)s") % {"field": _(field.label), "help": _(field.help)})
    word = account.secrets.get("hook_word", "").strip()
    if word and not _WORD.fullmatch(word):
        found.append(
            _("The word in the address must be %(least)s letters and digits or more. Choose another one.")
            % {"least": SHORTEST}
        )
    if not _SENDER.fullmatch(account.sender):
        found.append(
            _("What families see must be a short code or a number that they can answer to. Correct it.")
        )
    if not is_safe_base(account.settings.get("base_url", "").strip() or BASE_URL):
        found.append(
            _("The base address must start with https. Leave it empty for %(address)s.")
            % {"address": BASE_URL}
        )
    return found
