"""How allauth behaves here: the house's words. What people may do is decided beside their posts, not here."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter

from porchlight.accounts.words import ACCOUNT_WORDS, MFA_WORDS


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in."""

    error_messages: dict[str, Any] = {**DefaultAccountAdapter.error_messages, **ACCOUNT_WORDS}


class MFAAdapter(DefaultMFAAdapter):
    """The second step."""

    error_messages: dict[str, Any] = {**DefaultMFAAdapter.error_messages, **MFA_WORDS}
