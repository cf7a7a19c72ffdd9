"""What home and school say to each other: threads, messages, and how the words fared on their way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from porchlight.api.carried import delivery_id, messages_in
from porchlight.api.description import Needs, may_fail
from porchlight.api.door import ApiRequest
from porchlight.api.paging import A_KEY, Id, Page, Part, page
from porchlight.conversations.models import Message, Thread
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import Delivery
from porchlight.schools.actors import Scope

router = Router(tags=["Messages"])


class ThreadOut(Schema):
    """One guardian and one student."""

    id: str
    guardian: str
    student: str
    created_at: datetime


class MessageOut(Schema):
    """`author` is staff, guardian, student or school; `tier` is 1 for routine words, 2 for personal ones."""

    id: str
    thread: str
    author: str
    staff: str | None
    notice: str | None
    text: str
    language: str
    tier: int
    channel: str
    said_at: datetime
    taken_back_at: datetime | None


class DeliveryOut(Schema):
    """One way some words went to one adult. `stopped` says why it will not leave (again); empty, it may or has."""

    id: str
    messages: list[str]
    guardian: str | None
    channel: str
    status: str
    stopped: str
    code: str
    due_at: datetime
    sent_at: datetime | None
    status_at: datetime | None


@router.get("/threads", response={200: Page[ThreadOut], **may_fail()}, auth=Needs(Scope.MESSAGES))
def list_threads(
    request: ApiRequest,
    part: Query[Part],
    student: Annotated[str, Query(max_length=40, pattern=A_KEY, description="Id of a student.")] = "",
) -> Any:
    """Threads."""
    rows = Thread.objects.visible_to(request.actor).select_related("guardian", "student")
    return page(rows.filter(student__key=student) if student else rows, part, _threads)


@router.get("/threads/{id}", response={200: ThreadOut, **may_fail(404)}, auth=Needs(Scope.MESSAGES))
def get_thread(request: ApiRequest, id: Id) -> Any:
    """One thread."""
    rows = Thread.objects.visible_to(request.actor).select_related("guardian", "student")
    return _threads([get_object_or_404(rows, key=id)])[0]


@router.get("/messages", response={200: Page[MessageOut], **may_fail()}, auth=Needs(Scope.MESSAGES))
def list_messages(
    request: ApiRequest,
    part: Query[Part],
    thread: Annotated[str, Query(max_length=40, pattern=A_KEY, description="Id of a thread.")] = "",
) -> Any:
    """Messages, in the order they came to Porchlight."""
    rows = Message.objects.visible_to(request.actor).select_related("thread", "staff", "notice")
    return page(rows.filter(thread__key=thread) if thread else rows, part, _messages)


@router.get("/messages/{id}", response={200: MessageOut, **may_fail(404)}, auth=Needs(Scope.MESSAGES))
def get_message(request: ApiRequest, id: Id) -> Any:
    """One message."""
    rows = Message.objects.visible_to(request.actor).select_related("thread", "staff", "notice")
    return _messages([get_object_or_404(rows, key=id)])[0]


@router.get(
    "/deliveries",
    response={200: Page[DeliveryOut], **may_fail()},
    auth=Needs(Scope.DELIVERIES),
    tags=["Deliveries"],
)
def list_deliveries(
    request: ApiRequest,
    part: Query[Part],
    message: Annotated[str, Query(max_length=40, pattern=A_KEY, description="Id of a message.")] = "",
) -> Any:
    """How messages fared on their way. Codes and links by which people come in are not among them."""
    rows = Delivery.objects.visible_to(request.actor).select_related("parcel__guardian")
    if message:
        rows = rows.filter(parcel__messages__message__key=message)
    return page(rows, part, _deliveries)


def _threads(found: Sequence[Thread]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.key,
            "guardian": one.guardian.key,
            "student": one.student.key,
            "created_at": one.created_at,
        }
        for one in found
    ]


def _messages(found: Sequence[Message]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.key,
            "thread": one.thread.key,
            "author": one.author,
            "staff": one.staff.key if one.staff else None,
            "notice": one.notice.key if one.notice else None,
            "text": one.text,
            "language": one.language,
            "tier": one.tier,
            "channel": one.channel,
            "said_at": one.said_at,
            "taken_back_at": one.undone_at,
        }
        for one in found
    ]


def _deliveries(found: Sequence[Delivery]) -> list[dict[str, Any]]:
    carried = messages_in(found[0].school_id, [one.parcel_id for one in found]) if found else {}
    return [
        {
            "id": delivery_id(one.pk),
            "messages": carried.get(one.parcel_id, []),
            "guardian": one.parcel.guardian.key if one.parcel.guardian else None,
            "channel": one.channel,
            "status": Status(one.status).name.lower(),
            "stopped": one.stopped,
            "code": one.code,
            "due_at": one.due_at,
            "sent_at": one.sent_at,
            "status_at": one.status_at,
        }
        for one in found
    ]
