"""A class's week: what is composed, one tap to look, one to change, one to send."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.conversations import looked
from porchlight.conversations.views.compose import WRITERS
from porchlight.conversations.views.looking import look
from porchlight.schools.actors import KEEPERS, Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import SchoolClass
from porchlight.toolbox import school_time
from porchlight.updates import bank, weekly
from porchlight.updates.days import set_day
from porchlight.updates.forms import DayForm, WeekForm
from porchlight.updates.models import ClassWeek
from porchlight.updates.models.weeks import AFTERNOON, THURSDAY
from porchlight.updates.tonight import offered, set_question, words_of
from porchlight.updates.views.sending import sent


def class_of(actor: Actor, key: str) -> SchoolClass:
    """One of this colleague's, or the same 404 as everywhere."""
    rows = SchoolClass.objects.visible_to(actor).current().select_related("school")
    return get_object_or_404(rows, key=key)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*WRITERS)
def week(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Sending needs the mark of a look at the very same words."""
    now = school_time.now()
    row = weekly.this_week(class_of(actor, key), now=now)
    found = weekly.written(row, now=now)
    form = _form(request, found) if "text" in request.POST else _form(None, found)
    page: dict[str, Any] = {"row": row, "school_class": row.school_class, "found": found, "form": form}
    if request.method != "POST" or row.notice_id is not None:
        return render(request, "updates/week.html", page)
    if form.is_bound:
        if not form.is_valid():
            return render(request, "updates/week.html", page, status=422)
        found = _keep(form, found, actor)
        page |= {"found": found, "form": _form(None, found)}
    is_alone = "alone" in request.POST
    if found.is_empty and not is_alone:
        return render(request, "updates/week.html", page)
    draft = weekly.tonight_alone(found) if is_alone else weekly.draft_for(found)
    press = looked.press_of(request.POST.get("looked", ""), draft, by=actor)
    if press is None or "send" not in request.POST:
        page |= {"seen": look(draft, school=request.school, actor=actor), "draft": draft, "alone": is_alone}
        return render(request, "updates/week.html", page)
    send = partial(weekly.send, found, draft, by=actor, now=now, press=press)
    return sent(request, "updates/week.html", page, send)


def _form(request: SchoolRequest | None, found: weekly.Written) -> WeekForm:
    school_class, row = found.row.school_class, found.tonight
    language = school_class.school.language
    ours = [
        (one.name, bank.words_of(one.name, language).text) for one in offered(school_class, week=row.week)
    ]
    first = {"text": found.words.text, "shipped": row.shipped, "own": row.text}
    return WeekForm(request.POST if request is not None else None, questions=ours, initial=first)


def _keep(form: WeekForm, before: weekly.Written, actor: Actor) -> weekly.Written:
    """The question first: what it changes in the words is nobody's change of them."""
    now, row, text = school_time.now(), before.row, form.cleaned_data["text"]
    asked = words_of(before.tonight).text
    own, shipped = form.cleaned_data["own"], form.cleaned_data["shipped"]
    if own or shipped:
        tonight = set_question(row.school_class, week=row.week, shipped=shipped, text=own, by=actor)
        if text != before.words.text or row.text:
            text = text.replace(asked, words_of(tonight).text)
        else:
            text = weekly.written(row, now=now).words.text
    weekly.keep_text(row, text, by=actor, now=now)
    return weekly.written(row, now=now)


def _row_of(actor: Actor, key: str) -> ClassWeek:
    return weekly.this_week(class_of(actor, key), now=school_time.now())


@require_POST
@staff_page(*WRITERS)
def left_out(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """None this week; pressed again, it is wanted after all."""
    weekly.leave_out(_row_of(actor, key), by=actor, now=school_time.now())
    return redirect("updates:week", school=request.school.slug, key=key)


@require_POST
@staff_page(*WRITERS)
def lending(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """The school's newsletter may tell it; pressed again, it may not."""
    weekly.lend(_row_of(actor, key), by=actor, now=school_time.now())
    return redirect("updates:week", school=request.school.slug, key=key)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*WRITERS)
def day_of_class(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """When this class's update is ready."""
    return _day(request, actor, class_of(actor, key))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def day_of_school(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """When it is ready in classes that chose no day of their own."""
    return _day(request, actor, None)


def _day(request: SchoolRequest, actor: Actor, school_class: SchoolClass | None) -> HttpResponse:
    rules = weekly.rules_of(request.school)
    rule = rules.get(school_class.pk if school_class else None) or rules.get(None)
    first = {
        "weekday": rule.weekday if rule else THURSDAY,
        "hour": rule.hour if rule else AFTERNOON,
        "alone": bool(rule and rule.alone_since),
    }
    form = DayForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        set_day(
            request.school,
            school_class,
            weekday=said["weekday"],
            hour=said["hour"],
            alone=said["alone"],
            by=actor,
            now=school_time.now(),
        )
        flash.success(request, _("Kept."))
        return redirect(request.path)
    page = {"form": form, "school_class": school_class}
    return render(request, "updates/day.html", page, status=422 if form.errors else 200)
