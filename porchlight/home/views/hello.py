"""Hello week: the teacher's handful of today, and the page that shows the week filling up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.conversations import good_news, looked
from porchlight.conversations.models import Message
from porchlight.conversations.views.compose import WRITERS
from porchlight.delivery.by_hand.entrusting import sees_numbers
from porchlight.delivery.by_hand.lists import waiting
from porchlight.delivery.gateways.by_hand import TAPPED
from porchlight.home.desk import LONGEST_STREET, shares, shut_rows
from porchlight.home.good_news_looked import as_shown
from porchlight.home.hello import filling, handful
from porchlight.home.hello_form import HelloForm, PaceForm, filled_in
from porchlight.schools.actors import KEEPERS, Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time
from porchlight.welcome.hello_week import end, start
from porchlight.welcome.models import HelloWeek


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*WRITERS)
def hello(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Three minutes: one thing seen for each of a few homes; looked at, then sent."""
    week = HelloWeek.objects.visible_to(actor).running().first()
    if week is None:
        return render(request, "home/hello_none.html")
    now = school_time.now()
    today = handful(week, request.school, actor, now=now)
    data = request.POST if request.method == "POST" else None
    form = HelloForm(data, picks=today.picks, school=request.school, now=now)
    page: dict[str, Any] = {"form": form, "today": today}
    if request.method != "POST":
        return render(request, "home/hello.html", page)
    if not filled_in(request.POST) & {pick.key for pick in today.picks} and filled_in(request.POST):
        flash.info(request, _("These homes have had their hello. Nothing was sent twice."))
        return redirect("home:hello", school=request.school.slug)
    if not form.is_valid():
        return render(request, "home/hello.html", page, status=422)
    news = form.news(actor.name)
    press = looked.press_of(request.POST.get("looked", ""), news, by=actor)
    if press is not None and "send" in request.POST:
        _say(request, good_news.send(news, school=request.school, by=actor, now=now, press=press))
        by_hand = sees_numbers(actor) and waiting(actor, TAPPED).exists()
        return redirect("delivery:tap_list" if by_hand else "home:hello", school=request.school.slug)
    seen = good_news.look_at(news, school=request.school, by=actor, now=now)
    form.refuse(seen)
    if form.errors:
        return render(request, "home/hello.html", page, status=422)
    page |= {"seen": as_shown(seen, school=request.school, now=now), "mark": looked.mark(news, by=actor)}
    return render(request, "home/hello.html", page)


def _say(request: SchoolRequest, told: Sequence[Message]) -> None:
    words = ngettext("One home has its hello.", "%(n)s homes have their hello.", len(told))
    flash.success(request, words % {"n": len(told)})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def week(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Home by home, how the week fills up; who leads the school or keeps its office also begins it here."""
    running = HelloWeek.objects.visible_to(actor).running().first()
    may_keep = actor.is_one_of(*KEEPERS)
    now = school_time.now()
    form = PaceForm(request.POST or None, initial={"a_day": running.a_day} if running else None)
    if request.method == "POST" and may_keep and form.is_valid():
        start(school=request.school, a_day=form.cleaned_data["a_day"], by=actor, now=now)
        flash.success(request, _("Hello week is on. Each teacher finds a handful of homes at the desk."))
        return redirect("home:hello_week", school=request.school.slug)
    page: dict[str, Any] = {"week": running, "form": form if may_keep else None}
    if running is not None:
        filled = filling(running, request.school, actor, now=now)
        page |= {
            "filling": filled,
            "street": [home.light for home in filled.homes] if len(filled.homes) <= LONGEST_STREET else [],
            "shares": shares(Counter(home.light for home in filled.homes)),
            "shut": shut_rows(request.school, filled.in_the_way),
            "may_write": actor.is_one_of(*WRITERS),
        }
    return render(request, "home/hello_week.html", page, status=422 if form.errors else 200)


@require_POST
@staff_page(*KEEPERS)
def ending(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """No more handfuls."""
    running = get_object_or_404(HelloWeek.objects.visible_to(actor), key=key)
    end(running, by=actor, now=school_time.now())
    flash.success(request, _("Hello week is over. What was said stays where it is."))
    return redirect("home:hello_week", school=request.school.slug)
