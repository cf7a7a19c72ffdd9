"""Announcements: looked at first, then sent, by the same road as from the page for writing them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status

from porchlight.api.description import Needs, may_fail
from porchlight.api.door import ApiRequest, in_whose_name
from porchlight.api.notice_in import NoticeIn, draft_of
from porchlight.api.paging import Id, Page, Part, page
from porchlight.api.problems import Problem
from porchlight.conversations.looked import press_of
from porchlight.conversations.models import Notice
from porchlight.conversations.notices import Draft, NoticeRefused
from porchlight.conversations.views.compose import WRITERS
from porchlight.conversations.views.looking import look, send_looked
from porchlight.schools.actors import Actor, Scope
from porchlight.schools.signals import done

router = Router(tags=["Notices"])


class Left(Schema):
    """How many adults get nothing, and why."""

    why: str
    adults: int


class Text(Schema):
    """How some homes get it: by which way and in which language (`label`), how many adults, word for word."""

    label: str
    language: str
    adults: int
    subject: str
    text: str


class LookOut(Schema):
    """Exactly what would go to whom. Send `look` back with the same notice, within an hour, and it goes."""

    homes: int
    adults: int
    left_out: list[Left]
    without_adult: int
    needs_second_person: bool
    texts: list[Text]
    look: str


class NoticeSend(NoticeIn):
    """What was looked at, and the `look` that the preview gave."""

    look: str


class NoticeOut(Schema):
    """`state` is scheduled, waiting_for_approval, sent, taken_back or stopped."""

    id: str
    by: str
    kind: str
    subject: str
    text: str
    language: str
    tier: int
    state: str
    created_at: datetime
    goes_at: datetime
    sent_at: datetime | None


@router.get("/notices", response={200: Page[NoticeOut], **may_fail()}, auth=Needs(Scope.NOTICES))
def list_notices(request: ApiRequest, part: Query[Part]) -> Any:
    """Announcements that were released."""
    return page(_released(request.actor), part, _notices)


@router.get("/notices/{id}", response={200: NoticeOut, **may_fail(404)}, auth=Needs(Scope.NOTICES))
def get_notice(request: ApiRequest, id: Id) -> Any:
    """One announcement."""
    return _notices([get_object_or_404(_released(request.actor), key=id)])[0]


@router.post(
    "/notices/previews",
    response={200: LookOut, **may_fail(400, 413)},
    auth=Needs(Scope.WRITE_NOTICES),
    operation_id="preview_notice",
)
def preview(request: ApiRequest, notice: NoticeIn) -> Any:
    """Exactly what would go to whom, with the `look` without which nothing is sent. Nothing is kept."""
    author, draft = _written(request, notice)
    seen = look(draft, school=request.school, actor=author)
    tabs = [*seen.looks.own, *seen.looks.foreign]
    return {
        "homes": seen.homes,
        "adults": seen.people,
        "left_out": [{"why": why, "adults": count} for why, count in seen.reasons],
        "without_adult": len(seen.without_adult),
        "needs_second_person": seen.needs_second_person,
        "texts": [
            {
                "label": tab.label,
                "language": tab.said.language,
                "adults": tab.count or 0,
                "subject": tab.heading,
                "text": tab.said.text,
            }
            for tab in tabs
        ],
        "look": seen.mark,
    }


@router.post(
    "/notices",
    response={201: NoticeOut, **may_fail(400, 409, 413)},
    auth=Needs(Scope.WRITE_NOTICES),
    operation_id="create_notice",
)
def create(request: ApiRequest, notice: NoticeSend) -> Any:
    """Send what was looked at. It leaves after half a minute, in which a colleague can take it back.

    Above 300 homes it waits until a second person at the school has looked at it.
    """
    author, draft = _written(request, notice)
    press = press_of(notice.look, draft, by=author)
    if press is None:
        raise Problem(
            409,
            "not_looked_at",
            "“look” is not of this notice, or older than an hour. Ask for a preview and send its “look” with the very "
            "same notice.",
        )
    try:
        made = send_looked(draft, school=request.school, by=author, press=press)
    except NoticeRefused as refused:
        raise Problem(422, "refused", str(refused)) from None
    made.refresh_from_db()
    done.send(sender=Notice, verb="api.notice_sent", about=made, by=request.actor, facts={})
    return Status(201, _notices([made])[0])


def _written(request: ApiRequest, notice: NoticeIn) -> tuple[Actor, Draft]:
    """In the name of whoever made the token, within what they themselves may write."""
    author = in_whose_name(request)
    if not author.is_one_of(*WRITERS):
        raise Problem(403, "not_theirs", "The colleague who made this token writes to no families.")
    return author, draft_of(notice, school=request.school, now=request.now)


def _released(actor: Actor) -> Any:
    return Notice.objects.visible_to(actor).filter(released_at__isnull=False).select_related("by", "approval")


def _state(one: Notice) -> str:
    if one.undone_at is not None:
        return "taken_back"
    if one.stopped_at is not None:
        return "stopped"
    if one.sent_at is not None:
        return "sent"
    return "waiting_for_approval" if one.needs_approval and not hasattr(one, "approval") else "scheduled"


def _notices(found: Sequence[Notice]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.key,
            "by": one.by.key,
            "kind": one.kind,
            "subject": one.subject,
            "text": one.text,
            "language": one.language,
            "tier": one.tier,
            "state": _state(one),
            "created_at": one.created_at,
            "goes_at": one.goes_at,
            "sent_at": one.sent_at,
        }
        for one in found
    ]
