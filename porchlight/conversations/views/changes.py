"""Numbers and mailboxes that change: one adult's ways, what waits, and what colleagues say to it."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.accounts.proving import second_step
from porchlight.conversations.changes_form import HowWeKnow, NewWayForm, WhyForm
from porchlight.conversations.changes_shown import found_at_others, shown, standing_of
from porchlight.conversations.consent_shown import last_words
from porchlight.conversations.dates import DatesForm
from porchlight.conversations.models import TriageItem
from porchlight.conversations.placing_by_hand import AlreadyPlaced, settle
from porchlight.conversations.views.office import OFFICE
from porchlight.delivery.addressing import NotAnAddress
from porchlight.delivery.changing import actions, cautions
from porchlight.families.models import (
    Caution,
    ContactChange,
    ContactPoint,
    Guardian,
    Guardianship,
    around_own_children,
)
from porchlight.families.models.people import GuardianQuerySet
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time

CAREFUL = (Role.SAFEGUARDING, Role.LEADER)


@require_safe
@staff_page(*OFFICE)
def changes(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """What waits for somebody to confirm it, for a second colleague, or for its three days."""
    waiting = ContactChange.objects.visible_to(actor).standing().select_related("guardian", "old__address")
    return render(request, "conversations/changes.html", {"changes": [shown(one) for one in waiting]})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def ways(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """How one adult is reached, and with POST what they want changed."""
    if first := second_step(request):
        return first
    guardian = get_object_or_404(_others(actor), key=key)
    now = school_time.now()
    rows = ContactPoint.objects.visible_to(actor).filter(guardian=guardian, ended_at=None)
    points = list(rows.select_related("address").order_by("rank", "pk"))
    item = _item(request, actor)
    form = NewWayForm(
        request.POST or None,
        points=[point for point in points if not point.on_trial],
        known=actions.known_before(guardian, now=now),
        initial={"old": points[0].key if points else ""},
    )
    if request.method == "POST" and form.is_valid() and (change := _asked(form, guardian, actor)):
        _settle(item, actor)
        return redirect("conversations:contact_change", school=request.school.slug, key=change.key)
    ties = Guardianship.objects.visible_to(actor).current(on=request.school.local(now).date())
    agreed = last_words(points, actor)
    page = {
        "guardian": guardian,
        "ties": ties.filter(guardian=guardian).select_related("student").order_by("pk"),
        "points": [(point, agreed.get(point.pk)) for point in points],
        "changes": [shown(one) for one in standing_of(guardian, actor)],
        "form": form,
        "dates_form": DatesForm(initial={"islamic_day": guardian.islamic_day}),
        "item": item,
        "may_ask_for_care": actor.is_one_of(*CAREFUL),
        "may_read_why": actor.is_one_of(Role.SAFEGUARDING),
        "cautions": Caution.objects.visible_to(actor)
        .standing()
        .filter(student__ties__guardian=guardian)
        .distinct(),
    }
    return render(request, "conversations/ways.html", page, status=422 if form.errors else 200)


def _others(actor: Actor) -> GuardianQuerySet:
    """But the adults around a colleague's own child: whatever concerns those, another colleague does."""
    return Guardian.objects.visible_to(actor).exclude(pk__in=around_own_children(actor))


def _item(request: SchoolRequest, actor: Actor) -> TriageItem | None:
    """The words in the tray that said so."""
    waiting = TriageItem.objects.visible_to(actor).waiting()
    return waiting.filter(key=request.GET.get("tray", "")).first()


def _asked(form: NewWayForm, guardian: Guardian, actor: Actor) -> ContactChange | None:
    """The wish, confirmed where they said how; None when something is to be put right in the form."""
    told, now, old = form.cleaned_data, school_time.now(), form.replaced()
    try:
        change = actions.ask(
            guardian=guardian, channel=told["channel"], written=told["value"], by=actor, now=now, old=old
        )
    except NotAnAddress:
        form.add_error("value", _("Nothing can be sent there. Look at it again with them."))
        return None
    except actions.SameAddress:
        form.add_error("value", _("They are reached there already."))
        return None
    if told["unsafe"] and old is not None:
        actions.mark_unsafe(old, by=actor, now=now)
    if told["how"]:
        change = actions.confirm(
            change, how=told["how"], words=told["words"], called=form.rung(), by=actor, now=now
        )
    return change


def _settle(item: TriageItem | None, actor: Actor) -> None:
    if item is not None:
        try:
            settle(item, outcome=_("The changed number was written down."), by=actor, now=school_time.now())
        except AlreadyPlaced:
            return


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def change(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """One of them: what it is, how far it has come; with POST a colleague says how they know."""
    if first := second_step(request):
        return first
    row = get_object_or_404(ContactChange.objects.visible_to(actor).select_related("guardian"), key=key)
    now = school_time.now()
    known = actions.known_before(row.guardian, now=now)
    form = HowWeKnow(request.POST or None, known=known, may_wait=False)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.confirm(row, how=told["how"], words=told["words"], called=form.rung(), by=actor, now=now)
            flash.success(request, _("Written down."))
        except actions.NotNow:
            flash.info(request, _("This has been answered already."))
        return redirect("conversations:contact_change", school=request.school.slug, key=key)
    page = {
        "one": shown(row),
        "form": form,
        "why": WhyForm(),
        "is_mine": row.confirmed_by_id == actor.post_id,
        "others": found_at_others(row, actor),
    }
    return render(request, "conversations/change.html", page, status=422 if form.errors else 200)


@require_POST
@staff_page(*OFFICE)
def approval(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """A second colleague says yes as well."""
    if first := second_step(request):
        return first
    row = get_object_or_404(ContactChange.objects.visible_to(actor), key=key)
    try:
        actions.approve(row, by=actor, now=school_time.now())
        flash.success(request, _("Written down. It holds when its three days are over."))
    except actions.NotNow:
        flash.error(request, _("A colleague other than the first has to say this."))
    return redirect("conversations:contact_change", school=request.school.slug, key=key)


@require_POST
@staff_page(*OFFICE)
def refusal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """It is not to be."""
    row = get_object_or_404(ContactChange.objects.visible_to(actor), key=key)
    form = WhyForm(request.POST)
    if not form.is_valid():
        flash.error(request, _("Write why, in a few words."))
        return redirect("conversations:contact_change", school=request.school.slug, key=key)
    try:
        actions.refuse(row, why=form.cleaned_data["why"], by=actor, now=school_time.now())
        flash.success(request, _("Written down. Everything stays as it was."))
    except actions.NotNow:
        flash.info(request, _("This has been answered already."))
    return redirect("conversations:contact_changes", school=request.school.slug)


@require_POST
@staff_page(*OFFICE)
def unsafe(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Somebody else reads along there."""
    points = ContactPoint.objects.visible_to(actor).filter(ended_at=None, guardian__in=_others(actor))
    point = get_object_or_404(points.select_related("guardian"), key=key)
    actions.mark_unsafe(point, by=actor, now=school_time.now())
    flash.success(request, _("Nothing goes there any more, and nothing is said there of any change."))
    return redirect("conversations:ways_of", school=request.school.slug, key=point.guardian.key)  # type: ignore[union-attr]  # asked for above


@require_POST
@staff_page(*OFFICE)
def first(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """They like to be reached there best: by letter, say."""
    points = ContactPoint.objects.visible_to(actor).filter(
        ended_at=None, on_trial=False, guardian__in=_others(actor)
    )
    point = get_object_or_404(points.select_related("guardian"), key=key)
    actions.prefer(point, by=actor)
    flash.success(request, _("Written down. What is not urgent goes there first."))
    return redirect("conversations:ways_of", school=request.school.slug, key=point.guardian.key)  # type: ignore[union-attr]  # asked for above


@require_POST
@staff_page(*CAREFUL)
def caution(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """From now on two colleagues and three days, for every adult around these children."""
    guardian = get_object_or_404(_others(actor), key=key)
    form = WhyForm(request.POST)
    if form.is_valid():
        cautions.ask_for_care(guardian, why=form.cleaned_data["why"], by=actor, now=school_time.now())
        flash.success(request, _("From now on it takes two of you, and three days."))
    else:
        flash.error(request, _("Write why, in a few words."))
    return redirect("conversations:ways_of", school=request.school.slug, key=key)


@require_POST
@staff_page(*CAREFUL)
def caution_removal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """No longer. What waits already goes on waiting."""
    guardian = get_object_or_404(_others(actor), key=key)
    cautions.lift(guardian, by=actor, now=school_time.now())
    flash.success(request, _("Lifted. What waits already goes on waiting."))
    return redirect("conversations:ways_of", school=request.school.slug, key=key)
