"""What a sign-in that comes back from a provider may do: open its own user's door, be connected, or be held up."""

from __future__ import annotations

import functools
import logging
from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render

from porchlight.accounts.identity.checking import NotProved
from porchlight.accounts.identity.held import hold
from porchlight.accounts.words import IDENTITY_WORDS

PATIENCE = 5  # seconds for each answer of a provider

log = logging.getLogger(__name__)


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Providers come from the settings alone, and nobody becomes a user by coming back from one."""

    error_messages: dict[str, Any] = {**DefaultSocialAccountAdapter.error_messages, **IDENTITY_WORDS}

    def list_apps(
        self, request: HttpRequest | None, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Those of settings.IDENTITY_PROVIDERS; a row in a table opens no door."""
        return [
            app_of(one)
            for one in settings.IDENTITY_PROVIDERS
            if provider in {None, one["id"], "openid_connect"} and client_id in {None, one["client_id"]}
        ]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: see `pre_social_login`."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Before anything follows: whom nobody connected is told so, or waits for the invitation they came from."""
        joining = sociallogin.state.get("process") == AuthProcess.REDIRECT
        if sociallogin.is_existing:
            if joining:  # somebody we know: they come in as always, and take up the post with that
                sociallogin.state["process"] = AuthProcess.LOGIN
        elif joining:
            hold(request.session, sociallogin.account)
        elif sociallogin.state.get("process") != AuthProcess.CONNECT:
            page = {"provider": sociallogin.provider}
            raise ImmediateHttpResponse(render(request, "accounts/identity_unknown.html", page, status=403))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """The log says why, and names nobody."""
        why = (
            exception
            if isinstance(exception, NotProved)
            else type(exception).__name__
            if exception
            else error
        )
        log.warning("A sign-in with %s was refused: %s", provider.name, why)

    def get_requests_session(self) -> requests.Session:
        """Follows no redirect: what a provider hands out goes nowhere but where the settings say."""
        session = requests.Session()
        session.max_redirects = 0
        session.trust_env = False  # neither a proxy nor a .netrc of the machine
        session.request = functools.partial(session.request, timeout=PATIENCE)  # type: ignore[method-assign]  # as allauth does it
        return session


def app_of(provider: dict[str, str]) -> SocialApp:
    """A provider as allauth wants it; never saved."""
    return SocialApp(
        provider="openid_connect",
        provider_id=provider["id"],
        name=provider["name"],
        client_id=provider["client_id"],
        secret=provider["secret"],
        settings={"server_url": provider["issuer"].rstrip("/"), "issuer": provider["issuer"]},
    )
