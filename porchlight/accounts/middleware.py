"""Pages of somebody who is signed in: in their own language, kept in no cache, and gone when they sign out.

And the pages of one's own sign-in, which stay shut until the second step is taken.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.usersessions.middleware import UserSessionsMiddleware
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from porchlight.accounts.proving import first_to_open, is_a_familys, is_over, is_used
from porchlight.design.direction import page_language, page_languages

OWN_PAGES = ("account_", "mfa_", "socialaccount_", "usersessions_")  # allauth's names
TO_PROVE = {"account_logout", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
TO_SET_UP = TO_PROVE | {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn"}
NOTED_AT, NOTED_EVERY = "noted at", 3600.0  # seconds
OF_A_FAMILY = TO_PROVE | {"usersessions_list"}


class SessionsMiddleware(UserSessionsMiddleware):
    """The list of one's own sessions tells the day each was last seen: it is brought up to date once an hour.

    allauth's own writes at every page, and whoever only reads would wait for whoever writes.
    """

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        now = time.time()
        if not request.user.is_authenticated or now - request.session.get(NOTED_AT, 0) < NOTED_EVERY:
            return self.get_response(request)
        request.session[NOTED_AT] = now
        return super().__call__(request)


class OwnPagesMiddleware:
    """Stands after sessions and languages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated and is_over(request.session):
            was = request.user.pk
            logout(request)
            request.was_user_id = was  # type: ignore[attr-defined]  # whose words those are that this request brings
        if not request.user.is_authenticated:
            return self.get_response(request)
        if request.headers.get("Accept") != "text/event-stream":  # a page that only listens is nobody at work
            is_used(request.session)
        language = request.user.language
        if language not in page_languages():
            language = page_language()
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        if "Cache-Control" not in response.headers:
            add_never_cache_headers(response)
        if not request.user.is_authenticated:  # they were at the start: this request signed them out
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Until the second step is taken, no page of one's own sign-in opens but those to set it up or take it.

        Or a password alone would be enough to change the password, to add another way in, or to take a step away.
        """
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not settings.SECOND_STEP or not request.user.is_authenticated or not name.startswith(OWN_PAGES):
            return None
        if name in TO_PROVE or (name in OF_A_FAMILY and is_a_familys(request)):
            return None
        first = first_to_open(request)
        if not first or (name in TO_SET_UP and first == "mfa_index"):
            return None
        return HttpResponseRedirect(f"{reverse(first)}?{urlencode({'next': request.get_full_path()})}")
