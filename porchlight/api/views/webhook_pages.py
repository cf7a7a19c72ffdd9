"""The school's own pages about systems that are told when something happened."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.api.forms import WebhookForm
from porchlight.api.models import Signal, SignalKind, Subscription
from porchlight.api.views.proving import second_step_with
from porchlight.api.webhooks.subscribing import end, revive, subscribe, tell_again, try_it
from porchlight.api.words import code_words
from porchlight.schools.actors import KEEPERS, Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import StaffMember
from porchlight.toolbox import school_time

SHOWN = 50


@require_safe
@staff_page(*KEEPERS)
def webhooks(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Whom we tell, the newest first."""
    rows = Subscription.objects.visible_to(actor).order_by("-pk")[:SHOWN]
    return render(
        request, "api/webhooks.html", {"webhooks": [{"row": row, "told_of": _told_of(row)} for row in rows]}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def new_webhook(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Asks for the second step first; what was written comes back with it. The secret is shown here and never again."""
    if first := second_step_with(request, "api:new_webhook", WebhookForm):
        return first
    begun = {"url": request.GET.get("url", ""), "kinds": request.GET.getlist("kinds")}
    form = WebhookForm(request.POST or None, initial=begun)
    if not form.is_valid():
        return render(request, "api/new_webhook.html", {"form": form}, status=422 if form.errors else 200)
    by = get_object_or_404(StaffMember.objects.visible_to(actor), pk=actor.post_id)
    made, secret = subscribe(school=request.school, by=by, **form.cleaned_data)
    return render(request, "api/webhook_made.html", {"webhook": made, "secret": secret})


@require_safe
@staff_page(*KEEPERS)
def webhook(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """One of them, and the latest it was told."""
    row = get_object_or_404(Subscription.objects.visible_to(actor), key=key)
    signals = Signal.objects.visible_to(actor).filter(subscription=row).order_by("-pk")[:SHOWN]
    page = {
        "row": row,
        "told_of": _told_of(row),
        "signals": [
            {"row": one, "words": SignalKind(one.kind).label, "why": code_words(one.last_code)}
            for one in signals
        ],
        "is_on": row.ended_at is None and row.disabled_at is None,
    }
    return render(request, "api/webhook.html", page)


@require_POST
@staff_page(*KEEPERS)
def test(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Send a test."""
    row = _listening(actor, key)
    try_it(row, now=school_time.now())
    flash.success(request, _("A test is on its way. Load this page again in a moment."))
    return _back(request, row)


@require_POST
@staff_page(*KEEPERS)
def ending(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Tell it nothing more."""
    row = get_object_or_404(Subscription.objects.visible_to(actor), key=key)
    if end(row, by=actor, now=school_time.now()):
        flash.success(request, _("It is told nothing more."))
    return _back(request, row)


@require_POST
@staff_page(*KEEPERS)
def revival(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Tell it again, after it failed for so long that we gave up."""
    row = get_object_or_404(Subscription.objects.visible_to(actor), key=key)
    if revive(row, by=actor, now=school_time.now()):
        flash.success(request, _("It is told again. What waited goes first."))
    return _back(request, row)


@require_POST
@staff_page(*KEEPERS)
def again(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """What was ticked goes once more, under the ids it had."""
    row = _listening(actor, key)
    rows = Signal.objects.visible_to(actor).filter(subscription=row, key__in=request.POST.getlist("signals"))
    count = tell_again(list(rows.select_related("subscription")[:SHOWN]), by=actor, now=school_time.now())
    if count:
        words = ngettext("%(n)s goes once more.", "%(n)s go once more.", count)
        flash.success(request, words % {"n": count})
    else:
        flash.error(request, _("Tick what should go once more."))
    return _back(request, row)


def _listening(actor: Actor, key: str) -> Subscription:
    return get_object_or_404(Subscription.objects.visible_to(actor).listening(), key=key)


def _back(request: SchoolRequest, row: Subscription) -> HttpResponse:
    return redirect("api:webhook", school=request.school.slug, key=row.key)


def _told_of(row: Subscription) -> list[str]:
    return [str(SignalKind(kind).label) for kind in row.kinds if kind in SignalKind.values]
