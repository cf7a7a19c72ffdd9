"""Pages are looked at and forms are sent: no address takes another method, so none gets as far as a session."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "POST")
TAKES_MORE = ("/api/",)  # the open door for other systems says itself which methods it has


class KnownMethods:
    """A middleware. Stands behind the headers that every answer carries, before anything is looked up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """405 for what no page of ours takes, the same at every address."""
        if request.method in METHODS or request.path_info.startswith(TAKES_MORE):
            return self.get_response(request)
        return HttpResponseNotAllowed(METHODS)
