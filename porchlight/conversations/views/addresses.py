"""A number or mailbox in trouble: whose it is, what is wrong, and the three ways to mend it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.conversations.forms import NewAddressForm
from porchlight.conversations.gate import to_ask_about
from porchlight.conversations.mending import ask_instead, confirm, take_off, to_mend
from porchlight.conversations.models import Trouble
from porchlight.conversations.troubles import address_words, points_at
from porchlight.conversations.views.office import MENDERS
from porchlight.delivery.addressing import NotAnAddress
from porchlight.delivery.changing.actions import SameAddress
from porchlight.delivery.gateways.meanings import said_again
from porchlight.families.models import Address, Channel, Guardianship
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time


class Mend(Protocol):
    """What puts an address right."""

    def __call__(self, address: Address, /, *, by: Actor, now: datetime) -> object: ...


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*MENDERS)
def address(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """What is wrong with it, and with POST the one they gave instead."""
    row = get_object_or_404(to_mend(actor), key=key)
    form = NewAddressForm(request.POST or None, channel=row.channel)
    if request.method == "POST" and form.is_valid():
        try:
            written = form.cleaned_data["value"]
            changes = ask_instead(
                row, written=written, school=request.school, by=actor, now=school_time.now()
            )
        except NotAnAddress:
            form.add_error("value", _("Nothing can be sent there. Look at it again with them."))
        except SameAddress:
            form.add_error("value", _("That is the one we have. If it is right, say so above."))
        else:
            if len(changes) == 1:
                return redirect("conversations:contact_change", request.school.slug, changes[0].key)
            if changes:
                flash.info(request, _("Say for each of them how you know that it is theirs."))
                return redirect("conversations:contact_changes", school=request.school.slug)
            flash.success(request, _("Kept. What you write from now on goes there."))
            return redirect("conversations:triage", school=request.school.slug)
    points = list(points_at(actor, [row.pk]))
    ties = Guardianship.objects.visible_to(actor).current(on=request.school.local(school_time.now()).date())
    wrong, next_step = address_words(row)
    told = Trouble.objects.visible_to(actor).standing().filter(address=row).first()
    page = {
        "row": row,
        "is_mail": row.channel == Channel.EMAIL,
        "people": [point.guardian or point.student or point.staff for point in points],
        "ties": ties.filter(guardian__in=[point.guardian_id for point in points if point.guardian_id])
        .select_related("guardian", "student")
        .order_by("student__name", "pk"),
        "wrong": wrong,
        "to_ask": to_ask_about(row, points, school=request.school) if wrong else (),
        "next_step": next_step,
        "why": said_again(told.why) if told is not None else "",
        "form": form,
    }
    return render(request, "conversations/address.html", page, status=422 if form.errors else 200)


@require_POST
@staff_page(*MENDERS)
def confirmation(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """They were asked, and it is right as it stands."""
    return _mended(request, actor, key, confirm, _("Written down. Words go there again."))


@require_POST
@staff_page(*MENDERS)
def removal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """It is nobody's any more."""
    return _mended(request, actor, key, take_off, _("Taken off. What was said before stays in its thread."))


def _mended(request: SchoolRequest, actor: Actor, key: str, mend: Mend, said: str) -> HttpResponse:
    mend(get_object_or_404(to_mend(actor), key=key), by=actor, now=school_time.now())
    flash.success(request, said)
    return redirect("conversations:triage", school=request.school.slug)
