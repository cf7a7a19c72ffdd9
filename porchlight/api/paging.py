"""Long lists come in parts, in an order that never changes: by when a row was made, each part naming where it ends."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Annotated, Any

from django.core import signing
from django.db import models
from ninja import Path, Query, Schema

from porchlight.api.problems import Problem

MOST, USUAL = 200, 50
SALT = "api.paging"


A_KEY = "^[-a-zA-Z0-9_]*$"  # behind the question mark, or nothing
Id = Annotated[str, Path(pattern="^[-a-zA-Z0-9_]+$", max_length=40)]  # a key of ours in an address


class Page[S: Schema](Schema):
    """One part of a list. `next` is the `after` of the part that follows; null when there is none."""

    items: list[S]
    next: str | None


class Part(Schema):
    """Which part of a list is wanted."""

    limit: Annotated[int, Query(ge=1, le=MOST)] = USUAL
    after: Annotated[str, Query(max_length=200)] = ""


def page[M: models.Model](
    rows: models.QuerySet[M], part: Part, shown: Callable[[list[M]], list[dict[str, Any]]]
) -> dict[str, Any]:
    """The part of `rows` that was asked for; `shown` makes all its items at once. Raises Problem."""
    after = _read(part.after)
    found = list(rows.filter(pk__gt=after).order_by("pk")[: part.limit + 1])
    here = found[: part.limit]
    more = len(found) > len(here)
    return {"items": shown(here), "next": _written(here[-1].pk) if more else None}


def _written(pk: int) -> str:
    signed = signing.Signer(salt=SALT).sign(str(pk))
    return urlsafe_b64encode(signed.encode()).decode().rstrip("=")


def _read(after: str) -> int:
    if not after:
        return 0
    try:
        signed = urlsafe_b64decode(after + "=" * (-len(after) % 4)).decode()
        return int(signing.Signer(salt=SALT).unsign(signed))
    except (ValueError, signing.BadSignature):
        raise Problem(
            422,
            "bad_cursor",
            "“after” is not one that a list gave you. Leave it out to begin at the start.",
            faults=[{"where": "query.after", "what": "not a cursor of ours"}],
        ) from None
