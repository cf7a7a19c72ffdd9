"""The page behind a notice link: one item, its question, and room to write back."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from porchlight.conversations.answer_form import AnswerForm
from porchlight.conversations.forms import ReplyForm
from porchlight.conversations.models import Answer, Ask
from porchlight.conversations.on_page import write_back
from porchlight.conversations.showing import Places, ask_of, for_showing, put
from porchlight.conversations.views.family import take_answer
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.doors import SchoolRequest
from porchlight.toolbox import school_time
from porchlight.welcome.languages import page_language
from porchlight.welcome.links import Opened, gave_sign_of_life


def respond(request: SchoolRequest, item: Opened) -> HttpResponse:
    """Show the item in the family's language, or take what they answered."""
    with translation.override(page_language(item.guardian.reading)):
        by = Actor(Kind.LINK, request.school.pk, item.guardian.pk, name=item.guardian.greeting)
        rows = for_showing(item.messages)
        asks = {ask.key: ask for message in rows if (ask := ask_of(message)) is not None}
        bound, reply = _take(request, item, asks, by)
        if bound is None and reply is None and request.method == "POST":
            gave_sign_of_life(item, now=school_time.now())
            return redirect(request.path)
        answers = Answer.objects.in_school(request.school).filter(
            ask__in=asks.values(), thread__guardian=item.guardian
        )
        page = {
            "puts": put(
                rows,
                answers=list(answers.counting().select_related("ask__school", "thread__guardian")),
                reader=item.guardian,
                school_name=request.school.name,
                bound=bound,
                now=school_time.now(),
                places=Places(
                    sounds=lambda message: f"{request.path}sounds/{message.key}/",
                    files=lambda message: f"{request.path}files/{message.key}/",
                    read_out=lambda message: f"{request.path}read-out/{message.key}/",
                ),
            ),
            "reply": reply or ReplyForm(),
            "students": list(dict.fromkeys(message.thread.student.short_name for message in rows)),
        }
        status = 422 if request.method == "POST" else 200
        return render(request, "welcome/one_item.html", page, status=status)


def _take(
    request: SchoolRequest, item: Opened, asks: dict[str, Ask], by: Actor
) -> tuple[AnswerForm | None, ReplyForm | None]:
    """What was sent: kept, or the form with its errors."""
    if request.method != "POST":
        return None, None
    now = school_time.now()
    ask = asks.get(request.POST.get("ask", ""))
    if ask is not None:
        return take_answer(request, ask, item.guardian, by=by), None
    reply = ReplyForm(request.POST)
    if not reply.is_valid():
        return None, reply
    thread = item.messages[0].thread
    write_back(thread=thread, text=reply.cleaned_data["text"], by=by, now=now)
    flash.success(request, _("Thank you. Your message is with the school."))
    return None, None
