"""A webhook's way past everything that is for people: it brings no session, no language, no cookie and no page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

from porchlight.delivery.inbox.webhooks import webhook

HOOKS = "/hooks/"  # where gateways come back


class ShortWay:
    """A middleware. Stands behind the log and the headers that every answer carries."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Whoever else asks goes the long way."""
        if request.path_info.startswith(HOOKS):
            try:
                place = resolve(request.path_info)
            except Resolver404:
                return self._get_response(request)
            if place.func is webhook:
                request.resolver_match = place
                return webhook(request, **place.kwargs)
        return self._get_response(request)
