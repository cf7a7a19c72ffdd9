"""While somebody writes: how the words may be heard, and whether they are plain. A fragment, asked after each pause.

The words are looked at here and nowhere else, and nothing of them is kept. Without script the same is one press away.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from porchlight.conversations.advising import advice
from porchlight.conversations.forms import LONGEST
from porchlight.conversations.views.compose import WRITERS
from porchlight.conversations.views.looking import hard_words
from porchlight.conversations.views.threads import tie_seen
from porchlight.families.models import Student
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox.language_names import LANGUAGES


@require_POST
@staff_page(*WRITERS)
def notice_hints(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Of an announcement that is being written."""
    return _hints(request)


@require_POST
@staff_page()
def thread_hints(request: SchoolRequest, actor: Actor, student_key: str, guardian_key: str) -> HttpResponse:
    """Of a reply, which knows the child's name."""
    tie = tie_seen(request, actor, student_key, guardian_key)
    return _hints(request, [tie.student])


def _hints(request: SchoolRequest, students: Iterable[Student] = ()) -> HttpResponse:
    text = request.POST.get("text", "")[:LONGEST]
    tag = request.POST.get("language", "")
    language = tag if tag in LANGUAGES else request.school.language
    page = {"advice": advice(text, language, students=students), "plainness": hard_words(text, language)}
    return render(request, "conversations/hints.html", page)
