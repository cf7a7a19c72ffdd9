"""Good news first: three homes, a look at what goes, and one press that sends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages as flash
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from porchlight.conversations import good_news, looked
from porchlight.conversations.marking import keep_marks
from porchlight.conversations.models import Mark, Message
from porchlight.conversations.views.compose import WRITERS
from porchlight.families.models import Student, own_children
from porchlight.home.good_news import picked, picks, said_lately
from porchlight.home.good_news_form import MarksForm, NotesForm, called, keys_in
from porchlight.home.good_news_looked import as_shown
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time

LONGEST = 6  # digits of “after so many children”


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*WRITERS)
def notes(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Write, look, send. Sending needs the mark of a look at the very same words."""
    if request.method == "POST":
        return _write(request, actor)
    now = school_time.now()
    after = request.GET.get("after", "")
    found = picks(
        request.school, actor, now=now, after=int(after) if after.isdecimal() and len(after) < LONGEST else 0
    )
    page = {
        "form": NotesForm(None, picks=found.shown, school=request.school, now=now),
        "picks": found,
        "aloud": [(pick.key, called(pick, found.shown)) for pick in found.shown],
        "next": found.after + len(found.shown),
        "said": said_lately(actor, now=now),
    }
    return render(request, "home/good_news.html", page)


def _write(request: SchoolRequest, actor: Actor) -> HttpResponse:
    now = school_time.now()
    chosen = picked(request.school, actor, keys_in(request.POST), now=now)
    form = NotesForm(request.POST, picks=chosen, school=request.school, now=now)
    if not form.is_valid():
        return render(request, "home/good_news.html", {"form": form}, status=422)
    news = form.news()
    press = looked.press_of(request.POST.get("looked", ""), news, by=actor)
    if press is not None and "send" in request.POST:
        _say(request, good_news.send(news, school=request.school, by=actor, now=now, press=press))
        return redirect("home:good_news", school=request.school.slug)
    seen = good_news.look_at(news, school=request.school, by=actor, now=now)
    form.refuse(seen)
    if form.errors:
        return render(request, "home/good_news.html", {"form": form}, status=422)
    page: dict[str, Any] = {
        "form": form,
        "seen": as_shown(seen, school=request.school, now=now),
        "mark": looked.mark(news, by=actor),
    }
    return render(request, "home/good_news.html", page)


def _say(request: SchoolRequest, told: Sequence[Message]) -> None:
    if told:
        words = ngettext("One home hears something good.", "%(n)s homes hear something good.", len(told))
        flash.success(request, words % {"n": len(told)})
    else:
        flash.info(request, _("These words were sent already. Nothing was sent twice."))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*WRITERS)
def first(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Of which children homes should hear good news first: a colleague's own, seen by nobody else."""
    children: QuerySet[Student] = Student.objects.visible_to(actor).on_roll()
    children = children.exclude(pk__in=own_children(actor)).order_by("name", "pk")
    standing = Mark.objects.visible_to(actor).standing()
    marked = list(standing.values_list("student__key", flat=True))
    form = MarksForm(request.POST or None, among=children, marked=marked)
    if request.method == "POST" and (not request.POST.getlist("children") or form.is_valid()):
        keys = set(request.POST.getlist("children"))
        among = list(children)
        keep_marks(
            on=[child for child in among if child.key in keys], among=among, by=actor, now=school_time.now()
        )
        flash.success(request, _("Kept. Only you see this."))
        return redirect("home:good_news", school=request.school.slug)
    return render(request, "home/good_news_first.html", {"form": form}, status=422 if form.errors else 200)
