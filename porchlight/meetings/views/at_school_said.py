"""What colleagues write around a meeting they hold: questions and answers before it, minutes, and agreed steps."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from porchlight.languages.phrases import say as phrase
from porchlight.meetings.around import minutes as writing
from porchlight.meetings.around import questions, steps
from porchlight.meetings.around.forms import MinutesForm, QuestionForm, WordsForm
from porchlight.meetings.models import Meeting, Minutes, OpenQuestion, Side, Step
from porchlight.meetings.views.at_school import back, held_by, page_of, step_form, the_meeting
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time


def _again(request: SchoolRequest, actor: Actor, meeting: Meeting, **forms: object) -> HttpResponse:
    """The page with what was not understood."""
    page = page_of(request, actor, meeting) | forms
    return render(request, "meetings/meeting.html", page, status=422)


@require_POST
@staff_page()
def questions_to_home(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """To think about beforehand; it goes to their phones."""
    meeting, own = held_by(actor, key), request.school.language
    ours = [
        phrase(one, own, of=request.school, child=meeting.student.short_name) for one in questions.TO_HOME
    ]
    form = QuestionForm(request.POST, to=Side.HOME, words=ours)
    if not form.is_valid():
        return _again(request, actor, meeting, question=form)
    said = form.cleaned_data
    try:
        questions.put(
            meeting,
            to=Side.HOME,
            by=actor,
            now=school_time.now(),
            language=own,
            shipped=said["shipped"],
            text=said["text"],
        )
    except questions.Closed:
        raise Http404 from None
    return back(request, request.school.slug, key)


@require_POST
@staff_page()
def answer_to_home(request: SchoolRequest, actor: Actor, key: str, question: str) -> HttpResponse:
    """To a question of the family's."""
    meeting = held_by(actor, key)
    rows = OpenQuestion.objects.visible_to(actor).filter(meeting=meeting, to=Side.SCHOOL)
    found, form = get_object_or_404(rows, key=question), WordsForm(request.POST)
    if not form.is_valid():
        return _again(request, actor, meeting, unwritten=found.key)
    words = form.cleaned_data["text"]
    questions.answer(found, text=words, language=request.school.language, by=actor, now=school_time.now())
    return back(request, request.school.slug, key)


@require_POST
@staff_page()
def minutes(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Written down for both sides; with `send`, the family is told too."""
    meeting, now = held_by(actor, key), school_time.now()
    form = MinutesForm(request.POST)
    if not form.is_valid():
        return _again(request, actor, meeting, writing=form)
    try:
        if "text" in request.POST:
            writing.write(meeting, text=form.cleaned_data["text"], by=actor, now=now)
        if "send" in request.POST:
            writing.send(meeting, by=actor, now=now)
            flash.success(request, _("The family is told, and reads it after signing in."))
    except writing.Stands:
        flash.error(request, _("The family was told: these words stand as they are."))
    except writing.NothingToTell:
        flash.error(request, _("Write down what was said, or a step, first."))
    return back(request, request.school.slug, key)


@require_POST
@staff_page()
def minutes_heard(request: SchoolRequest, actor: Actor, key: str, seat: str) -> HttpResponse:
    """An adult had the minutes read to them, and says that they are right, or what is not."""
    meeting = the_meeting(actor, key)
    rows = Minutes.objects.visible_to(actor).exclude(sent_at=None)
    row, heard_by = get_object_or_404(rows, meeting=meeting), get_object_or_404(meeting.guests, key=seat)
    text = ""
    if "right" not in request.POST:
        form = WordsForm(request.POST)
        if not form.is_valid():
            return _again(request, actor, meeting, unheard=seat)
        text = form.cleaned_data["text"]
    own = request.school.language
    writing.say_of(row, text=text, language=own, by=actor, now=school_time.now(), heard_by=heard_by.guardian)
    return back(request, request.school.slug, key)


@require_POST
@staff_page()
def new_step(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Agreed: who does what by when."""
    meeting, now = held_by(actor, key), school_time.now()
    form = step_form(request.POST, meeting, request.school.local(now).date())
    if not form.is_valid():
        return _again(request, actor, meeting, step=form)
    said = form.cleaned_data
    steps.agree(
        meeting, doer=form.who, staff=form.staff, text=said["text"], due_on=said["due_on"], by=actor, now=now
    )
    return back(request, request.school.slug, key)


@require_POST
@staff_page()
def step(request: SchoolRequest, actor: Actor, key: str, step: str) -> HttpResponse:
    """Done; or no longer wanted."""
    meeting, now = held_by(actor, key), school_time.now()
    rows = Step.objects.visible_to(actor).standing().filter(meeting=meeting)
    row = get_object_or_404(rows.select_related("errand"), key=step)
    if "drop" in request.POST:
        steps.drop(row, by=actor, now=now)
    else:
        steps.done(row, by=actor, now=now)
    return back(request, request.school.slug, key)
