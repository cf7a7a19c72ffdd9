"""Questions and what homes said to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from porchlight.api.description import Needs, may_fail
from porchlight.api.door import ApiRequest
from porchlight.api.paging import Id, Page, Part, page
from porchlight.conversations.models import Answer, Ask
from porchlight.schools.actors import Scope

router = Router(tags=["Questions"])


class Choice(Schema):
    """One of several answers; `labels` by language. A time has `at` in place of labels."""

    key: str
    labels: dict[str, str]
    at: datetime | None = None


class AskOut(Schema):
    """A question. `answer_from` is household or each_guardian."""

    id: str
    notice: str | None
    message: str | None
    shape: str
    options: list[Choice]
    answer_from: str
    created_at: datetime
    closes_at: datetime | None
    closed_at: datetime | None


class AnswerOut(Schema):
    """What a home said. Of several in one thread the last that was accepted counts: `counts` says which.

    `keys` are those of the options chosen; else yes or no, seen, spoken, signed or withdrawn (a signature taken back).
    Who signed stands in `text`; where it was said aloud, `spoken` is the message that holds it.
    """

    id: str
    thread: str
    guardian: str
    student: str
    keys: list[str]
    number: Decimal | None
    text: str
    spoken: str | None
    at: datetime
    accepted: bool
    counts: bool


@router.get("/asks", response={200: Page[AskOut], **may_fail()}, auth=Needs(Scope.ANSWERS))
def list_asks(request: ApiRequest, part: Query[Part]) -> Any:
    """Questions that were put to homes."""
    return page(Ask.objects.visible_to(request.actor).select_related("notice", "message"), part, _asks)


@router.get("/asks/{id}", response={200: AskOut, **may_fail(404)}, auth=Needs(Scope.ANSWERS))
def get_ask(request: ApiRequest, id: Id) -> Any:
    """One question."""
    rows = Ask.objects.visible_to(request.actor).select_related("notice", "message")
    return _asks([get_object_or_404(rows, key=id)])[0]


@router.get("/asks/{id}/answers", response={200: Page[AnswerOut], **may_fail(404)}, auth=Needs(Scope.ANSWERS))
def list_answers(request: ApiRequest, id: Id, part: Query[Part]) -> Any:
    """Every answer, in the order they came."""
    ask = get_object_or_404(Ask.objects.visible_to(request.actor), key=id)
    rows = Answer.objects.visible_to(request.actor).filter(ask=ask)
    return page(
        rows.select_related("thread__guardian", "thread__student", "spoken"),
        part,
        lambda found: _answers(found, set(rows.counting().values_list("pk", flat=True))),
    )


def _asks(found: Sequence[Ask]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.key,
            "notice": one.notice.key if one.notice else None,
            "message": one.message.key if one.message else None,
            "shape": one.shape,
            "options": one.options,
            "answer_from": one.answer_from,
            "created_at": one.created_at,
            "closes_at": one.closes_at,
            "closed_at": one.closed_at,
        }
        for one in found
    ]


def _answers(found: Sequence[Answer], counting: set[int]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.key,
            "thread": one.thread.key,
            "guardian": one.thread.guardian.key,
            "student": one.thread.student.key,
            "keys": one.keys,
            "number": one.number,
            "text": one.text,
            "spoken": one.spoken.key if one.spoken else None,
            "at": one.at,
            "accepted": one.accepted,
            "counts": one.pk in counting,
        }
        for one in found
    ]
