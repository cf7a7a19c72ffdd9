"""A student's page with the threads of each adult, one thread, and what staff do with a message."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages as flash
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.conversations.enclosing import enclosed_from
from porchlight.conversations.forms import SpokenForm, StaffReplyForm
from porchlight.conversations.models import Kind, Message, Sharing
from porchlight.conversations.models.standing_in import ASKED_IN
from porchlight.conversations.open_to import BOTH, tie_open_to, ties_open_to
from porchlight.conversations.placing import thread_of
from porchlight.conversations.porch import lights
from porchlight.conversations.reads_later import own_morning, whose_words
from porchlight.conversations.seeing import mark_seen, settle
from porchlight.conversations.sharing import partners_of
from porchlight.conversations.student_cards import cards_for
from porchlight.conversations.tell import reply, take_back
from porchlight.conversations.thread_page import read
from porchlight.conversations.views.compose import WRITERS
from porchlight.conversations.views.listening import speak_from
from porchlight.conversations.views.second_thoughts import beside_the_words, looked_over
from porchlight.conversations.worrying import raise_worry
from porchlight.families.models import Guardianship, Student, own_children
from porchlight.families.models.people import SEES_EVERY_CHILD
from porchlight.families.models.ties import GuardianshipQuerySet
from porchlight.schools.actors import Actor, Role
from porchlight.schools.calendar import Calendar, window_start, written
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import School
from porchlight.schools.reading import readers
from porchlight.toolbox import school_time


@require_safe
@staff_page()
def student(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """The child, the adults around them and what was last said with each."""
    others = Student.objects.visible_to(actor).exclude(pk__in=own_children(actor))
    child = get_object_or_404(others, key=key)
    now = school_time.now()
    today = request.school.local(now).date()
    around = Guardianship.objects.visible_to(actor).current(on=today).filter(student=child)
    ties = list(around.select_related("guardian").order_by("pk"))
    receiving = set(
        Guardianship.objects.visible_to(actor)
        .receiving(on=today)
        .filter(pk__in=[tie.pk for tie in ties])
        .values_list("pk", flat=True)
    )
    found = lights(request.school, [tie.guardian for tie in ties], now)
    adults = [
        {
            "tie": tie,
            "light": found[tie.guardian_id],
            "may_receive": tie.pk in receiving,
            "partners": partners_of(tie.guardian, child, on=today),
            "last": _last_words(actor, tie),
        }
        for tie in ties
    ]
    page = {
        "student": child,
        "adults": adults,
        "classes": child.class_names(),
        "sharing": Sharing.objects.visible_to(actor).standing().filter(thread__student=child).exists(),
        "may_change_ways": actor.is_one_of(Role.OFFICE, Role.LEADER, Role.SAFEGUARDING),
        "may_restrict": actor.is_one_of(Role.SAFEGUARDING, Role.LEADER),
        "may_record_sharing": actor.is_one_of(Role.OFFICE, Role.LEADER) and len(receiving) > 1,
        "cards": cards_for(child, request.school, actor, now),
    }
    return render(request, "conversations/student.html", page)


def _last_words(actor: Actor, tie: Guardianship) -> Message | None:
    rows = (
        Message.objects.visible_to(actor)
        .standing()
        .filter(thread__guardian=tie.guardian_id, thread__student=tie.student_id)
    )
    return rows.order_by("-said_at", "-pk").first()


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def thread(request: SchoolRequest, actor: Actor, student_key: str, guardian_key: str) -> HttpResponse:
    """Read and answer one adult about one child. Opening it marks what they wrote as seen by this colleague."""
    tie = tie_seen(request, actor, student_key, guardian_key)
    looks = "look" in request.POST or "invite" in request.POST
    form = looked_over(request, tie) if looks else StaffReplyForm(request.POST or None, request.FILES or None)
    now = school_time.now()
    sends = request.method == "POST" and not looks
    enclosed = enclosed_from(form, request.school) if sends and form.is_valid() else None
    if sends and form.is_valid():
        reply(
            thread=thread_of(tie),
            text=form.cleaned_data["text"],
            language=request.school.language,
            by=actor,
            now=now,
            kind=Kind.GOOD_NEWS if request.POST.get("kind") == Kind.GOOD_NEWS else "",
            alone="alone" in request.POST,
            enclosed=enclosed,
            not_before=own_morning(actor, request.school, now) if "later" in request.POST else None,
        )
        return redirect(request.get_full_path())
    calendar = written(request.school)
    lit_since = window_start(request.school, now, request.school.light_window, calendar=calendar)
    partners = partners_of(tie.guardian, tie.student, on=request.school.local(now).date())
    before = request.GET.get("before", "")
    shown = read(tie, partners, school=request.school, actor=actor, now=now, before=before)
    mark_seen([one.message for one in shown.said], by=actor)
    page = {
        "tie": tie,
        "partners": partners,
        "light": lights(request.school, [tie.guardian], now, since=lit_since)[tie.guardian_id],
        "said": shown.said,
        "earlier": shown.earlier,
        "is_earlier": bool(before),
        "has_files": any(one.bubble.actions for one in shown.said),
        "spoken": SpokenForm(auto_id="id_%s"),
        "may_write": actor.is_one_of(*WRITERS),
    }
    page |= who_reads(request, actor, tie, now, calendar) | beside_the_words(request, actor, tie, form)
    return render(request, "conversations/thread.html", page, status=422 if sends else 200)


@require_POST
@staff_page()
def spoken(request: SchoolRequest, actor: Actor, student_key: str, guardian_key: str) -> HttpResponse:
    """Answer this adult aloud."""
    tie = tie_seen(request, actor, student_key, guardian_key)
    form = SpokenForm(request.POST, request.FILES)
    if form.is_valid() and speak_from(form, thread_of(tie), actor) is not None:
        flash.success(request, _("Your voice is on its way."))
    for words in form.errors.get("spoken", []):
        flash.error(request, str(words))
    return redirect(_thread_url(request.school, student_key, guardian_key))


@require_POST
@staff_page()
def withdrawal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Take one's own reply back within its five seconds."""
    message = get_object_or_404(Message.objects.visible_to(actor).filter(staff_id=actor.post_id), key=key)
    if take_back(message, by=actor, now=school_time.now()):
        flash.success(request, _("Taken back. It was not sent."))
    else:
        flash.error(request, _("Too late: it is on its way. Write a second message to put it right."))
    return redirect(_back(request, message))


@require_POST
@staff_page()
def settling(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """It needs no written answer, or was answered aloud."""
    message = get_object_or_404(Message.objects.visible_to(actor).from_home(), key=key)
    settle(message, by=actor, now=school_time.now())
    return redirect(_back(request, message))


@require_POST
@staff_page()
def worry(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """“This worries me”: any colleague, any message, one tap; words if they wish."""
    message = get_object_or_404(Message.objects.visible_to(actor), key=key)
    with transaction.atomic():
        raise_worry(message, by=actor, words=request.POST.get("words", "")[:2000], now=school_time.now())
    flash.success(
        request,
        _(
            "Thank you. The safeguarding lead has been asked to look. If a child is in danger now, ring %(numbers)s."
        )
        % {"numbers": request.school.emergency},
    )
    return redirect(_back(request, message))


def who_reads(
    request: SchoolRequest, actor: Actor, tie: Guardianship, now: datetime, calendar: Calendar
) -> dict[str, Any]:
    """Whom the home writes to; whether the thread is only lent to who looks; and the morning words may wait for."""
    is_lent = actor.is_one_of(*ASKED_IN) and not actor.is_one_of(*SEES_EVERY_CHILD)
    is_lent = is_lent and not Student.objects.visible_to(actor).filter(pk=tie.student_id).exists()
    whose = whose_words(request.school, guardian_id=tie.guardian_id, student_id=tie.student_id, now=now)
    asked_of = {
        one for one in (actor.post_id, whose.staff.pk if whose is not None else None) if one is not None
    }
    found = readers(request.school, asked_of, now, calendar=calendar)
    reader = whose.reader(found) if whose is not None else None
    stand_in = reader.stand_in if reader is not None else None
    return {
        "reader": reader,
        "is_lent": is_lent,
        "own_morning": found.morning_of(actor.post_id) if actor.post_id is not None else None,
        "stand_in": stand_in if not is_lent else None,
        "may_hand": actor.is_one_of(*WRITERS) and not is_lent and stand_in is None,
    }


def ties_seen(request: SchoolRequest, actor: Actor) -> GuardianshipQuerySet:
    """Whom this colleague may write to today, about whom."""
    ties = ties_open_to(actor, on=request.school.local(school_time.now()).date())
    return ties.select_related(*BOTH)


def tie_seen(request: SchoolRequest, actor: Actor, student_key: str, guardian_key: str) -> Guardianship:
    """The one between these two. Raises Http404 where it is not open to this colleague today."""
    today = request.school.local(school_time.now()).date()
    tie = tie_open_to(actor, student_key=student_key, guardian_key=guardian_key, on=today)
    if tie is None:
        raise Http404
    return tie


def _back(request: SchoolRequest, message: Message) -> str:
    return _thread_url(request.school, message.thread.student.key, message.thread.guardian.key)


def _thread_url(school: School, student_key: str, guardian_key: str) -> str:
    names = {"school": school.slug, "student_key": student_key, "guardian_key": guardian_key}
    return reverse("conversations:thread", kwargs=names)
