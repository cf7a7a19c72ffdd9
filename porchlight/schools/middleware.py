"""Finds the school an address names and opens the wall for it, for the length of the request."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from porchlight.schools.models import RESERVED_SLUGS, School
from porchlight.schools.wall import granted_context, school_context


class SchoolMiddleware:
    """Sets `request.school`; pages of a school run inside its context, one transaction each."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        slug = request.path_info.removeprefix("/").partition("/")[0]
        school = None if slug in RESERVED_SLUGS else School.objects.open().filter(slug=slug).first()
        request.school = school  # type: ignore[attr-defined]  # Django lets middleware add to its request
        if school is None:
            return self.get_response(request)
        with self._wall(request, school):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def _wall(self, request: HttpRequest, school: School) -> AbstractContextManager[None]:
        """Open for this school; for an operator of the server, as far as the school let them in."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            user = request.user
            if user.is_authenticated and user.is_staff:
                return granted_context(school, user.pk)
        return school_context(school)
