"""One visit, for those who may know of it: times, the two, a leader's permission, the day, in and out, the note."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages as flash
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from porchlight.meetings.arranging import Taken
from porchlight.meetings.models import Visit, VisitHelp, VisitNote
from porchlight.meetings.models.meetings import SEES_EVERY_MEETING
from porchlight.meetings.visits import asking, checking, forms, notes, offering, pairing, worries
from porchlight.meetings.visits.rules import NotNow, care_is_due
from porchlight.meetings.visits.words import WHY_NOT
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time


@require_safe
@staff_page()
def visit(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """All of it on one page, in the order in which it is done."""
    row, people = _seen(actor, key), forms.people_of(request.school)
    if _only_interprets(actor, row) and row.meeting is not None:
        return redirect("meetings:interpreted", school=request.school.slug, key=row.meeting.key)
    note, zone = VisitNote.objects.visible_to(actor).filter(visit=row).first(), request.school.zone
    goes = actor.post_id in (row.first_id, row.second_id)
    care = care_is_due(row.student, request.school.local(school_time.now()).date())
    page = {
        "visit": row,
        "goes": goes,
        "may_permit": actor.is_one_of(Role.LEADER),
        "care": care,
        "reads_where": not care and (goes or actor.is_one_of(*SEES_EVERY_MEETING)),
        "times": row.times.order_by("starts_at"),
        "permitted": set(row.permissions.filter(over_at=None).values_list("of", flat=True)),
        "checks": row.checks.select_related("staff").order_by("in_at"),
        "mine": row.checks.filter(staff=actor.post_id).first(),
        "note": note,
        "hearings": note.hearings.order_by("-at") if note is not None else [],
        "helps": VisitHelp.objects.visible_to(actor).filter(visit=row).select_related("who").order_by("pk"),
        "times_form": forms.TimesForm(zone=zone, initial={"district": "" if care else row.district}),
        "pair_form": forms.PairForm(people=people, initial={"first": row.first, "second": row.second}),
        "day_form": forms.DayForm(people=people, zone=zone, auto_id="day_%s"),
        "note_form": forms.NoteForm(initial={"text": note.text if note else ""}),
        "help_form": forms.HelpForm(people=people, auto_id="help_%s"),
        "heard_form": forms.HeardForm(auto_id="heard_%s", initial=_heard(note)) if note else None,
        "worry_form": forms.WorryForm(auto_id="worry_%s"),
    }
    return render(request, "meetings/visit.html", page)


def _heard(note: VisitNote) -> dict[str, object]:
    return {"version": note.version, "readers": note.readers}


def _seen(actor: Actor, key: str) -> Visit:
    rows = Visit.objects.visible_to(actor).select_related(
        "student__school", "guardian", "staff", "first", "second", "meeting__interpreter"
    )
    return get_object_or_404(rows, key=key)


def _only_interprets(actor: Actor, row: Visit) -> bool:
    """They come along, and have a page of their own: this one is of those who arrange it."""
    return not (
        actor.is_one_of(*SEES_EVERY_MEETING) or actor.post_id in (row.first_id, row.second_id, row.staff_id)
    )


def _arranged(actor: Actor, key: str) -> Visit:
    """One they may change."""
    row = _seen(actor, key)
    if _only_interprets(actor, row):
        raise Http404
    return row


def _do(
    request: SchoolRequest, row: Visit, act: Callable[[], object], form: Form | None = None
) -> HttpResponse:
    """Do it where what was filled in is right; say in words why it cannot be."""
    if form is not None and not form.is_valid():
        for name, errors in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            flash.warning(request, f"{label}: {errors[0]}" if label else str(errors[0]))
    else:
        try:
            act()
            flash.success(request, _("Kept."))
        except NotNow as no:
            flash.warning(request, str(WHY_NOT[no.why]))
        except Taken:
            flash.warning(request, _("One of you is in another meeting then."))
    return redirect("meetings:visit", school=request.school.slug, key=row.key)


@require_POST
@staff_page()
def times(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Times at which we could come: the family is asked which."""
    row, form, now = (
        _arranged(actor, key),
        forms.TimesForm(request.POST, zone=request.school.zone),
        school_time.now(),
    )

    def act() -> None:
        given = [at for at in form.times() if at > now]
        today = request.school.local(now).date()
        row.district = (
            "" if care_is_due(row.student, today) else form.cleaned_data["district"].strip().upper()
        )
        row.save(update_fields=["district"])
        offering.add_times(row, given)
        if given and row.word in ("home", "elsewhere") and row.stopped_at is None:
            asking.ask_when(row, now=now)

    return _do(request, row, act, form)


@require_POST
@staff_page()
def pair(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """The two who go."""
    row = _arranged(actor, key)
    form = forms.PairForm(request.POST, people=forms.people_of(request.school))
    return _do(
        request, row,
        lambda: pairing.name_pair(
            row, form.cleaned_data["first"], form.cleaned_data["second"], by=actor, now=school_time.now()
        ), form,
    )  # fmt: skip


@require_POST
@staff_page(Role.LEADER)
def permission(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """A leader says yes: to ask about something serious, or to these two."""
    row, of = _arranged(actor, key), request.POST.get("of", "")
    of = of if of in pairing.Of.values else pairing.Of.PAIR
    return _do(request, row, lambda: pairing.permit(row, of, by=actor, now=school_time.now()))


@require_POST
@staff_page()
def day(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """The day stands, and the family is told who comes."""
    row = _arranged(actor, key)
    form = forms.DayForm(request.POST, people=forms.people_of(request.school), zone=request.school.zone)

    def act() -> None:
        at: datetime | None = form.cleaned_data["starts_at"]
        chosen = row.times.filter(key=request.POST.get("time", "")).first()
        at = chosen.starts_at if chosen is not None else at
        if at is None:
            raise NotNow("no_word")
        pairing.fix_day(
            row, at, by=actor, now=school_time.now(), interpreter=form.cleaned_data["interpreter"]
        )

    return _do(request, row, act, form)


@require_POST
@staff_page()
def check(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """In, or out: one tap."""
    row, now = _arranged(actor, key), school_time.now()
    tap = checking.check_out if "out" in request.POST else checking.check_in
    return _do(request, row, lambda: tap(row, by=actor, now=now))


@require_POST
@staff_page()
def off(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """The school cannot come after all."""
    row = _arranged(actor, key)
    return _do(request, row, lambda: pairing.stop(row, why="school", by=actor, now=school_time.now()))


@require_POST
@staff_page()
def note(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Written by one of the two; with it the family is asked to read it."""
    row, form, now = _arranged(actor, key), forms.NoteForm(request.POST), school_time.now()

    def act() -> None:
        made = notes.write_note(row, form.cleaned_data["text"], by=actor, now=now)
        notes.show(made, by=actor, now=now, read_to_them="aloud" in request.POST)

    return _do(request, row, act, form)


@require_POST
@staff_page()
def heard(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """A colleague read it to them, and writes down what they said."""
    row, form = _arranged(actor, key), forms.HeardForm(request.POST)
    found = get_object_or_404(VisitNote.objects.visible_to(actor), visit=row)
    return _do(
        request,
        row,
        lambda: notes.hear_note(found, by=actor, now=school_time.now(), **form.cleaned_data),
        form,
    )


@require_POST
@staff_page()
def help_row(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Help asked for, or promised."""
    row = _arranged(actor, key)
    form = forms.HelpForm(request.POST, people=forms.people_of(request.school))
    return _do(
        request, row, lambda: notes.note_help(row, by=actor, now=school_time.now(), **form.cleaned_data), form
    )


@require_POST
@staff_page()
def help_given(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """It was given. By whoever was to do it, also where they know nothing else of the visit."""
    row = get_object_or_404(VisitHelp.objects.visible_to(actor).select_related("visit__student"), key=key)
    notes.give_help(row, by=actor, now=school_time.now())
    flash.success(request, _("Kept."))
    return redirect("meetings:visits", school=request.school.slug)


@require_POST
@staff_page()
def worry(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """A child may not be safe: sealed, to safeguarding alone."""
    row, form = _arranged(actor, key), forms.WorryForm(request.POST)
    return _do(
        request, row,
        lambda: worries.worry_after(row, form.cleaned_data["words"], by=actor, now=school_time.now()), form,
    )  # fmt: skip
