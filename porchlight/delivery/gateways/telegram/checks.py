"""What is wrong with a bot's settings, in sentences that say how to mend it."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from porchlight.delivery.gateways.addresses import is_safe_base
from porchlight.delivery.gateways.contract import AccountSettings
from porchlight.delivery.gateways.telegram.fields import BASE_URL
from porchlight.delivery.gateways.telegram.proof import token_of

_NAME = re.compile(r"@[A-Za-z][A-Za-z0-9_]{2,28}bot", re.IGNORECASE)


def problems(account: AccountSettings) -> list[str]:
    """Each problem as a sentence; an empty list means messages can go out and come in."""
    found: list[str] = []
    if not token_of(account):
        found.append(
            _("The bot token is missing, or is not digits, a colon and letters. Copy it from @BotFather.")
        )
    if not _NAME.fullmatch(account.sender):
        found.append(
            _(
                "What families see must be the bot's name, such as @maple_street_bot. It ends in “bot”. Correct it."
            )
        )
    base = account.settings.get("base_url", "").strip() or BASE_URL
    if not is_safe_base(base):
        found.append(
            _("The base address must start with https. Leave it empty for %(address)s.")
            % {"address": BASE_URL}
        )
    return found
