"""What keeps the office's phone from working, in sentences that say how to mend it."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from porchlight.delivery.gateways.addresses import is_e164, is_safe_base
from porchlight.delivery.gateways.contract import AccountSettings
from porchlight.delivery.gateways.office_phone.fields import BASE_URL, FIELDS
from porchlight.toolbox.phone_numbers import NotANumber, Reason, e164

MOST_A_DAY = 100_000


def problems(account: AccountSettings) -> list[str]:
    """Each problem as a sentence; an empty list means texts can go out and come in."""
    settings, found = account.settings, []
    base = settings.get("base_url", "").strip() or BASE_URL
    if not (is_safe_base(base) or _is_in_the_school(base)):
        found.append(
            _(
                "The address of the phone's service must begin with https. Only a phone in the school's own network "
                "may be reached by http and its number there."
            )
        )
    for field in FIELDS:
        kept = account.secrets if field.secret else settings
        if field.required and not kept.get(field.name, "").strip():
            found.append(_("%(field)s is empty. %(help)s") % {"field": _(field.label), "help": _(field.help)})
    if ":" in settings.get("username", ""):
        found.append(_("A user name holds no colon. Copy it again from the SMSGate app."))
    country = settings.get("country", "").strip()
    if country and not _is_country(country):
        found.append(
            _("We do not know the country “%(country)s”. Write two letters, such as GB.")
            % {"country": country}
        )
    if settings.get("sim", "").strip() not in ("", "1", "2", "3"):
        found.append(_("The SIM card must be 1, 2 or 3, or empty for the one the phone prefers."))
    for name in ("per_day", "per_hour"):
        limit = settings.get(name, "").strip()
        if limit and not (limit.isascii() and limit.isdigit() and 0 < int(limit) <= MOST_A_DAY):
            found.append(
                _("A limit must be a whole number, such as 200, or empty. Correct “%(limit)s”.")
                % {"limit": limit}
            )
    if not is_e164(account.sender):
        found.append(_("The number families see must be written like +44…, without spaces. Correct it."))
    return found


def _is_country(code: str) -> bool:
    try:
        e164("1", code)
    except NotANumber as fault:
        return fault.reason is not Reason.COUNTRY
    return True


def _is_in_the_school(base: str) -> bool:
    """http to a private address of a phone in the same network; names can be made to point anywhere."""
    try:
        parts = urlsplit(base)
        address = ipaddress.ip_address(parts.hostname or "")
    except ValueError:
        return False
    return parts.scheme == "http" and address.is_private and not address.is_link_local
