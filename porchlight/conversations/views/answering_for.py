"""An adult rings or stands at the gate: their open questions on one page, and a colleague types what they say."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from porchlight.conversations.answer_form import AnswerForm
from porchlight.conversations.answering import answer_in_words
from porchlight.conversations.answering_for import answer_for, open_to
from porchlight.conversations.models import Answer, Ask
from porchlight.conversations.models.asks import SIGNED
from porchlight.conversations.on_page import AskClosedError
from porchlight.conversations.views.threads import ties_seen
from porchlight.design.direction import page_language
from porchlight.design.parts import Saying
from porchlight.families.models import own_children
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def answers_for(request: SchoolRequest, actor: Actor, student_key: str, guardian_key: str) -> HttpResponse:
    """Each question with its own form. POST: one of them; it may be changed until the question closes."""
    ties = ties_seen(request, actor).exclude(student__in=own_children(actor))
    tie = get_object_or_404(ties, student__key=student_key, guardian__key=guardian_key)
    now, here = school_time.now(), page_language()
    rows, bound = open_to(tie, actor=actor, now=now), None
    asked = {ask.key: ask for ask, _message, _answer in rows}
    ask = asked.get(request.POST.get("ask", ""))
    if request.method == "POST" and ask is not None:
        bound = AnswerForm(ask, here, request.POST, by_colleague=True)
        if bound.is_valid():
            try:
                answers = answer_for(ask=ask, guardian=tie.guardian, given=bound.given(), by=actor, now=now)
                _say(request, answers[0])
            except AskClosedError:
                flash.warning(request, _("The question is closed by now."))
            return redirect(request.path)
    elif request.method == "POST":
        flash.warning(request, _("The question is closed by now."))
        return redirect(request.path)
    page = {
        "tie": tie,
        "asked": [
            {
                "question": Saying(message.text, message.language),
                "form": bound if bound is not None and bound.ask == one else _form(one, answer),
                "answered": _in_words(answer) if answer is not None else "",
                "typed_by": answer.typed_by if answer is not None else None,
                "closes_at": one.closes_at,
            }
            for one, message, answer in rows
        ],
    }
    return render(request, "conversations/answers_for.html", page, status=422 if bound else 200)


def _form(ask: Ask, answer: Answer | None) -> AnswerForm:
    is_signed = answer is not None and answer.keys == [SIGNED]
    return AnswerForm(ask, page_language(), by_colleague=True, is_signed=is_signed)


def _say(request: SchoolRequest, answer: Answer) -> None:
    if answer.accepted:
        flash.success(request, _("Kept: %(answer)s") % {"answer": _in_words(answer)})
    else:
        flash.warning(request, answer.refusal)


def _in_words(answer: Answer) -> str:
    return answer_in_words(answer, page_language())
