"""The way to a provider and back. Only a press goes there, and only the browser that pressed comes back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_POST

from porchlight.accounts.identity.checking import NotProved
from porchlight.accounts.identity.provider import IdentityOAuth2Adapter, IdentityProvider
from porchlight.accounts.limits import Rate, take
from porchlight.accounts.proving import first_to_open
from porchlight.toolbox import school_time

FROM_ONE_PLACE = Rate(200, timedelta(minutes=10))  # a whole school comes in from one address on a Monday
PROCESSES = {AuthProcess.LOGIN, AuthProcess.CONNECT, AuthProcess.REDIRECT}


@require_POST
def go(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the provider, by a page of ours: our policy lets no form of ours end on another site."""
    provider = _provider(request, provider_id)
    process = request.POST.get("process", AuthProcess.LOGIN)
    if process not in PROCESSES:
        raise Http404
    where = _first(request) if process == AuthProcess.CONNECT else ""
    if where:
        return redirect(f"{reverse(where)}?{urlencode({'next': reverse('socialaccount_connections')})}")
    place = get_account_adapter(request).place(request)
    if not take(f"identity from:{place}", FROM_ONE_PLACE, now=school_time.now()):
        return render(request, "accounts/identity_busy.html", {"provider": provider}, status=429)
    try:
        answer = provider.redirect(request, process, get_next_redirect_url(request))
    except NotProved as problem:
        return _refused(request, provider, problem)
    if answer.status_code != 302:
        return answer
    page = {"provider": provider, "address": answer["Location"]}
    response = render(request, "accounts/identity_going.html", page)
    add_never_cache_headers(response)
    return response


@require_GET
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """From the provider, with a code: looked at only in the browser that went there, and once."""
    provider = _provider(request, provider_id)
    view = Back()
    view.request, view.adapter = request, IdentityOAuth2Adapter(request, provider_id)
    try:
        response = view.dispatch(request)
    except NotProved as problem:
        response = _refused(request, provider, problem)
    add_never_cache_headers(response)
    response["Referrer-Policy"] = "strict-origin"  # the code stands in this page's address
    return response


class Back(OAuth2CallbackView):
    """As allauth's; it also hands what was kept at the beginning to the adapter, for the nonce."""

    adapter: IdentityOAuth2Adapter

    def _get_state(self, request: HttpRequest, provider: IdentityProvider) -> tuple[Any, Any]:
        state, response = super()._get_state(request, provider)
        self.adapter.state = state or {}
        return state, response


def _first(request: HttpRequest) -> str:
    """The page that comes before an account may be connected; empty when it may."""
    if not request.user.is_authenticated:
        return "account_login"
    if missing := first_to_open(request):
        return missing
    again = is_reauthentication_required(request, app="allauth.socialaccount")
    return "account_reauthenticate" if again else ""


def _provider(request: HttpRequest, provider_id: str) -> IdentityProvider:
    try:
        provider = get_adapter(request).get_provider(request, provider_id)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    if not isinstance(provider, IdentityProvider):
        raise Http404
    return provider


def _refused(request: HttpRequest, provider: IdentityProvider, problem: NotProved) -> HttpResponse:
    answer: HttpResponse = render_authentication_error(request, provider, exception=problem)
    return answer
