"""The open door's description of itself, as OpenAPI has it, and how it answers what it cannot take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer
from ninja.security.base import AuthBase

from porchlight.api.problems import MEDIA_TYPE, Problem, ProblemShape, not_there
from porchlight.schools.actors import Scope

PREFIX = "/api/v1/"
ABOUT = """Other systems of a school read and write here, each with a token that the school made for it.

Answers are JSON in UTF-8, moments are in UTC, errors are problem details (RFC 9457). Lists come in parts: give `next`
back as `after`. Words that the school marked as personal are left out unless the token has the scope `personal:read`;
safeguarding's words are never told. Send an `Idempotency-Key` with each POST, and the same one when you try again.
"""
_EVERYWHERE = {
    401: "No token, or one that is revoked or over.",
    403: "The token lacks the scope, or was told of too many people.",
    405: "The address takes another method.",
    422: "A part of the request cannot be taken; `faults` says which.",
    429: "Asked too often; Retry-After says how long to wait, in seconds.",
}
_OF_SOME = {
    400: "The body cannot be read.",
    404: "Nothing is here for this token.",
    409: "Something stands in the way just now.",
    413: "It is too large.",
}
PROBLEMS = _EVERYWHERE | _OF_SOME


class UnescapedJson(JSONRenderer):
    """Names in every script as they are."""

    media_type = "application/json"
    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


class Needs(AuthBase):
    """A token with one of these scopes. The door has recognised it before."""

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_name = "Token"

    def __init__(self, *scopes: Scope) -> None:
        self.scopes = scopes
        super().__init__()

    def __call__(self, request: HttpRequest) -> Any:
        actor = request.actor  # type: ignore[attr-defined]  # set by the door
        if self.scopes and not actor.may(*self.scopes):
            needed = " or ".join(self.scopes)
            raise Problem(
                403, "no_scope", f"This token lacks the scope {needed}. Ask the school for one that has it."
            )
        return actor


def may_fail(*statuses: int) -> dict[int, Any]:
    """The problems an operation may answer with, besides those that every one may."""
    return dict.fromkeys(sorted({*_EVERYWHERE, *statuses}), ProblemShape)


class OpenDoor(NinjaAPI):
    """Its errors are problem details, and its description says so."""

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        """As OpenAPI 3.1, the same on every server."""
        schema = super().get_openapi_schema(path_prefix=PREFIX.rstrip("/"))
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400:
                        response["description"] = PROBLEMS[int(status)]
                        response["content"] = {MEDIA_TYPE: response["content"].pop("application/json")}
                if operation["operationId"] in CREATING:
                    operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
        return schema


CREATING = {"create_notice", "hand_over_roster", "take_roster"}
IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "A name of yours for this request: come twice within 24 hours, it is done once.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[A-Za-z0-9_.:-]+$"},
}

api = OpenDoor(
    title="Porchlight",
    version="1",
    description=ABOUT,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api_v1",
    renderer=UnescapedJson(),
)


@api.exception_handler(Problem)
def _problem(_request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem.response()


@api.exception_handler(Http404)
def _nothing(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return not_there().response()


@api.exception_handler(PermissionDenied)
def _not_theirs(_request: HttpRequest, _error: PermissionDenied) -> HttpResponse:
    return Problem(
        403,
        "not_theirs",
        "The colleague who made this token may not do this. Ask the office or a leader to make one.",
    ).response()


@api.exception_handler(ValidationError)
def _not_understood(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [
        {"where": ".".join(str(part) for part in one["loc"]), "what": str(one["msg"])} for one in error.errors
    ]
    return Problem(
        422, "not_understood", "Mend what “faults” names and send it again.", faults=faults
    ).response()


@api.exception_handler(HttpError)
def _unreadable(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return Problem(
        error.status_code, "unreadable", "The body is not what its Content-Type says. Send JSON in UTF-8."
    ).response()
