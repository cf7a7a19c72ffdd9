"""The office promises a family that asked for a call a time, and a name."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from porchlight.conversations.call_list import waiting_for_a_call
from porchlight.meetings.arranging import Taken
from porchlight.meetings.hours.calls import NotTheirWish, promise_call, who_and_about, windows
from porchlight.meetings.hours.moving import call_off_and_tell
from porchlight.meetings.models import CallBack
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import StaffMember
from porchlight.toolbox import school_time


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def promise(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """When a teacher of the child may ring them, by their own hours, by whom they wish; one tap promises it."""
    now = school_time.now()
    item = get_object_or_404(waiting_for_a_call(actor), key=key)
    found = [
        (tie, slot, StaffMember.objects.visible_to(actor).get(pk=slot.staff))
        for tie in who_and_about(item, now=now)
        for slot in windows(tie.guardian, tie.student, now=now)
    ]
    if request.method == "POST":
        chosen = request.POST.get("slot", "")
        for tie, slot, staff in found:
            if f"{tie.student.key}:{staff.key}:{slot.code}" == chosen:
                try:
                    before = CallBack.objects.visible_to(actor).waiting().filter(item=item)
                    for row in before.select_related("meeting"):
                        call_off_and_tell(row.meeting, by=actor, now=now)
                    promise_call(
                        guardian=tie.guardian, student=tie.student, staff=staff, starts_at=slot.starts_at,
                        ends_at=slot.ends_at, by=actor, now=now, item=item,
                    )  # fmt: skip
                except (Taken, NotTheirWish):
                    break
                flash.success(request, _("Promised. The family and your colleague know it."))
                return redirect("conversations:calls", school=request.school.slug)
        flash.warning(request, _("That time is not free any more. Choose another."))
    return render(request, "meetings/promise.html", {"item": item, "found": found})
