"""The office's own phone: set up on the phone by a QR code; its credit; what it may not send today goes another way."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages as flash
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.delivery.by_hand.elsewhere import send_elsewhere
from porchlight.delivery.models import Account
from porchlight.delivery.models.by_hand import SEES_NUMBERS
from porchlight.delivery.pairing import GATEWAY, PairForm, begin, look_up, pair, was_made
from porchlight.delivery.phone_state import note_credit
from porchlight.design.squares import square
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time


@require_POST
@staff_page(*SEES_NUMBERS)
def pairing(request: SchoolRequest, actor: Actor, key: str = "") -> HttpResponse:
    """A QR code for the phone's camera. Making one ends the earlier ones."""
    account = get_object_or_404(_mine(actor), key=key, gateway=GATEWAY) if key else None
    secret = begin(school=request.school, account=account, by=actor, now=school_time.now())
    link = settings.BASE_URL + reverse(
        "delivery:pair", kwargs={"school": request.school.slug, "secret": secret}
    )
    page = {"row": account, "link": link, "qr": square(link)}
    return _private(render(request, "delivery/pairing.html", page))


@require_http_methods(["GET", "HEAD", "POST"])
def pair_phone(request: SchoolRequest, school: str, secret: str) -> HttpResponse:
    """On the phone: where each value stands in the app, and a place to paste it. A GET changes nothing."""
    if request.school is None or not was_made(secret, school=request.school):
        raise Http404
    now = school_time.now()
    found = look_up(secret, school=request.school, now=now)
    if found is None:
        return _over(request)
    form = PairForm(request.POST or None, account=found.account)
    if request.method != "POST" or not form.is_valid():
        page = {"form": form, "done": False}
        return _private(render(request, "delivery/pair.html", page, status=422 if form.errors else 200))
    if pair(secret, school=request.school, label=_("The office's own phone"), form=form, now=now) is None:
        return _over(request)
    return _private(render(request, "delivery/pair.html", {"done": True}))


def _over(request: SchoolRequest) -> HttpResponse:
    """Whoever stands there with the phone is told how to go on; nothing else is there any more."""
    return _private(render(request, "delivery/pair.html", {"over": True}, status=404))


@require_POST
@staff_page(*SEES_NUMBERS)
def credit(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """What the carrier said of the credit, as somebody typed it."""
    row = get_object_or_404(_mine(actor), key=key)
    words = " ".join(request.POST.get("credit", "").split())[:160]
    if words:
        note_credit(row, words=words, by=actor, now=school_time.now())
        flash.success(request, _("Kept."))
    else:
        flash.error(request, _("Write what the phone said, such as “12.40 left until 30 June”."))
    return redirect("delivery:account", school=request.school.slug, key=key)


@require_POST
@staff_page(*SEES_NUMBERS)
def elsewhere(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """What waits on this account goes another way, where there is one."""
    row = get_object_or_404(_mine(actor), key=key)
    count = send_elsewhere(row, by=actor, now=school_time.now())
    if count:
        words = ngettext("One message goes another way.", "%(n)s messages go another way.", count)
        flash.success(request, words % {"n": count})
    else:
        flash.info(
            request, _("What waits here has no other way. Switch one on under “Ways that need no contract”.")
        )
    return redirect("delivery:account", school=request.school.slug, key=key)


def _mine(actor: Actor) -> QuerySet[Account]:
    return Account.objects.visible_to(actor).open().on_a_wire()


def _private(response: HttpResponse) -> HttpResponse:
    """Behind a secret address: kept nowhere, and its address told to nobody."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
