"""A provider as allauth knows it, and how its answers are taken: stricter than allauth takes them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlsplit

import requests
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse

from porchlight.accounts.identity.checking import NotProved, claims_of

ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class IdentityOAuth2Adapter(OpenIDConnectOAuth2Adapter):
    """Speaks to one provider. `state` is what was kept when this sign-in began."""

    state: Mapping[str, Any]

    def __init__(self, request: HttpRequest, provider_id: str) -> None:
        super().__init__(request, provider_id)
        self.state = {}

    @property
    def issuer(self) -> str:
        """As the settings name it; what the provider says of itself has to agree."""
        return str(self.get_provider().app.settings["issuer"])

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's own description. Raises NotProved when it cannot be had or is another's."""
        if not hasattr(self, "_description"):
            described = self._fetch(self.get_provider().server_url)
            if described.get("issuer") != self.issuer:
                raise NotProved("its description names another issuer")
            for name in ADDRESSES:
                where = urlsplit(str(described.get(name, "")))
                if where.scheme != "https" and where.hostname not in LOOPBACK:
                    raise NotProved(f"its {name} is no https address")
            self._description = described
        return self._description

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        """The code for tokens, once it is known who sent it. Raises NotProved.

        RFC 9207: with two providers, an answer of one is not taken to the other.
        """
        promised = self.openid_config.get("authorization_response_iss_parameter_supported") is True
        if request.GET.get("iss", "" if promised else self.issuer) != self.issuer:
            raise NotProved("another provider answered")
        data: dict[str, Any] = super().get_access_token_data(request, app, client, pkce_code_verifier)
        return data

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Who came back, from the id_token alone. Raises NotProved."""
        id_token = kwargs["response"].get("id_token")
        if not isinstance(id_token, str):
            raise NotProved("it brought no id_token")
        keys = self._fetch(self.openid_config["jwks_uri"]).get("keys")
        claims = claims_of(
            id_token,
            keys=[key for key in keys if isinstance(key, dict)] if isinstance(keys, list) else [],
            issuer=self.issuer,
            client_id=app.client_id,
            nonce=str(self.state.get("nonce", "")),
        )
        return self.get_provider().sociallogin_from_response(request, dict(claims))

    def _fetch(self, address: str) -> dict[str, Any]:
        from allauth.socialaccount.adapter import get_adapter

        try:
            with get_adapter().get_requests_session() as session:
                answer = session.get(address)
                answer.raise_for_status()
                said = answer.json()
        except requests.RequestException as problem:
            raise NotProved(type(problem).__name__) from problem
        if not isinstance(said, dict):
            raise NotProved("its answer is no JSON object")
        return said


class IdentityProvider(OpenIDConnectProvider):
    """One of settings.IDENTITY_PROVIDERS."""

    pkce_enabled_default = True
    oauth2_adapter_class = IdentityOAuth2Adapter
    supports_token_authentication = False

    def get_default_scope(self) -> list[str]:
        """The mailbox is asked for to show whose account was connected; nothing is decided by it."""
        return ["openid", "email"]

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """To the provider, with a nonce that its answer has to bring back, and with nothing a visitor added."""
        nonce = secrets.token_urlsafe(24)
        answer = super().redirect(request, process, next_url, data, auth_params={"nonce": nonce}, nonce=nonce)
        return cast(HttpResponse, answer)

    def extract_uid(self, data: Mapping[str, Any]) -> str:
        """Issuer and subject in one: the same subject at another issuer is somebody else."""
        return uid_of(str(data["iss"]), str(data["sub"]))

    def extract_extra_data(self, data: Mapping[str, Any]) -> dict[str, str]:
        """What the page of connected accounts shows, and no more."""
        shown = str(data.get("email") or data.get("preferred_username") or "")
        return {"issuer": str(data["iss"]), "shown_as": shown[:254]}

    def extract_common_fields(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Nothing: nobody becomes a user by what a provider says of their name or mailbox."""
        return {}

    def extract_email_addresses(self, data: Mapping[str, Any]) -> list[Any]:
        """None, so that nobody is ever found by one."""
        return []


def uid_of(issuer: str, subject: str) -> str:
    """How an identity is kept: one way, and unmistakable, since neither part may hold a line's end."""
    return hashlib.sha256(f"{issuer}\n{subject}".encode()).hexdigest()
