"""Two adults of one home and one thread: each says so on their own page, or the office writes down that they did."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from porchlight.conversations.models import Sharing, Thread
from porchlight.conversations.sharing import (
    CannotShareError,
    give_word,
    partners_of,
    record_words,
    take_word_back,
)
from porchlight.conversations.sharing_form import SharedForm
from porchlight.conversations.views.family import my_ties
from porchlight.families.models import Student, own_children
from porchlight.schools.actors import KEEPERS, Actor
from porchlight.schools.doors import SchoolRequest, guardian_page, staff_page
from porchlight.toolbox import school_time


@require_POST
@guardian_page()
def family_sharing(request: SchoolRequest, actor: Actor, student_key: str) -> HttpResponse:
    """One's own word, given or taken back. The answer tells nothing of anybody else until both have said yes."""
    tie = get_object_or_404(my_ties(request, actor), student__key=student_key)
    now = school_time.now()
    if request.POST.get("word") == "yes":
        give_word(guardian=tie.guardian, student=tie.student, by=actor, now=now)
        if partners_of(tie.guardian, tie.student, on=request.school.local(now).date()):
            flash.success(request, _("You share one thread now."))
        else:
            flash.success(
                request,
                _("Thank you. When the other adult at your home says yes too, you share one thread."),
            )
    else:
        threads = Thread.objects.visible_to(actor).filter(student=tie.student)
        take_word_back(threads, by=actor, now=now)
        flash.success(request, _("Only you and the school see your thread now."))
    return redirect("conversations:family_thread", school=request.school.slug, student_key=student_key)


@require_POST
@staff_page(*KEEPERS)
def sharing(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """The office writes down that two adults of one home agreed."""
    student = _student(actor, key)
    form = SharedForm(request.POST, actor=actor, student=student)
    if not form.is_valid():
        flash.error(request, _("Tick both adults, and write how you know that each of them agrees."))
        return _back(request, key)
    try:
        record_words(
            student=student,
            guardians=list(form.cleaned_data["guardian"]),
            words=form.cleaned_data["words"],
            by=actor,
            now=school_time.now(),
        )
        flash.success(request, _("Written down. They share one thread from now on."))
    except CannotShareError:
        flash.error(
            request,
            _("These adults cannot share a thread. The safeguarding lead or a leader can tell you more."),
        )
    return _back(request, key)


@require_POST
@staff_page(*KEEPERS)
def sharing_removal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """They share no more."""
    student = _student(actor, key)
    words = Sharing.objects.visible_to(actor).standing().filter(thread__student=student)
    threads = Thread.objects.visible_to(actor).filter(pk__in=words.values("thread"))
    take_word_back(threads, by=actor, now=school_time.now())
    flash.success(request, _("Each of them has their own thread again."))
    return _back(request, key)


def _student(actor: Actor, key: str) -> Student:
    others = Student.objects.visible_to(actor).exclude(pk__in=own_children(actor))
    return get_object_or_404(others, key=key)


def _back(request: SchoolRequest, key: str) -> HttpResponse:
    return redirect("conversations:student", school=request.school.slug, key=key)
