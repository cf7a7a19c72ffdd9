"""A notice after it was released: how it fares, undo, and the second person's yes."""

from __future__ import annotations

from django.contrib import messages as flash
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from porchlight.conversations.carried import SOON
from porchlight.conversations.checking import holds_back
from porchlight.conversations.models import CheckReason, Notice
from porchlight.conversations.notices import NoticeRefused, approve
from porchlight.conversations.owning import may_stop
from porchlight.conversations.report import report_on
from porchlight.conversations.taking_back import undo, undo_until
from porchlight.delivery.by_hand.entrusting import sees_numbers
from porchlight.design.parts import Share
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.live.versions import Topic, listen_at
from porchlight.toolbox import school_time
from porchlight.toolbox.scripts import autonym


@require_safe
@staff_page()
def notice(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """How it went out, what families said, and each home not reached with its next step."""
    live = listen_at(request.school, Topic.NOTICES)
    row = get_object_or_404(Notice.objects.visible_to(actor).select_related("by"), key=key)
    return render(request, "conversations/notice.html", {**_fares(row, actor), "live": live})


@require_safe
@staff_page()
def fares(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """The same without its frame: swapped in when something came further."""
    row = get_object_or_404(Notice.objects.visible_to(actor).select_related("by"), key=key)
    return render(request, "conversations/notice_fares_part.html", _fares(row, actor))


def _fares(row: Notice, actor: Actor) -> dict[str, object]:
    now = school_time.now()
    report = report_on(row, actor=actor)
    counts = report.counts()
    until = undo_until(row)
    is_due = row.sent_at is None and row.undone_at is None and row.goes_at <= now
    translating = row.released_at is not None and is_due and not _waits_for_approval(row)
    held = (
        row.checks.waiting().filter(reason=CheckReason.MATTERS)
        if translating and holds_back(notice=row)
        else row.checks.none()
    )
    can_undo = translating or (until is not None and now <= until)
    stands = row.sent_at is not None and row.undone_at is None and row.stopped_at is None
    answer_for_home = report.tally is not None and report.tally.by_home
    return {
        "notice": row,
        "translating": translating,
        "to_be_read": [autonym(one.target) for one in held],
        "report": report,
        "counts": counts,
        "shares": [
            Share(_("Their home answered") if answer_for_home else _("Answered"), counts["answered"], "c1"),
            Share(_("Arrived, no answer"), counts["arrived"], "c2"),
            Share(_("Sent, cannot know more"), counts["sent"], "c3"),
            Share(_("On its way"), counts["on_way"], "c4"),
            Share(_("Not reached"), counts["not_reached"], "c5"),
        ],
        "can_undo": can_undo,
        "can_stop": stands and not can_undo and may_stop(row, actor),
        "may_carry": sees_numbers(actor),
        "undo_until": until,
        "sleeps": row.sent_at is not None and until is not None and until > now + SOON,
        "waits_for_approval": _waits_for_approval(row),
        "may_approve": actor.is_one_of(Role.LEADER, Role.OFFICE) and actor.post_id != row.by_id,
    }


def _waits_for_approval(row: Notice) -> bool:
    return row.needs_approval and not hasattr(row, "approval")


@require_POST
@staff_page()
def withdrawal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Take it back while that is possible."""
    row = get_object_or_404(Notice.objects.visible_to(actor), key=key)
    try:
        with transaction.atomic():
            stopped = undo(row, by=actor, now=school_time.now())
        flash.success(request, _("Taken back. %(count)s messages stay here.") % {"count": stopped})
    except NoticeRefused as refused:
        flash.error(request, str(refused))
    return redirect("conversations:notice", school=request.school.slug, key=key)


@require_POST
@staff_page(Role.LEADER, Role.OFFICE)
def approval(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """The second person says yes."""
    row = get_object_or_404(Notice.objects.visible_to(actor).waiting_for_approval(), key=key)
    try:
        with transaction.atomic():
            approve(row, by=actor, now=school_time.now())
        flash.success(request, _("Thank you. It goes out now, or at its hour."))
    except NoticeRefused as refused:
        flash.error(request, str(refused))
    return redirect("conversations:notice", school=request.school.slug, key=key)
