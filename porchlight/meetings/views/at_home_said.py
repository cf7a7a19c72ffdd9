"""What a family writes around a meeting: questions and answers before it, and what it remembers differently."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from porchlight.accounts.proving import has_shown_who
from porchlight.languages.phrases import say as phrase
from porchlight.meetings.around import minutes as writing
from porchlight.meetings.around import questions, steps
from porchlight.meetings.around.forms import QuestionForm, WordsForm
from porchlight.meetings.models import Doer, Minutes, OpenQuestion, Side, Step
from porchlight.meetings.views.at_home import back, page_of, seat_of, the_meeting
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, guardian_page, show_who_again
from porchlight.toolbox import school_time


@require_POST
@guardian_page()
def my_questions(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """What they would like to know from the school."""
    meeting = the_meeting(actor, key)
    adult = seat_of(actor, meeting).guardian
    ours = [
        phrase(one, adult.reading, of=request.school, child=meeting.student.short_name)
        for one in questions.TO_SCHOOL
    ]
    form = QuestionForm(request.POST, to=Side.SCHOOL, words=ours)
    if not form.is_valid():
        page = page_of(request, actor, meeting) | {"form": form}
        return render(request, "meetings/my_meeting.html", page, status=422)
    said = form.cleaned_data
    try:
        questions.put(
            meeting,
            to=Side.SCHOOL,
            by=actor,
            now=school_time.now(),
            language=adult.reading,
            shipped=said["shipped"],
            text=said["text"],
        )
    except questions.Closed:
        raise Http404 from None
    return back(request, request.school.slug, key, "before")


@require_POST
@guardian_page()
def my_answer(request: SchoolRequest, actor: Actor, key: str, question: str) -> HttpResponse:
    """To a question of the school's."""
    meeting = the_meeting(actor, key)
    adult = seat_of(actor, meeting).guardian
    rows = OpenQuestion.objects.visible_to(actor).filter(meeting=meeting, to=Side.HOME)
    form = WordsForm(request.POST)
    found = get_object_or_404(rows, key=question)
    if not form.is_valid():
        page = page_of(request, actor, meeting) | {"unwritten": found.key}
        return render(request, "meetings/my_meeting.html", page, status=422)
    questions.answer(
        found, text=form.cleaned_data["text"], language=adult.reading, by=actor, now=school_time.now()
    )
    return back(request, request.school.slug, key, "before")


@require_POST
@guardian_page()
def my_word_on_minutes(request: SchoolRequest, actor: Actor, key: str) -> HttpResponseBase:
    """It is right; or what they remember instead."""
    meeting = the_meeting(actor, key)
    if not has_shown_who(request):
        return show_who_again(request)
    rows = Minutes.objects.visible_to(actor).exclude(sent_at=None)
    row = get_object_or_404(rows, meeting=meeting)
    text = ""
    if "right" not in request.POST:
        form = WordsForm(request.POST)
        if not form.is_valid():
            page = page_of(request, actor, meeting) | {"unwritten": "minutes"}
            return render(request, "meetings/my_meeting.html", page, status=422)
        text = form.cleaned_data["text"]
    adult = seat_of(actor, meeting).guardian
    writing.say_of(row, text=text, language=adult.reading, by=actor, now=school_time.now())
    return back(request, request.school.slug, key, "written")


@require_POST
@guardian_page()
def my_step_done(request: SchoolRequest, actor: Actor, key: str, step: str) -> HttpResponseBase:
    """A step of the family's is done; the child says it of theirs."""
    meeting = the_meeting(actor, key)
    if not has_shown_who(request):
        return show_who_again(request)
    rows = Step.objects.visible_to(actor).standing().filter(meeting=meeting, doer=Doer.FAMILY)
    steps.done(get_object_or_404(rows, key=step), by=actor, now=school_time.now())
    return back(request, request.school.slug, key, "written")
