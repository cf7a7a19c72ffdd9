"""Pages of somebody who is signed in: in their own language, kept in no cache, and gone when they sign out."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from porchlight.accounts.proving import is_over


class OwnPagesMiddleware:
    """Stands after sessions and languages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated and is_over(request.session):
            logout(request)
        if not request.user.is_authenticated:
            return self.get_response(request)
        language = request.user.language
        if language not in dict(settings.LANGUAGES):
            language = translation.get_language() or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        if "Cache-Control" not in response.headers:
            add_never_cache_headers(response)
        if not request.user.is_authenticated:  # they were at the start: this request signed them out
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response
