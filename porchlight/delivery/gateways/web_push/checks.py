"""What is wrong with an account's settings, in sentences that say how to mend it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from porchlight.delivery.gateways.addresses import is_safe_base
from porchlight.delivery.gateways.contract import AccountSettings
from porchlight.delivery.gateways.web_push.vapid import NoKey, key_in


def problems(account: AccountSettings) -> list[str]:
    """Each problem as a sentence; an empty list means that screens can be told of news."""
    found: list[str] = []
    if not is_mailbox(account.settings.get("contact", "")):
        found.append(
            _("The mailbox for the push services is missing or is none. Write one the school reads.")
        )
    try:
        key_in(account.secrets)
    except NoKey:
        found.append(
            _(
                "The school’s key for screens does not open. Close this way and connect it anew; families turn it on "
                "again."
            )
        )
    base = account.settings.get("base_url", "").strip()
    if base and not is_safe_base(base):
        found.append(_("The push service for trying out must start with https. Leave it empty."))
    return found


def is_mailbox(written: str) -> bool:
    """Whether this is a mailbox; in the header it is put behind `mailto:`."""
    try:
        validate_email(written.strip())
    except ValidationError:
        return False
    return True
