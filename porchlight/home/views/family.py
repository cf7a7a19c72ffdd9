"""The family's week: what was said to them lately, good news first, with what is asked of them."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from porchlight.conversations.forms import ReplyForm
from porchlight.conversations.models import Author, Kind, Message
from porchlight.conversations.showing import ask_of, for_showing
from porchlight.conversations.views.family import after_proof, my_ties, not_proved, puts, take
from porchlight.delivery.news import public_key
from porchlight.meetings.rounds.listing import open_to
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, guardian_page, show_who_again
from porchlight.toolbox import school_time

A_WEEK = timedelta(days=7)
MOST = 6  # messages on the first page; the rest stand in the thread


@require_http_methods(["GET", "HEAD", "POST"])
@guardian_page()
def week(request: SchoolRequest, actor: Actor) -> HttpResponseBase:
    """Something kind first, then open questions, then the rest of the week."""
    ties = list(my_ties(request, actor))
    chosen = next((tie for tie in ties if tie.student.key == request.GET.get("child")), None)
    tie = chosen or next(iter(ties), None)
    if tie is None:
        return render(request, "home/week_empty.html")
    bound, reply = None, ReplyForm()
    if request.method == "POST":
        if not_proved(request, actor):
            return show_who_again(request)
        bound, reply = take(request, actor, tie)
        if bound is None and not reply.errors:
            return redirect(request.get_full_path())
    since = school_time.now() - A_WEEK
    rows = (
        Message.objects.visible_to(actor)
        .standing()
        .filter(thread__student=tie.student_id, said_at__gte=since)
    )
    rows, personal = after_proof(request, rows)
    told = rows.exclude(author__in=[Author.GUARDIAN, Author.STUDENT])
    latest = sorted(for_showing(told.order_by("-said_at", "-pk")[:MOST]), key=_kind_first)
    page = {
        "student": tie.student,
        "children": [one.student for one in ties],
        "classes": tie.student.class_names(),
        "puts": puts(request, actor, tie, latest, bound),
        "reply": reply,
        "personal": personal,
        "rounds": open_to(actor, now=school_time.now()),
        "push_key": public_key(request.school),
        "heard_lately": rows.filter(author=Author.GUARDIAN, thread__guardian=actor.post_id).exists(),
    }
    return render(request, "home/week.html", page, status=422 if request.method == "POST" else 200)


def _kind_first(message: Message) -> int:
    """Good news opens the page; a question comes next."""
    if message.kind == Kind.GOOD_NEWS:
        return 0
    return 1 if ask_of(message) is not None else 2
