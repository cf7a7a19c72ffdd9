"""For whoever speaks a home's language: words that no machine can say, to be recorded for the call."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from porchlight.conversations.forms import RecordedForm
from porchlight.conversations.recording import first_written, homes_waiting, keep_recording
from porchlight.conversations.views.listening import recorded
from porchlight.delivery.models import Recording
from porchlight.delivery.talking.recording import TooLate, was_asked
from porchlight.design.parts import Saying
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def to_record(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """One text to say; said, it is over for everybody who was asked."""
    row = Recording.objects.visible_to(actor).waiting().filter(key=key).first()
    if row is None:
        return _was_over(request, actor, key)
    form = RecordedForm(request.POST, request.FILES) if request.method == "POST" else RecordedForm()
    if request.method == "POST" and form.is_valid():
        now = school_time.now()
        try:
            kept = recorded(
                form, lambda content, size: keep_recording(row, content=content, size=size, by=actor, now=now)
            )
        except TooLate:
            return _was_over(request, actor, key)
        if kept is not None:
            flash.success(request, _("Thank you. They are rung in their hours, and hear your voice."))
            return redirect("conversations:listening", school=request.school.slug)
    first = first_written(row)
    page = {
        "row": row,
        "form": form,
        "words": Saying(row.text, row.text_language),
        "written": Saying(first.text, first.language) if first and first.text != row.text else None,
        "homes": homes_waiting(row),
    }
    return render(request, "conversations/to_record.html", page, status=422 if form.errors else 200)


def _was_over(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """A colleague was quicker, or it goes another way by now. Whoever was never asked finds nothing."""
    if request.method != "POST" or not was_asked(key, actor):
        raise Http404
    flash.warning(
        request, _("These words need no recording any more: a colleague was quicker, or they go another way.")
    )
    return redirect("conversations:listening", school=request.school.slug)
