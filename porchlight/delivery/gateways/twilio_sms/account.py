"""What a Twilio account is shown and asked alike for texts and calls."""

from __future__ import annotations

import base64
from functools import lru_cache
from urllib.parse import quote_plus

from django.utils.translation import gettext_noop as _
from multidict import CIMultiDict

from porchlight.delivery.gateways.contract import AccountSettings
from porchlight.delivery.gateways.declared import SettingField

BASE_URL = "https://api.twilio.com"
REFERENCE = "ref"  # the name our reference has in a status address's query
TRY_AGAIN = "rc=5&rp=5xx,ct,rt"

SID = SettingField(
    "account_sid", _("Account SID"), _("Begins with AC. It stands on the first page of Twilio's console.")
)
BASE = SettingField(
    "base_url",
    _("Base address"),
    _("Leave it empty unless Twilio gave you another region's address."),
    required=False,
    default=BASE_URL,
    leads=True,
)


def base_of(account: AccountSettings) -> str:
    """Where Twilio is for this account."""
    return account.settings.get("base_url") or BASE_URL


def proof_of(account: AccountSettings) -> str:
    """What an `Authorization` header holds."""
    return _headers(account.settings.get("account_sid", ""), account.secrets.get("auth_token", ""))[
        "Authorization"
    ]


def headers_of(account: AccountSettings) -> CIMultiDict[str]:
    """Of a form that asks Twilio for something."""
    return _headers(account.settings.get("account_sid", ""), account.secrets.get("auth_token", ""))


@lru_cache(maxsize=256)
def _headers(sid: str, token: str) -> CIMultiDict[str]:
    proof = base64.b64encode(f"{sid}:{token}".encode("utf-8", "replace")).decode()
    return CIMultiDict(
        {"Authorization": f"Basic {proof}", "Content-Type": "application/x-www-form-urlencoded"}
    )


def with_reference(callback: str, reference: str) -> str:
    """The status address with our reference in its query, so that every status brings it back.

    The fragment is Twilio's own notation ("connection overrides") and stays with them: without it a status that
    meets a restarting server is dropped, with it they try five times more.
    """
    joined = (
        f"{callback}{'&' if '?' in callback else '?'}{REFERENCE}={quote_plus(reference, errors='replace')}"
    )
    return f"{joined}#{TRY_AGAIN}"
