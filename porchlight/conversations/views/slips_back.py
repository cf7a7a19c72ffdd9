"""Slips that came back, typed in by keyboard alone: code, answer, Enter; and the code's field has the focus again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.conversations.answering import answer_in_words
from porchlight.conversations.models import Answer
from porchlight.conversations.slips_back import (
    SHOWN,
    Back,
    NotUnderstood,
    Taken,
    find,
    not_said,
    take,
    typed_lately,
)
from porchlight.design.direction import page_language
from porchlight.design.parts import Saying
from porchlight.files.scanning import ScannerAway
from porchlight.files.squares import squares_on
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time

LONGEST = 1000


class PhotoForm(forms.Form):
    """A photo of the square."""

    photo = forms.FileField()


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def slips_back(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """GET: the empty line. POST: a code, and what stands on the slip, where it was typed already."""
    if request.method != "POST":
        return _page(request, actor)
    written = {name: request.POST.get(name, "")[:LONGEST].strip() for name in ("code", "answer", "words")}
    back = find(written["code"], school=request.school, actor=actor, now=school_time.now())
    if back is None:
        return _page(request, actor, written=written, wrong="code")
    if not written["answer"] and not written["words"]:
        return _page(request, actor, written=written, back=back)
    try:
        taken = take(back, answer=written["answer"], words=written["words"], by=actor, now=school_time.now())
    except NotUnderstood:
        return _page(request, actor, written=written, back=back, wrong="answer")
    _say(request, back, taken)
    return redirect("conversations:slips_back", school=request.school.slug)


@require_POST
@staff_page()
def slips_back_photo(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """The square on a photographed slip stands for its code; what is ticked on it a person types."""
    form = PhotoForm(request.POST, request.FILES)
    try:
        said = squares_on(form.cleaned_data["photo"]) if form.is_valid() else []
    except ScannerAway:
        flash.warning(request, _("The virus scanner does not answer. Type the code instead."))
        said = []
    for words in said:
        back = find(words, school=request.school, actor=actor, now=school_time.now())
        if back is not None:
            return _page(request, actor, written={"code": back.code}, back=back)
    return _page(request, actor, wrong="photo")


@require_POST
@staff_page()
def slip_answer_undo(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """It was another home's slip."""
    mine = typed_lately(actor, school_time.now()).select_related("ask__school", "thread__guardian")
    not_said(get_object_or_404(mine, key=key), by=actor)
    flash.success(request, _("Taken back. Nothing was answered."))
    return redirect("conversations:slips_back", school=request.school.slug)


def _say(request: SchoolRequest, back: Back, taken: Taken) -> None:
    of = {"adult": str(back.guardian), "child": back.children, "answer": taken.said}
    if taken.refusal:
        flash.warning(request, taken.refusal)
    elif taken.too_late:
        flash.warning(
            request,
            _("%(adult)s, %(child)s: the question is closed. “%(answer)s” stands in the thread.") % of,
        )
    else:
        flash.success(request, _("%(adult)s, %(child)s: %(answer)s") % of)


def _page(request: SchoolRequest, actor: Actor, **more: Any) -> HttpResponse:
    lately = typed_lately(actor, school_time.now()).select_related(
        "ask", "thread__guardian", "thread__student"
    )
    back: Back | None = more.get("back")
    page = {
        "written": {},
        "back": None,
        "wrong": "",
        "lately": [(answer, _in_words(answer)) for answer in lately[:SHOWN]],
        "question": Saying(back.message.text, back.message.language) if back else None,
        **more,
    }
    return render(request, "conversations/slips_back.html", page, status=422 if page["wrong"] else 200)


def _in_words(answer: Answer) -> str:
    return answer_in_words(answer, page_language())
