"""Adults whom families named: a guardian's own page, and the office's, which looks, types in for callers, and ends."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.accounts.proving import second_step
from porchlight.conversations import delegating
from porchlight.conversations.changes_form import WhyForm
from porchlight.conversations.delegations_form import NamedByCallForm, NamedForm
from porchlight.conversations.models import Delegation
from porchlight.conversations.models.delegating import AgreedHow, DelegationQuerySet, EndedBy, Stage
from porchlight.conversations.views.family import my_ties
from porchlight.conversations.views.office import OFFICE
from porchlight.families.models import Guardian, Guardianship, around_own_children
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, guardian_page, staff_page
from porchlight.toolbox import school_time

MOST = 200  # on the office's page


@dataclass(frozen=True, slots=True)
class Shown:
    """One of them, with the children's names."""

    row: Delegation
    stage: Stage
    children: tuple[str, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@guardian_page()
def my_named(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Whom one named, and with POST one more. The answer is the same whoever it is."""
    ties = list(my_ties(request, actor).own())
    today = request.school.local(school_time.now()).date()
    form = NamedForm(
        request.POST or None, ties=ties, today=today, reads=ties[0].guardian.reading if ties else ""
    )
    if request.method == "POST" and ties and form.is_valid() and form.name_them(by=actor):
        flash.success(request, _("Thank you. We ask them first. They get nothing before they have said yes."))
        return redirect("conversations:my_named", school=request.school.slug)
    rows = Delegation.objects.visible_to(actor).standing().order_by("pk")
    page = {
        "named": [one for one in _shown(rows.filter(named_by=actor.post_id), request) if _stands(one)],
        "shared": [one for one in _shown(rows.exclude(named_by=actor.post_id), request) if _stands(one)],
        "form": form if ties else None,
    }
    return render(request, "conversations/my_named.html", page, status=422 if form.errors else 200)


@require_POST
@guardian_page()
def my_named_removal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """No longer, from this moment."""
    mine = Delegation.objects.visible_to(actor).filter(named_by=actor.post_id)
    row = get_object_or_404(mine, key=key)
    delegating.end(row, how=EndedBy.NAMER, by=actor, now=school_time.now())
    flash.success(request, _("Ended. Nothing more goes to them about your children."))
    return redirect("conversations:my_named", school=request.school.slug)


@require_safe
@staff_page(*OFFICE)
def named(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Those a colleague has to look at, and all who stand."""
    rows = Delegation.objects.visible_to(actor).standing().order_by("-needs_office", "pk")
    shown = [one for one in _shown(rows[:MOST], request) if _stands(one)]
    page = {
        "waiting": [one for one in shown if one.stage is Stage.OFFICE],
        "others": [one for one in shown if one.stage is not Stage.OFFICE],
        "why": WhyForm(),
    }
    return render(request, "conversations/named.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def named_by(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Typed in for a guardian who rang or came by."""
    if first := second_step(request):
        return first
    others = Guardian.objects.visible_to(actor).exclude(pk__in=around_own_children(actor))
    guardian = get_object_or_404(others, key=key)
    today = request.school.local(school_time.now()).date()
    theirs = Guardianship.objects.visible_to(actor).current(on=today).receiving(on=today).own()
    ties = list(theirs.filter(guardian=guardian).select_related("guardian", "student").order_by("student_id"))
    form = NamedByCallForm(request.POST or None, ties=ties, today=today, reads=guardian.reading)
    if request.method == "POST" and ties and form.is_valid() and form.name_them(by=actor):
        flash.success(request, _("Written down. They get nothing before they have said yes."))
        return redirect("conversations:named", school=request.school.slug)
    page = {"guardian": guardian, "form": form if ties else None}
    return render(request, "conversations/named_by.html", page, status=422 if form.errors else 200)


@require_POST
@staff_page(*OFFICE)
def named_confirmation(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """A colleague has looked at who it is, and the adult may be asked."""
    if first := second_step(request):
        return first
    row = get_object_or_404(Delegation.objects.visible_to(actor), key=key)
    try:
        delegating.confirm(row, by=actor, now=school_time.now())
        flash.success(request, _("Written down. They get nothing before they have said yes."))
    except delegating.NotNow:
        flash.info(request, _("This has been answered already."))
    except delegating.NotToBe:
        flash.error(
            request,
            _("This adult cannot be added here. The safeguarding lead or a leader can tell you more."),
        )
    return redirect("conversations:named", school=request.school.slug)


@require_POST
@staff_page(*OFFICE)
def named_agreement(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """They told a colleague that they want it: who cannot answer a message can say so."""
    if first := second_step(request):
        return first
    row = get_object_or_404(Delegation.objects.visible_to(actor), key=key)
    form = WhyForm(request.POST)
    if not form.is_valid():
        flash.error(request, _("Write in a few words how they told you."))
        return redirect("conversations:named", school=request.school.slug)
    try:
        words = form.cleaned_data["why"]
        delegating.agree(row, how=AgreedHow.OFFICE, wording=words, by=actor, now=school_time.now())
        flash.success(request, _("Written down. Everyday words go there from now on."))
    except delegating.NotNow:
        flash.info(request, _("This has been answered already."))
    return redirect("conversations:named", school=request.school.slug)


@require_POST
@staff_page(*OFFICE)
def named_removal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """It is not to be, or no longer."""
    row = get_object_or_404(Delegation.objects.visible_to(actor), key=key)
    form = WhyForm(request.POST)
    if not form.is_valid():
        flash.error(request, _("Write why, in a few words."))
        return redirect("conversations:named", school=request.school.slug)
    delegating.end(row, how=EndedBy.OFFICE, why=form.cleaned_data["why"], by=actor, now=school_time.now())
    flash.success(request, _("Ended. Nothing more goes to them."))
    return redirect("conversations:named", school=request.school.slug)


def _shown(rows: DelegationQuerySet, request: SchoolRequest) -> list[Shown]:
    today = request.school.local(school_time.now()).date()
    whole = rows.select_related("named_by", "adult").prefetch_related("about__student")
    return [
        Shown(row, row.stage(today), tuple(child.student.short_name for child in row.about.all()))
        for row in whole
    ]


def _stands(one: Shown) -> bool:
    return one.stage is not Stage.OVER
