"""A student's page with the threads of each adult, one thread, and what staff do with a message."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages as flash
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from porchlight.conversations.attached import Address, Found, found_for
from porchlight.conversations.carried import carried, for_staff
from porchlight.conversations.forms import ReplyForm
from porchlight.conversations.models import Kind, Message
from porchlight.conversations.placing import thread_of
from porchlight.conversations.porch import lights
from porchlight.conversations.seeing import mark_seen, settle
from porchlight.conversations.showing import bubble, first_of_each_day
from porchlight.conversations.tell import REPLY_HOLD, reply, take_back
from porchlight.conversations.worrying import raise_worry
from porchlight.delivery.models import Attachment
from porchlight.families.models import Guardianship, Student, own_children
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import School
from porchlight.toolbox import school_time

LATEST = 60  # messages shown on a thread's page; older ones follow on request


@require_GET
@staff_page()
def student(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """The child, the adults around them and what was last said with each."""
    others = Student.objects.visible_to(actor).exclude(pk__in=own_children(actor))
    child = get_object_or_404(others, key=key)
    now = school_time.now()
    today = request.school.local(now).date()
    ties = list(
        Guardianship.objects.visible_to(actor)
        .current(on=today)
        .filter(student=child)
        .select_related("guardian")
        .order_by("pk")
    )
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
            "last": _last_words(actor, tie),
        }
        for tie in ties
    ]
    page = {"student": child, "adults": adults, "classes": child.class_names()}
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
    ties = Guardianship.objects.visible_to(actor).current(on=request.school.local(school_time.now()).date())
    tie = get_object_or_404(
        ties.select_related("guardian", "student"), student__key=student_key, guardian__key=guardian_key
    )
    form = ReplyForm(request.POST or None)
    now = school_time.now()
    if request.method == "POST" and form.is_valid():
        reply(
            thread=thread_of(tie),
            text=form.cleaned_data["text"],
            language=request.school.language,
            by=actor,
            now=now,
            kind=Kind.GOOD_NEWS if request.POST.get("kind") == Kind.GOOD_NEWS else "",
        )
        return redirect(request.get_full_path())
    rows = (
        Message.objects.visible_to(actor)
        .standing()
        .filter(thread__guardian=tie.guardian_id, thread__student=tie.student_id)
    )
    messages = list(reversed(for_staff(rows).order_by("-said_at", "-pk")[:LATEST]))
    mark_seen(messages, by=actor)
    found = found_for(request.school, [message.media for message in messages])
    page = {
        "tie": tie,
        "light": lights(request.school, [tie.guardian], now)[tie.guardian_id],
        "said": _said(messages, request.school, actor, now, found),
        "has_files": bool(found),
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "conversations/thread.html", page, status=status)


def _said(
    messages: list[Message], school: School, actor: Actor, now: datetime, found: Found
) -> list[dict[str, object]]:
    firsts = first_of_each_day(messages, school.zone)
    return [
        {**_one(message, school, actor, now, found), "new_day": message.key in firsts} for message in messages
    ]


def _handed_out(school: School, message: Message) -> Address:
    def address(one: Attachment) -> str:
        names = {"school": school.slug, "key": message.key, "file_key": one.key}
        return reverse("conversations:message_file", kwargs=names)

    return address


def _one(message: Message, school: School, actor: Actor, now: datetime, found: Found) -> dict[str, object]:
    mine = not message.is_from_home and message.staff_id == actor.post_id
    went = carried(message, now)
    way = went.furthest
    return {
        "message": message,
        "bubble": bubble(
            message,
            for_home=False,
            school_name=school.name,
            how=way.channel if way is not None else "",
            status=way.status if way is not None else "",
            found=found,
            address=_handed_out(school, message),
        ),
        "carried": went,
        "can_undo": mine and now <= message.said_at + REPLY_HOLD,
    }


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
        % {"numbers": request.school.emergency_numbers or "112"},
    )
    return redirect(_back(request, message))


def _back(request: SchoolRequest, message: Message) -> str:
    return reverse(
        "conversations:thread",
        kwargs={
            "school": request.school.slug,
            "student_key": message.thread.student.key,
            "guardian_key": message.thread.guardian.key,
        },
    )
