"""The family's own pages: their threads, in their language, on a phone without script."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages as flash
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from porchlight.accounts.proving import has_shown_who
from porchlight.conversations.answer_form import AnswerForm
from porchlight.conversations.forms import ReplyForm
from porchlight.conversations.hours import answer_by
from porchlight.conversations.models import Answer, Ask, Message, Sharing
from porchlight.conversations.models.threads import MessageQuerySet
from porchlight.conversations.on_page import AskClosedError, answer_ask, write_back
from porchlight.conversations.placing import thread_of
from porchlight.conversations.promise_kept import told_to_families
from porchlight.conversations.reads_later import reader_for
from porchlight.conversations.sharing import partners_of
from porchlight.conversations.showing import Places, Put, for_showing, put
from porchlight.families.models import Guardian, Guardianship, Student
from porchlight.families.models.ties import GuardianshipQuerySet
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, family_sign_in, guardian_page, show_who_again
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time

LATEST = 30


@require_safe
@guardian_page()
def messages(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """One thread for each child; a family with one child goes straight to it."""
    children = Student.objects.visible_to(actor).on_roll().order_by("pk")
    if len(children) == 1:
        return redirect(
            "conversations:family_thread", school=request.school.slug, student_key=children[0].key
        )
    return render(request, "conversations/family_messages.html", {"children": children})


@require_http_methods(["GET", "HEAD", "POST"])
@guardian_page()
def thread(request: SchoolRequest, actor: Actor, student_key: str) -> HttpResponseBase:
    """What school and this adult said about one child; questions are answered in place."""
    tie = get_object_or_404(my_ties(request, actor), student__key=student_key)
    bound, reply = None, ReplyForm()
    if request.method == "POST":
        if not_proved(request, actor):
            return show_who_again(request)
        bound, reply = take(request, actor, tie)
        if bound is None and not reply.errors:
            return redirect(f"{request.path}#reply")
    everything = Message.objects.visible_to(actor).standing().filter(thread__student=tie.student_id)
    rows, personal = after_proof(request, everything)
    latest = list(reversed(for_showing(rows.order_by("-said_at", "-pk")[:LATEST])))
    today = request.school.local(school_time.now()).date()
    page = {
        "student": tie.student,
        "word": Sharing.objects.visible_to(actor).standing().filter(thread__student=tie.student_id).first(),
        "partners": partners_of(tie.guardian, tie.student, on=today),
        "puts": puts(request, actor, tie, latest, bound, in_order=True),
        "reply": reply,
        "answer_by": answer_by(request.school, school_time.now()),
        "promise_kept": told_to_families(request.school),
        "reader": reader_for(
            request.school, guardian_id=tie.guardian_id, student_id=tie.student_id, now=school_time.now()
        ),
        "personal": personal,
        "is_own": tie.lent_by_id is None,
        "news": news if (news := request.GET.get("news", "")).isalnum() else "",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "conversations/family_thread.html", page, status=status)


def after_proof(request: SchoolRequest, rows: MessageQuerySet) -> tuple[MessageQuerySet, str]:
    """What may be read in this session now, and where to come in again for the rest; empty: it is all there is."""
    if has_shown_who(request):
        return rows, ""
    routine = rows.filter(tier__lte=Tier.L1)
    if not rows.exclude(tier__lte=Tier.L1).exists():
        return routine, ""
    return routine, family_sign_in(request.school, request.get_full_path())


def my_ties(request: SchoolRequest, actor: Actor) -> GuardianshipQuerySet:
    """The children this adult may be told about, today."""
    today = request.school.local(school_time.now()).date()
    return (
        Guardianship.objects.visible_to(actor)
        .current(on=today)
        .receiving(on=today)
        .select_related("guardian", "student")
        .order_by("student_id")
    )


def not_proved(request: SchoolRequest, actor: Actor) -> bool:
    """Whether this answers a question that stands among personal words, in a session that has lain too long."""
    key = request.POST.get("ask", "")
    if not key or has_shown_who(request):
        return False
    personal = Message.objects.visible_to(actor).filter(tier__gt=Tier.L1)
    return personal.filter(Q(ask__key=key) | Q(notice__ask__key=key)).exists()


def puts(
    request: SchoolRequest,
    actor: Actor,
    tie: Guardianship,
    latest: list[Message],
    bound: AnswerForm | None,
    *,
    in_order: bool = False,
) -> list[Put]:
    """These messages with their questions and what this home said to them; in order, under their days, or dated."""
    answers = Answer.objects.visible_to(actor).filter(thread__student=tie.student_id)
    return put(
        latest,
        answers=list(answers.counting().select_related("ask__school", "thread__guardian")),
        reader=tie.guardian,
        school_name=request.school.name,
        bound=bound,
        now=school_time.now(),
        zone=request.school.zone if in_order else None,
        places=Places(*(_handed_out(request, name) for name in ("sound", "enclosed", "read_out"))),
    )


def _handed_out(request: SchoolRequest, what: str) -> Callable[[Message], str]:
    return lambda message: reverse(f"conversations:family_{what}", args=[request.school.slug, message.key])


def take(request: SchoolRequest, actor: Actor, tie: Guardianship) -> tuple[AnswerForm | None, ReplyForm]:
    """Keep what was sent, or hand back the form that needs putting right."""
    now = school_time.now()
    key = request.POST.get("ask", "")
    if not key:
        reply = ReplyForm(request.POST)
        if not reply.is_valid():
            return None, reply
        write_back(thread=thread_of(tie), text=reply.cleaned_data["text"], by=actor, now=now)
        flash.success(request, _("Thank you. Your message is with the school."))
        return None, ReplyForm()
    ask = get_object_or_404(Ask.objects.visible_to(actor), key=key)
    return take_answer(request, ask, tie.guardian, by=actor), ReplyForm()


def take_answer(request: SchoolRequest, ask: Ask, guardian: Guardian, *, by: Actor) -> AnswerForm | None:
    """Keep an answer and say so; the form where it needs putting right."""
    now, zone = school_time.now(), guardian.zone(request.school.zone)
    hijri = guardian.hijri_days(request.school.hijri_days)
    form = AnswerForm(ask, guardian.reading, request.POST, request.FILES, zone=zone, hijri=hijri)
    if not form.is_valid() or (ask.is_open(now) and not form.keep(request.school, of=guardian, now=now)):
        return form
    try:
        answers = answer_ask(ask=ask, guardian=guardian, given=form.given(), by=by, now=now, sound=form.sound)
    except AskClosedError:
        flash.warning(request, _("This question is closed. You can still write to us below."))
        return None
    refused = next((one.refusal for one in answers if not one.accepted), "")
    if refused:
        flash.warning(request, refused)
    else:
        flash.success(request, _("Thank you. The school has your answer."))
    return None
