"""The office's newsletter: composed, looked at, changed, sent."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from porchlight.conversations import looked
from porchlight.conversations.views.looking import look
from porchlight.schools.actors import KEEPERS, Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time
from porchlight.updates import newsletters
from porchlight.updates.forms import TextForm
from porchlight.updates.views.sending import sent


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def newsletter(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """This month's. Sending needs the mark of a look at the very same words."""
    now = school_time.now()
    row = newsletters.this_month(request.school, now=now)
    posted = request.method == "POST" and row.notice_id is None
    if posted and "text" in request.POST:
        form = TextForm(request.POST)
        if not form.is_valid():
            return render(request, "updates/newsletter.html", {"row": row, "form": form}, status=422)
        newsletters.keep_text(row, form.cleaned_data["text"], by=actor, now=now)
    words = newsletters.words_of(row, now=now)
    page: dict[str, Any] = {
        "row": row,
        "words": words,
        "form": TextForm(initial={"text": words.text if words else ""}),
    }
    if not posted or words is None:
        return render(request, "updates/newsletter.html", page)
    draft = newsletters.draft_of(row, words)
    press = looked.press_of(request.POST.get("looked", ""), draft, by=actor)
    if press is None or "send" not in request.POST:
        page |= {"seen": look(draft, school=request.school, actor=actor), "draft": draft}
        return render(request, "updates/newsletter.html", page)
    send = partial(newsletters.send, row, words, draft, by=actor, now=now, press=press)
    return sent(request, "updates/newsletter.html", page, send)
