"""What a token may ask about itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Router, Schema

from porchlight.api.description import Needs, may_fail
from porchlight.api.door import ApiRequest

router = Router(tags=["Token"])


class TokenOut(Schema):
    """This token: whose school it opens, what it may, until when."""

    label: str
    school: str
    school_name: str
    timezone: str
    language: str
    scopes: list[str]
    per_minute: int
    expires_at: datetime


@router.get("/token", response={200: TokenOut, **may_fail()}, auth=Needs())
def get_token(request: ApiRequest) -> Any:
    """What the token that was sent may do."""
    token, school = request.token, request.school
    return {
        "label": token.label,
        "school": school.slug,
        "school_name": school.name,
        "timezone": school.timezone,
        "language": school.language,
        "scopes": sorted(request.actor.scopes),
        "per_minute": token.per_minute,
        "expires_at": token.expires_at,
    }
