"""Which identity providers colleagues may sign in with: Google, Microsoft, Clever, ClassLink, and one of your own."""

from __future__ import annotations

import re
from typing import Any

from porchlight.config import environment as env

# allauth's providers, with our own checks in place of its.
CHECKED_BY_US = {
    "openid_connect": {"provider_class": "porchlight.accounts.identity.provider.IdentityProvider"}
}
DIRECTORY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def identity_providers(*, practice_town: str) -> list[dict[str, Any]]:
    """A provider for each client id in the environment; in the demo the practice town's, at `practice_town`, too.

    Each has `id`, `name`, `issuer`, `client_id` and `secret`. Raises BadSetting when half of one is given.
    """
    tenant = env.text(
        "PORCHLIGHT_MICROSOFT_TENANT",
        help="The school's own directory (tenant) id at Microsoft. Colleagues of other directories stay outside.",
    )
    found = [
        _provider("google", "Google", "https://accounts.google.com"),
        _provider("microsoft", "Microsoft", f"https://login.microsoftonline.com/{tenant}/v2.0"),
        _provider("clever", "Clever", "https://clever.com"),
        _provider("classlink", "ClassLink", "https://launchpad.classlink.com"),
        _own_provider(),
    ]
    if found[1] and not DIRECTORY.fullmatch(tenant):
        raise env.BadSetting(
            f"PORCHLIGHT_MICROSOFT_TENANT is {tenant!r}; with a client id, write the school's directory id, "
            "such as 11111111-2222-3333-4444-555555555555."
        )
    if practice_town:
        found.append(
            {
                "id": "town",
                "name": "Practice town",
                "issuer": f"{practice_town}/identity/town",
                "client_id": "porchlight",
                "secret": "practice-secret",
            }
        )
    return [one for one in found if one]


def _provider(name: str, called: str, issuer: str) -> dict[str, Any] | None:
    upper = f"PORCHLIGHT_{name.upper()}"
    client = env.text(
        f"{upper}_CLIENT",
        help=f"Colleagues may sign in with {called}: the client id that {called} gave. "
        f"Register <base address>/accounts/with/{name}/back/ there as the address to go back to.",
    )
    secret = env.text(f"{upper}_SECRET", secret=True, help=f"The client secret that {called} gave with it.")
    if bool(client) != bool(secret):
        raise env.BadSetting(f"{upper}_CLIENT and {upper}_SECRET belong together; write both or none.")
    if not client:
        return None
    return {"id": name, "name": called, "issuer": issuer, "client_id": client, "secret": secret}


def _own_provider() -> dict[str, Any] | None:
    """Any other that speaks OpenID Connect."""
    issuer = env.text(
        "PORCHLIGHT_OIDC_ISSUER",
        help="Any other OpenID Connect provider: its issuer, exactly as it writes it, such as https://login.example.org.",
    )
    called = env.text("PORCHLIGHT_OIDC_NAME", "School sign-in", help="What its button says after “with”.")
    found = _provider("oidc", "your own provider", issuer)
    if found and not issuer.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise env.BadSetting(
            f"PORCHLIGHT_OIDC_ISSUER is {issuer!r}; write an address that begins with https://."
        )
    return {**found, "name": called} if found else None
