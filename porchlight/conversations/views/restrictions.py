"""Adults who are kept from a child: what stands, one more after a look at what it comes to, and the end of one."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.accounts.proving import second_step
from porchlight.conversations import restricting
from porchlight.conversations.changes_form import WhyForm
from porchlight.conversations.restrictions_form import RestrictionForm
from porchlight.conversations.views.changes import CAREFUL
from porchlight.families.models import Guardianship, Restriction, Student, own_children
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.law.followed import law_of
from porchlight.toolbox import school_time


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*CAREFUL)
def restrictions(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Those about one child; with POST what one more would come to, and pressed again, it holds."""
    if first := second_step(request):
        return first
    student = _student(actor, key)
    ties = Guardianship.objects.visible_to(actor).filter(student=student).select_related("guardian", "school")
    current = ties.current(on=request.school.local(school_time.now()).date()).order_by("pk")
    form = RestrictionForm(request.POST or None, ties=list(current), law=law_of(request.school))
    if request.method == "POST" and form.is_valid():
        if "sure" not in request.POST:
            page = {"student": student, "form": form, "tie": form.tie(), "effect": _at_once(form)}
            return render(request, "conversations/restriction_looked.html", page)
        told = {name: form.cleaned_data[name] for name in ("scope", "evidence", "since", "until")}
        restricting.restrict(form.tie(), by=actor, now=school_time.now(), **told)
        flash.success(request, _("Written down. What is on the wire this moment may still arrive."))
        return redirect("conversations:restrictions", school=request.school.slug, key=key)
    rows = Restriction.objects.visible_to(actor).filter(guardianship__student=student, lifted_at=None)
    page = {
        "student": student,
        "standing": rows.select_related("guardianship__guardian").order_by("pk"),
        "form": form,
        "may_read_why": actor.is_one_of(Role.SAFEGUARDING),
    }
    return render(request, "conversations/restrictions.html", page, status=422 if form.errors else 200)


@require_POST
@staff_page(*CAREFUL)
def restriction_removal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Lifted, with the reason sealed beside the evidence."""
    if first := second_step(request):
        return first
    rows = Restriction.objects.visible_to(actor).exclude(guardianship__student__in=own_children(actor))
    row = get_object_or_404(rows.select_related("guardianship__student"), key=key)
    form = WhyForm(request.POST)
    if not form.is_valid():
        flash.error(request, _("Write why, in a few words."))
    elif restricting.lift(row, why=form.cleaned_data["why"], by=actor, now=school_time.now()):
        flash.success(request, _("Lifted. What was said in the meantime is not sent after."))
    return redirect("conversations:restrictions", request.school.slug, row.guardianship.student.key)


def _student(actor: Actor, key: str) -> Student:
    others = Student.objects.visible_to(actor).exclude(pk__in=own_children(actor))
    return get_object_or_404(others, key=key)


def _at_once(form: RestrictionForm) -> restricting.Effect | None:
    """What happens to words on their way; None for what begins later, which is looked at again when they leave."""
    since = form.cleaned_data["since"]
    today = form.tie().school.local(school_time.now()).date()
    return restricting.effect_of(form.tie()) if since is None or since <= today else None
