"""What went wrong, as RFC 9457 has it: what it is, and what to do about it. In English, for those who program."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from ninja import Schema

MEDIA_TYPE = "application/problem+json"


class Fault(Schema):
    """One part of the request that cannot be taken."""

    where: str
    what: str


class ProblemShape(Schema):
    """As RFC 9457 has it. `code` is for programs, `detail` says what to do, `faults` name which part."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    faults: list[Fault] = []


@dataclass
class Problem(Exception):
    """Ends a request: `Problem(403, "no_scope", "This token …")`."""

    status: int
    code: str
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict)
    faults: Sequence[Mapping[str, str]] = ()

    def response(self) -> HttpResponse:
        """As it is sent."""
        body: dict[str, Any] = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            "faults": list(self.faults),
        }
        text = json.dumps(body, ensure_ascii=False)
        return HttpResponse(text, status=self.status, content_type=MEDIA_TYPE, headers=dict(self.headers))


def not_there() -> Problem:
    """The same for what is not there and what this token may not see."""
    return Problem(
        404, "not_there", "There is nothing here for this token. Take ids from the lists it may read."
    )
