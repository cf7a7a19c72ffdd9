"""The bad morning: one person, a phone, ten to six. Why, a look, send; and owning it when it was wrong."""

from __future__ import annotations

from django.contrib import messages as flash
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from porchlight.conversations import looked
from porchlight.conversations.audience import MAY_WRITE_TO_THE_SCHOOL
from porchlight.conversations.closed_form import ClosedForm
from porchlight.conversations.forms import SorryForm
from porchlight.conversations.models import Notice
from porchlight.conversations.notices import NoticeRefused
from porchlight.conversations.owning import may_stop, spread_of, stop_and_own, words_for
from porchlight.conversations.taking_back import undo_until
from porchlight.conversations.views.looking import look, send_looked
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*MAY_WRITE_TO_THE_SCHOOL)
def closed(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Choose why, look at it, send it."""
    form = ClosedForm(request.POST or None, actor=actor, school=request.school, now=school_time.now())
    if request.method != "POST":
        return render(request, "conversations/closed.html", {"form": form})
    if not form.is_valid():
        return render(request, "conversations/closed.html", {"form": form}, status=422)
    draft = form.draft()
    press = looked.press_of(request.POST.get("looked", ""), draft, by=actor)
    if press is not None and "send" in request.POST:
        try:
            notice = send_looked(draft, school=request.school, by=actor, press=press)
            return redirect("conversations:notice", school=request.school.slug, key=notice.key)
        except NoticeRefused as refused:
            form.add_error(None, str(refused))
            return render(request, "conversations/closed.html", {"form": form}, status=422)
    seen = look(draft, school=request.school, actor=actor)
    return render(request, "conversations/closed.html", {"form": form, "seen": seen, "draft": draft})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def mistake(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """It is past undo: stop what has not left, say sorry to those it reached."""
    notice = get_object_or_404(Notice.objects.visible_to(actor).select_related("school"), key=key)
    if not may_stop(notice, actor):
        raise PermissionDenied
    now = school_time.now()
    until = undo_until(notice)
    if notice.sent_at is None or notice.undone_at is not None or (until is not None and now <= until):
        return redirect("conversations:notice", school=request.school.slug, key=key)
    form = SorryForm(request.POST or None, initial={"text": words_for(notice).text})
    if request.method != "POST" or not form.is_valid():
        page = {"notice": notice, "spread": spread_of(notice), "form": form}
        return render(request, "conversations/mistake.html", page, status=422 if form.errors else 200)
    sorry = stop_and_own(notice, text=form.cleaned_data["text"], by=actor, now=now)
    if sorry is None:
        flash.success(request, _("Stopped. It had reached nobody."))
        return redirect("conversations:notice", school=request.school.slug, key=key)
    told = spread_of(sorry)
    adults = told.left + told.here
    said = ngettext(
        "Stopped. %(n)s adult it reached is told that it was a mistake.",
        "Stopped. %(n)s adults it reached are told that it was a mistake.",
        adults,
    )
    flash.success(request, said % {"n": adults})
    return redirect("conversations:notice", school=request.school.slug, key=sorry.key)
