"""Pages are looked at and forms are sent: no address takes another method, so none gets as far as a session."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "POST")
TAKES_MORE = ("/api/",)  # the open door for other systems says itself which methods it has


class KnownMethods:
    """A middleware. Stands behind the headers that every answer carries, before anything is looked up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """405 for what no page of ours takes, the same at every address. 400 for what no database can look for."""
        if _holds_nul(request):
            return HttpResponse("No address has such a sign.", status=400, content_type="text/plain")
        if request.method in METHODS or request.path_info.startswith(TAKES_MORE):
            return self.get_response(request)
        return HttpResponseNotAllowed(METHODS)


def _holds_nul(request: HttpRequest) -> bool:
    """A sign that PostgreSQL takes in no text: anybody could make a page break with it, as often as they wish."""
    asked = "" if request.path_info.startswith(TAKES_MORE) else request.META.get("QUERY_STRING", "")
    return "\0" in request.path_info or "%00" in asked
