"""The office's tray: words from numbers we do not know or that several people share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from porchlight.conversations.attached import Found, actions_of, found_for, tags_of
from porchlight.conversations.call_list import WAITS_FOR_A_CALL
from porchlight.conversations.models import Delegation, TriageItem, TriageReason
from porchlight.conversations.placing import guardians_by_address
from porchlight.conversations.placing_by_hand import AlreadyPlaced, change_of, place_in_thread, settle
from porchlight.conversations.showing import whole
from porchlight.conversations.troubles import address_words, to_mend
from porchlight.delivery.addressing import NotAnAddress
from porchlight.delivery.changing.actions import SameAddress
from porchlight.delivery.models import Attachment
from porchlight.design.parts import Action, Tag
from porchlight.families.models import ContactChange, Guardian, Guardianship, Student
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import School
from porchlight.toolbox import school_time

BESIDE = (
    "address",
    "message__thread__student",
    "message__thread__guardian",
    "slip_of__guardian",
    "slip_of__student",
)
SHOWN = 50  # on one page
MENDERS = (Role.OFFICE, Role.LEADER)
OFFICE = (Role.OFFICE, Role.LEADER, Role.SAFEGUARDING)


@require_safe
@staff_page(*OFFICE)
def triage(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """What waits, oldest first, with a search for the child it may be about."""
    waiting = TriageItem.objects.visible_to(actor).waiting()
    pile = Paginator(waiting.select_related(*BESIDE), SHOWN).get_page(request.GET.get("page"))
    items = list(pile)
    sought = request.GET.get("child", "").strip()
    ties = Guardianship.objects.visible_to(actor).none()
    if sought:
        today = request.school.local(school_time.now()).date()
        children = Student.objects.visible_to(actor).on_roll().filter(name__icontains=sought)[:20]
        ties = (
            Guardianship.objects.visible_to(actor)
            .current(on=today)
            .filter(student__in=[child.pk for child in children])
            .select_related("guardian", "student")
            .order_by("student__name", "pk")
        )
    found = found_for(request.school, [item.media for item in items])
    may_mend = actor.is_one_of(*MENDERS)
    adults = guardians_by_address([item.address for item in items if item.address])
    shown = [
        _shown(item, request.school, found, adults.get(item.address_id or 0, []), may_mend=may_mend)
        for item in items
    ]
    page = {
        "items": shown,
        "pile": pile,
        "sought": sought,
        "ties": ties,
        "has_files": bool(found),
        "to_mend": to_mend(request.school, actor),
        "to_look_at": Delegation.objects.visible_to(actor).for_the_office().count(),
        "changes": ContactChange.objects.visible_to(actor).standing().count(),
    }
    return render(request, "conversations/triage.html", page)


@dataclass(frozen=True, slots=True)
class Shown:
    """One item of the tray. `known` are the adults who use the number; `needs_place`: its words have no thread yet."""

    item: TriageItem
    known: str
    needs_place: bool
    whole: str  # a mail as it came, where its new words are shown; empty: they are all there was
    to_ring: bool  # they asked for a call, and stand on the call list
    to_change: Sequence[Guardian]  # adults whose number they say has changed
    wrong: str  # with the number itself; empty: nothing
    tags: Sequence[Tag]
    actions: Sequence[Action]


def _shown(
    item: TriageItem, school: School, found: Found, adults: Sequence[Guardian], *, may_mend: bool
) -> Shown:
    known = ", ".join(map(str, adults))

    def address(one: Attachment) -> str:
        names = {"school": school.slug, "key": item.key, "file_key": one.key}
        return reverse("conversations:triage_file", kwargs=names)

    tags, actions = tags_of(item.media, found), actions_of(item.media, found, address)
    wrong = address_words(item.address)[0] if item.address is not None and known and may_mend else ""
    needs_place = item.message_id is None and item.reason != TriageReason.CARDS_GUESSED
    to_ring = bool(known) and may_mend and item.reason in WAITS_FOR_A_CALL
    to_change = list(adults) if item.reason == TriageReason.NUMBER_CHANGED else ()
    return Shown(item, known, needs_place, whole(item), to_ring, to_change, wrong, tags, actions)


@require_POST
@staff_page(*OFFICE)
def placement(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Put the words into an adult's thread; tick to keep the number as theirs."""
    item = get_object_or_404(TriageItem.objects.visible_to(actor), key=key)
    tie = get_object_or_404(Guardianship.objects.visible_to(actor), key=request.POST.get("tie", ""))
    try:
        place_in_thread(item, tie=tie, by=actor, now=school_time.now(), keep_address="keep" in request.POST)
        flash.success(
            request,
            _("Placed with %(adult)s, about %(child)s.") % {"adult": tie.guardian, "child": tie.student},
        )
        if "keep" in request.POST and (change := change_of(item)) is not None:
            flash.info(request, _("The number waits until you say how you know that it is theirs."))
            return redirect("conversations:contact_change", school=request.school.slug, key=change.key)
    except AlreadyPlaced:
        flash.info(request, _("A colleague has already placed this message."))
    except (NotAnAddress, SameAddress):
        flash.info(request, _("That number cannot be kept as theirs. The words are still here."))
    return redirect("conversations:triage", school=request.school.slug)


@require_POST
@staff_page(*OFFICE)
def settlement(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Say in one line what was done."""
    item = get_object_or_404(TriageItem.objects.visible_to(actor), key=key)
    outcome = request.POST.get("outcome", "").strip()[:300]
    if not outcome:
        flash.error(request, _("Write in a few words what you did. The message is still here."))
        return redirect("conversations:triage", school=request.school.slug)
    try:
        settle(item, outcome=outcome, by=actor, now=school_time.now())
        flash.success(request, _("Done and written down."))
    except AlreadyPlaced:
        flash.info(request, _("A colleague has already placed this message."))
    return redirect("conversations:triage", school=request.school.slug)
