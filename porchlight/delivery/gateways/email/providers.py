"""The mail providers that can bring answers in, and what sets each apart.

SendGrid is left out because django-anymail dropped its support, Amazon SES because it needs the cloud's own library.
"""

from __future__ import annotations

from dataclasses import dataclass

from porchlight.delivery.gateways.contract import AccountSettings


@dataclass(frozen=True, slots=True)
class Provider:
    """`signs`: webhooks carry a signature made with the account's signing key; otherwise the login guards them."""

    name: str
    label: str
    signs: bool
    spam_tests: str = (
        ""  # header with SpamAssassin's tests, written by the provider above what the sender wrote
    )
    spf: str = ""  # header with the provider's SPF verdict


PROVIDERS = {
    provider.name: provider
    for provider in (
        Provider("postmark", "Postmark", False, "X-Spam-Tests", "Received-SPF"),
        Provider("mailgun", "Mailgun", True, "X-Mailgun-Spam-Rules", "X-Mailgun-Spf"),
        Provider("mailjet", "Mailjet", False),
        Provider("mandrill", "Mandrill", True),
        Provider("brevo", "Brevo", False),
    )
}


def provider_of(account: AccountSettings) -> Provider | None:
    """Who brings this account's answers in; None where nobody does."""
    return PROVIDERS.get(account.settings.get("provider", "").strip())
