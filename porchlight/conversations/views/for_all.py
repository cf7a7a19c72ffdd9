"""Answer one family's question for the whole class: write, take out what tells who asked, look, send."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from porchlight.conversations import looked
from porchlight.conversations.for_all import answer_for_all, classes_for, draft_for
from porchlight.conversations.for_all_form import ForAllForm
from porchlight.conversations.models import Message
from porchlight.conversations.notices import NoticeRefused
from porchlight.conversations.views.compose import WRITERS
from porchlight.conversations.views.looking import look
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*WRITERS)
def for_all(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Sending needs the mark of a look at the very same words."""
    rows = Message.objects.visible_to(actor).standing().from_home()
    question = get_object_or_404(
        rows.select_related("thread__student", "thread__guardian", "thread__school"), key=key
    )
    now = school_time.now()
    classes = classes_for(question, actor=actor, now=now)
    if not classes:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = ForAllForm(data, question=question, classes=classes)
    page: dict[str, Any] = {"question": question, "form": form}
    if data is None or not form.is_valid():
        status = 200 if data is None else 422
        return render(request, "conversations/for_all.html", page, status=status)
    told = form.cleaned_data["told"]
    draft = draft_for(
        school=request.school, classes=form.chosen, told=told, answer=form.cleaned_data["answer"]
    )
    press = looked.press_of(request.POST.get("looked", ""), draft, by=actor)
    if press is None or "send" not in request.POST:
        page |= {"seen": look(draft, school=request.school, actor=actor), "draft": draft}
        return render(request, "conversations/for_all.html", page)
    try:
        with transaction.atomic():
            notice = answer_for_all(question, draft, told=told, by=actor, now=now, press=press)
    except NoticeRefused as refused:
        form.add_error(None, str(refused))
        return render(request, "conversations/for_all.html", page, status=422)
    return redirect("conversations:notice", school=request.school.slug, key=notice.key)
