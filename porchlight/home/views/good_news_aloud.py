"""Good news in a teacher's own voice: one home, how and when it gets there, a recording, and it is sent."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from porchlight.conversations import good_news
from porchlight.conversations.forms import SpokenForm
from porchlight.conversations.views.compose import WRITERS
from porchlight.conversations.views.listening import recorded
from porchlight.home.good_news import picked
from porchlight.home.good_news_looked import as_shown
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time
from porchlight.toolbox.keys import random_key


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*WRITERS)
def aloud(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Everything is on the page before the recording; pressing sends it."""
    now = school_time.now()
    pick = next(iter(picked(request.school, actor, [key], now=now)), None)
    if pick is None:
        raise Http404
    looked = good_news.aloud(tuple(tie.key for tie in pick.ties), school=request.school, by=actor, now=now)
    posted = request.method == "POST"
    form = SpokenForm(request.POST, request.FILES, auto_id="id_%s") if posted else SpokenForm(auto_id="id_%s")
    form.fields["spoken"].label = _("Your recording")
    press = request.POST.get("press") or random_key()
    if posted and form.is_valid():
        told = recorded(
            form,
            lambda content, size: good_news.send_aloud(
                looked, content=content, size=size, school=request.school, by=actor, now=now, press=press
            ),
        )
        if told is not None:
            _say(request, bool(told), reached=bool(looked.reached))
            return redirect("home:good_news", school=request.school.slug)
    page = {
        "form": form,
        "child": pick.child,
        "seen": as_shown([looked], school=request.school, now=now),
        "may_send": bool(looked.reached),
        "press": press,
    }
    return render(request, "home/good_news_aloud.html", page, status=422 if form.errors else 200)


def _say(request: SchoolRequest, told: bool, *, reached: bool) -> None:
    if told:
        flash.success(request, _("One home hears your voice."))
    elif reached:
        flash.info(request, _("This recording was sent already. Nothing was sent twice."))
    else:
        flash.warning(request, _("No words get to this home now. Nothing was sent."))
