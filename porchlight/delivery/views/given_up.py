"""What came in and could not be read: when, on which way and what sort of trouble; the words on a page of their own."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.delivery.inbox.given_up import read_again, set_aside
from porchlight.delivery.models import InboundEvent
from porchlight.delivery.models.inbox import FAILED
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time

SHOWN = 50
DOOR = (Role.OFFICE, Role.LEADER, Role.SAFEGUARDING)
WHAT: dict[str, Promise] = {
    "heard": gettext_lazy("A message"),
    "missed_call": gettext_lazy("A missed call"),
    "receipt": gettext_lazy("News of a message we sent"),
    "receipts": gettext_lazy("News of messages we sent"),
    "identity_changed": gettext_lazy("A number that changed hands"),
    "address_failed": gettext_lazy("A number or mailbox that failed"),
    "template_changed": gettext_lazy("News of an approved text"),
}
ELSE = gettext_lazy("Something else")


class SettingAsideForm(forms.Form):
    """Why nobody has to read it any more."""

    why = forms.CharField(
        label=gettext_lazy("Why is it set aside?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write a reason, such as: rang them, it was about Friday.")},
    )


@dataclass(frozen=True, slots=True)
class Unread:
    """One of them, without its words."""

    row: InboundEvent
    what: str | Promise
    mistake: str  # the name of our program's mistake; empty where nobody lived to tell


def _unread(row: InboundEvent) -> Unread:
    mistake = row.outcome.removeprefix(FAILED)
    return Unread(row, WHAT.get(row.kind, ELSE), "" if " " in mistake else mistake)


@require_safe
@staff_page(*DOOR)
def given_up(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Newest first, nothing of what they say."""
    found = InboundEvent.objects.visible_to(actor).given_up()
    rows = found.defer("raw", "event").select_related("account").order_by("-pk")[:SHOWN]
    return render(
        request, "delivery/given_up.html", {"unread": [_unread(row) for row in rows], "count": found.count()}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*DOOR)
def one_given_up(request: SchoolRequest, actor: Actor, pk: int) -> HttpResponse:
    """Who wrote and what, which is a look; by POST it is set aside with a reason."""
    found = InboundEvent.objects.visible_to(actor).given_up().select_related("account")
    row = get_object_or_404(found, pk=pk)
    form = SettingAsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_aside(event=row, why=form.cleaned_data["why"], by=actor)
        flash.success(request, _("Set aside."))
        return redirect("delivery:given_up", school=request.school.slug)
    page = {"one": _unread(row), "form": form, "sender": row.event.get("sender") or {}}
    return render(request, "delivery/one_given_up.html", page, status=422 if form.errors else 200)


@require_POST
@staff_page(*DOOR)
def reading_again(request: SchoolRequest, actor: Actor, pk: int) -> HttpResponse:
    """Once more, now that whatever was wrong is mended; if it is not, it comes back here."""
    row = get_object_or_404(InboundEvent.objects.visible_to(actor).given_up().defer("raw", "event"), pk=pk)
    read_again(event=row, by=actor, now=school_time.now())
    flash.success(request, _("It is read once more. If that fails again, it comes back here within minutes."))
    return redirect("delivery:given_up", school=request.school.slug)
