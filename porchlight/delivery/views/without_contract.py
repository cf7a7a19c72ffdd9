"""Ways that need no contract, switched on with one press; and which colleagues may see families' numbers."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages as flash
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from porchlight.delivery.by_hand.elsewhere import send_elsewhere
from porchlight.delivery.by_hand.entrusting import entrust
from porchlight.delivery.by_hand.lists import waiting
from porchlight.delivery.gateways.by_hand import BY_HAND
from porchlight.delivery.models import Account, Entrusted
from porchlight.delivery.models.by_hand import SEES_NUMBERS
from porchlight.delivery.opening import close_account, open_account
from porchlight.delivery.switches import Standing, standing
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import StaffMember
from porchlight.toolbox import school_time

WORDS: dict[str, Promise] = {
    "tap_sms": gettext_lazy(
        "A list on a colleague’s own phone: each row opens their messages with the words in place. It costs what "
        "their own texts cost."
    ),
    "tap_whatsapp": gettext_lazy(
        "The same with their own WhatsApp. Good for a few homes; for many, connect the school’s own number."
    ),
    "call_list": gettext_lazy(
        "Homes that no message reaches get a call: the list has the words to say in their language, the hours, and "
        "who may ring."
    ),
    "slips": gettext_lazy(
        "Homes that nothing else reaches get a slip of paper, printed by class and handed out there."
    ),
    "letters": gettext_lazy(
        "Homes that like letters best, or that nothing else reaches at a postal address we know: printed by class or "
        "by area, with a slip at the foot that comes back."
    ),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One of them."""

    name: str
    label: str
    words: str
    code: str  # its channel
    is_open: bool
    waiting: int
    off: Standing | None


@require_safe
@staff_page(*SEES_NUMBERS)
def without_contract(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Each with what it is good for, and a switch."""
    still_open = set(_open(actor).values_list("gateway", flat=True))
    switches = standing(request.school)
    ways = [
        Way(
            name,
            _(carrier.label),
            str(WORDS[name]),
            carrier.channel,
            name in still_open,
            waiting(actor, [name]).count(),
            switches.get(carrier.channel),
        )
        for name, carrier in BY_HAND.items()
    ]
    named = set(Entrusted.objects.visible_to(actor).standing().values_list("staff_id", flat=True))
    others = _others(actor)
    page = {"ways": ways, "colleagues": [(person, person.pk in named) for person in others]}
    return render(request, "delivery/without_contract.html", page)


@require_POST
@staff_page(*SEES_NUMBERS)
def way_by_hand(request: SchoolRequest, actor: Actor, gateway: str) -> HttpResponse:
    """Switch one on, or off."""
    if gateway not in BY_HAND:
        raise Http404
    standing_open = list(_open(actor).filter(gateway=gateway))
    label = _(BY_HAND[gateway].label)
    if "off" in request.POST:
        for one in standing_open:
            close_account(one, by=actor)
            send_elsewhere(one, by=actor, now=school_time.now())
        flash.success(request, _("“%(label)s” is closed. What was sent stays on record.") % {"label": label})
    elif not standing_open:
        open_account(school=request.school, gateway=gateway, label=str(BY_HAND[gateway].label), by=actor)
        flash.success(
            request, _("Switched on. Homes that no account reaches get their messages this way now.")
        )
    return redirect("delivery:without_contract", school=request.school.slug)


@require_POST
@staff_page(*SEES_NUMBERS)
def entrusted(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Who may see numbers, beside the office and leaders."""
    chosen = request.POST.getlist("staff")
    entrust(
        staff=[person for person in _others(actor) if person.key in chosen], by=actor, now=school_time.now()
    )
    flash.success(request, _("Kept."))
    return redirect("delivery:without_contract", school=request.school.slug)


def _open(actor: Actor) -> QuerySet[Account]:
    return Account.objects.visible_to(actor).open().by_hand()


def _others(actor: Actor) -> list[StaffMember]:
    """Colleagues who do not see numbers by their post."""
    working = StaffMember.objects.visible_to(actor).working()
    return list(working.exclude(roles__role__in=SEES_NUMBERS).order_by("name", "pk"))
