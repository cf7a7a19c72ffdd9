"""Addresses of the open door. Whose school is meant, the token says."""

from __future__ import annotations

from functools import cache, partial

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from porchlight.api.description import PREFIX, api
from porchlight.api.door import door, other_method
from porchlight.api.problems import not_there
from porchlight.api.views import asks, classes, notices, own, people, rosters, talk

for room in (own, people, classes, talk, asks, notices, rosters):
    api.add_router("", room.router)


METHODS = ("GET", "HEAD", "POST")  # of every address there is


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The description, for everybody: it holds nothing of any school."""
    return HttpResponse(_described(), content_type="application/json")


@cache
def _described() -> bytes:
    """Made once: anybody may ask for it."""
    return JsonResponse(api.get_openapi_schema(), json_dumps_params={"ensure_ascii": False}).content


@csrf_exempt
def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Also what is not there is told as a problem."""
    if request.method not in METHODS:
        return other_method(METHODS).response()
    return not_there().response()


@cache
def _queries() -> dict[str, frozenset[str]]:
    """By route, what may stand behind the question mark."""
    found = {}
    for place, operations in api.get_openapi_schema()["paths"].items():
        told = [one for operation in operations.values() for one in operation.get("parameters", [])]
        found[place.removeprefix(PREFIX)] = frozenset(one["name"] for one in told if one["in"] == "query")
    return found


def _named(route: str) -> frozenset[str]:
    return _queries()[route.strip("/")]


def _hung() -> list[URLPattern]:
    """Every address of the description, with the door in front. The first of its operations names it."""
    found = []
    for bound in api._get_bound_routers():
        named_first = sorted(bound.path_operations.items(), key=lambda one: "{" in one[0])
        for route, at in named_first:
            view = at.get_view()
            view.methods = frozenset(method for one in at.operations for method in one.methods)  # type: ignore[attr-defined]  # read by the door
            view.named = partial(_named, route)  # type: ignore[attr-defined]  # read by the door
            place = route.strip("/").replace("{", "<slug:").replace("}", ">")
            found.append(path(place, door(view), name=at.operations[0].view_func.__name__))
    return found


app_name = "api_v1"
urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    *_hung(),
    re_path(r"^(?P<rest>(?s:.+))$", nowhere, name="nowhere"),  # also over lines, as `path` would not
    path("", nowhere, name="nothing"),
]
