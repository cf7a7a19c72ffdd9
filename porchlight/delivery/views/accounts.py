"""The ways to reach families: accounts, their health, test messages, and the switch that stops everything."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages as flash
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.accounts.limits import Rate, take
from porchlight.delivery.account_form import AccountForm, SwitchForm, TestMessageForm
from porchlight.delivery.actions import switch
from porchlight.delivery.addressing import NotAnAddress
from porchlight.delivery.approved_texts import texts_of
from porchlight.delivery.gateways.registry import UnknownGateway, all_gateways, get
from porchlight.delivery.health import health_of, problems_of
from porchlight.delivery.models import Account
from porchlight.delivery.news import public_key_of
from porchlight.delivery.opening import change_account, close_account, open_account, release_lane
from porchlight.delivery.pairing import paired_lately
from porchlight.delivery.phone_state import phone_state
from porchlight.delivery.switches import route_of, standing
from porchlight.delivery.testing import last_test, send_test
from porchlight.families.models import Channel
from porchlight.schools.actors import KEEPERS, Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time
from porchlight.toolbox.phone_numbers import national
from porchlight.toolbox.scripts import left_to_right

SHOWN = (Channel.WHATSAPP, Channel.SMS, Channel.TELEGRAM, Channel.PUSH, Channel.EMAIL, Channel.CALL)
TESTS = Rate(10, timedelta(hours=1))


@require_safe
@staff_page(*KEEPERS)
def accounts(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Every channel with its accounts and how they do."""
    rows = [health_of(one, actor) for one in _mine(actor).select_related("lane")]
    switches = standing(request.school)
    page = {
        "channels": [
            {
                "code": channel.value,
                "accounts": [row for row in rows if row.account.channel == channel],
                "off": switches.get(channel.value),
                "gateways": [one for one in all_gateways().values() if one.channel == channel],
            }
            for channel in SHOWN
        ],
        "all_off": switches.get(""),
        "anything": bool(rows),
    }
    return render(request, "delivery/accounts.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def new_account(request: SchoolRequest, actor: Actor, gateway: str) -> HttpResponse:
    """Connect one more way."""
    try:
        carrier = get(gateway)
    except UnknownGateway:
        raise Http404 from None
    form = AccountForm(request.POST or None, gateway=carrier)
    if request.method == "POST" and form.is_valid():
        made = open_account(
            school=request.school,
            gateway=gateway,
            by=actor,
            label=form.cleaned_data["label"],
            sender=form.cleaned_data["sender"],
            rank=form.cleaned_data["rank"],
            settings=form.settings(),
            secrets=form.secrets(),
        )
        return redirect("delivery:account", school=request.school.slug, key=made.key)
    page = {"form": form, "carrier": carrier}
    return render(request, "delivery/new_account.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def account(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """One account: its health, its webhook address, its settings, a test message."""
    row = get_object_or_404(_mine(actor).select_related("lane"), key=key)
    try:
        carrier = row.carrier
    except UnknownGateway:
        raise Http404 from None
    form = AccountForm(request.POST or None, gateway=carrier, account=row)
    if request.method == "POST" and form.is_valid():
        change_account(
            row,
            by=actor,
            label=form.cleaned_data["label"],
            sender=form.cleaned_data["sender"],
            rank=form.cleaned_data["rank"],
            settings=form.settings(),
            secrets=form.secrets(),
        )
        flash.success(request, _("Kept. It is used within a few seconds."))
        return redirect("delivery:account", school=request.school.slug, key=key)
    route = route_of(row)
    page = {
        "row": row,
        "health": health_of(row, actor),
        "carrier": carrier,
        "form": form,
        "webhook": settings.BASE_URL + route.path + carrier.hook_ending,
        "route": route,
        "problem": gettext(route.connect_problem) if route.connect_problem else "",
        "phone": phone_state(row, route, actor),
        "paired": [one for one in paired_lately(actor, now=school_time.now()) if one.account == row],
        "has_texts": carrier.abilities.free_text_window_hours is not None,
        "test_form": TestMessageForm(account=row),
        "push_key": public_key_of(row),
        "test": last_test(row, actor),
    }
    return render(request, "delivery/account.html", page, status=422 if form.errors else 200)


@require_safe
@staff_page(*KEEPERS)
def texts(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """What to have approved at WhatsApp, and how far that has come."""
    row = get_object_or_404(_mine(actor).filter(channel=Channel.WHATSAPP), key=key)
    page = {"row": row, "languages": texts_of(row, actor)}
    return render(request, "delivery/texts.html", page)


@require_POST
@staff_page(*KEEPERS)
def test_message(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """A few words to a colleague's own phone or mailbox, over this account."""
    row = get_object_or_404(_mine(actor), key=key)
    form, now = TestMessageForm(request.POST, account=row), school_time.now()
    if not form.is_valid():
        flash.error(request, " ".join(map(str, form.errors["to"])))
    elif not take(f"test messages:{actor.school_id}", TESTS, now=now):
        flash.error(request, _("Ten tests in an hour are enough. Wait a little, then try once more."))
    else:
        try:
            parcel = send_test(row, to=form.cleaned_data["to"], by=actor, now=now)
        except NotAnAddress:
            flash.error(
                request, _("Nothing can be sent there on this way. Look at the number or mailbox again.")
            )
        else:
            if parcel is None:
                flash.error(request, _why_not(row))
            elif row.held_at is not None:
                flash.warning(
                    request, _("The test waits. It leaves when you have put right what stands here.")
                )
            else:
                flash.success(
                    request, _("The test is on its way. Look again in a moment to see how far it came.")
                )
    return redirect("delivery:account", school=request.school.slug, key=key)


@require_POST
@staff_page(*KEEPERS)
def release(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Somebody has mended what was wrong: what waits leaves again."""
    row = get_object_or_404(_mine(actor), key=key)
    if release_lane(row, by=actor):
        flash.success(request, _("What waited on “%(label)s” leaves now.") % {"label": row.label})
    return redirect("delivery:account", school=request.school.slug, key=key)


@require_POST
@staff_page(*KEEPERS)
def closing(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Nothing goes out on it any more."""
    row = get_object_or_404(_mine(actor), key=key)
    close_account(row, by=actor)
    flash.success(request, _("“%(label)s” is closed. What was sent stays on record.") % {"label": row.label})
    return redirect("delivery:accounts", school=request.school.slug)


@require_POST
@staff_page(*KEEPERS)
def sending(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Stop a channel, or everything; or let it go on."""
    channel, is_off = request.POST.get("channel", ""), "off" in request.POST
    if channel not in ("", *Channel.values):
        raise Http404
    form = SwitchForm(request.POST)
    if is_off and not form.is_valid():
        flash.error(request, " ".join(map(str, form.errors["reason"])))
    elif is_off:
        switch(off=True, by=actor, reason=form.cleaned_data["reason"], school=request.school, channel=channel)
        flash.warning(request, _("Stopped. Nothing more leaves, and nothing is lost: it waits here."))
    elif switch(off=False, by=actor, reason="", school=request.school, channel=channel):
        flash.success(request, _("Sending goes on. What waited leaves now."))
    return redirect("delivery:accounts", school=request.school.slug)


def _why_not(row: Account) -> str:
    """Why no test left: settings, or words that WhatsApp does not carry yet."""
    if problems_of(row):
        return _("This account cannot send yet. See below what is to be put right.")
    return _(
        "WhatsApp has approved none of your texts yet. Write a few words to %(number)s from your own phone, and "
        "then send the test: for a day it needs no approved text."
    ) % {"number": left_to_right(national(row.sender, row.school.country))}


def _mine(actor: Actor) -> QuerySet[Account]:
    return Account.objects.visible_to(actor).open().on_a_wire()
