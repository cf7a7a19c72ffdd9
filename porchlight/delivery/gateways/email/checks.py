"""What keeps a school's mail from working, in sentences that say how to mend it."""

from __future__ import annotations

import ipaddress
import re

from django.utils.translation import gettext as _

from porchlight.delivery.gateways.contract import AccountSettings
from porchlight.delivery.gateways.email.fields import PLAIN, PORTS, STARTTLS
from porchlight.delivery.gateways.email.mailbox import NotAMailbox, is_mailbox, with_token
from porchlight.delivery.gateways.email.providers import PROVIDERS

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:]{2,45}")
_SHORTEST_LOGIN = 16  # letters of name, colon and password: it is all that guards incoming mail


def problems(account: AccountSettings) -> list[str]:
    """Each problem as a sentence; an empty list means mail can go out and, with a provider, come in."""
    return [*_going_out(account), *_coming_in(account)]


def _going_out(account: AccountSettings) -> list[str]:
    settings, found = account.settings, []
    host, port = settings.get("host", "").strip(), settings.get("port", "").strip()
    security = settings.get("security", "").strip() or STARTTLS
    if not _HOST.fullmatch(host):
        found.append(_("The mail server is missing. Write its name, such as smtp.example.org."))
    if security not in PORTS:
        found.append(_("Protection must be starttls, tls or plain. Most servers want starttls."))
    if security == PLAIN and _HOST.fullmatch(host) and not _is_near(host):
        found.append(
            _(
                "With protection plain, mail and password travel readable for everyone. Choose starttls or tls."
            )
        )
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        found.append(_("The port must be a number, such as 587, or empty."))
    if settings.get("username", "") and not account.secrets.get("password"):
        found.append(_("There is a user name without a password. Fill in the password."))
    if not is_mailbox(account.sender):
        found.append(
            _("The mailbox families see must be one mail address, such as office@school.example.org.")
        )
    if settings.get("bounce_mailbox") and not is_mailbox(settings["bounce_mailbox"]):
        found.append(_("The mailbox for returned mail must be one mail address, or empty."))
    return found


def _coming_in(account: AccountSettings) -> list[str]:
    settings = account.settings
    name, reply_mailbox = settings.get("provider", "").strip(), settings.get("reply_mailbox", "").strip()
    if not name:
        if reply_mailbox:
            return [_("There is a mailbox for answers, but nobody brings them in. Choose the provider.")]
        return []
    provider = PROVIDERS.get(name)
    if provider is None:
        return [
            _("We do not know the provider “%(name)s”. It must be one of: %(known)s.")
            % {"name": name, "known": ", ".join(PROVIDERS)}
        ]
    found = []
    try:
        with_token(reply_mailbox, "k" * 26)
    except NotAMailbox:
        found.append(
            _("The mailbox for answers must be one short mail address, such as reply@in.example.org.")
        )
    login = account.secrets.get("webhook_login", "")
    if provider.signs and not account.secrets.get("signing_key"):
        found.append(_("The signing key is missing. Copy it from %(label)s.") % {"label": provider.label})
    if not provider.signs and not (":" in login and len(login) >= _SHORTEST_LOGIN):
        found.append(
            _(
                "The login for incoming mail must be a name, a colon and a long password. Make one up, and put it in "
                "front of the webhook's address at %(label)s."
            )
            % {"label": provider.label}
        )
    return found


def _is_near(host: str) -> bool:
    """This machine or the school's own network."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost"
