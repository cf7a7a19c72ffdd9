"""How an account is doing, in words for the office: in order, held, resting; what waits, what arrived lately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from porchlight.delivery.gateways import registry
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.gateways.meanings import said_again
from porchlight.delivery.gateways.registry import UnknownGateway
from porchlight.delivery.models import Account, Delivery, InboundEvent, Stopped
from porchlight.design.parts import Tag
from porchlight.schools.actors import Actor
from porchlight.toolbox.sealed import WrongSeal

LATELY = 200  # deliveries looked back on
GONE = (Stopped.DEAD, Stopped.BAD_ADDRESS, Stopped.NEXT_CHANNEL, Stopped.EXPIRED)


@dataclass(frozen=True, slots=True)
class Health:
    """One account."""

    account: Account
    carrier: str  # what the gateway is called
    tag: Tag
    problems: Sequence[str]  # what is wrong with its settings, each with how to mend it
    held_reason: str
    waiting: int
    lately: str  # "Of the last 200: 180 arrived, …"; empty: nothing was sent yet
    heard_at: datetime | None
    is_held: bool
    is_here: bool  # whether its gateway is switched on on this server


def health_of(account: Account, actor: Actor) -> Health:
    """A constant number of small queries."""
    problems = problems_of(account)
    lane = account.lane
    is_held = lane.held_at is not None
    deliveries = Delivery.objects.visible_to(actor).filter(account=account, rides_with=None)
    heard = InboundEvent.objects.visible_to(actor).filter(account=account)
    return Health(
        account=account,
        carrier=_carrier(account),
        tag=_tag(is_held, bool(problems)),
        problems=problems,
        held_reason=said_again(lane.held_reason) if is_held else "",
        waiting=deliveries.waiting().count(),
        lately=_lately(deliveries.order_by("-pk").values_list("status", "stopped")[:LATELY]),
        heard_at=heard.aggregate(last=Max("received_at"))["last"],
        is_held=is_held,
        is_here=account.gateway in registry.all_gateways(),
    )


def problems_of(account: Account) -> list[str]:
    """What is wrong with the settings, in sentences; also when the gateway or the seal's key is gone."""
    try:
        return account.carrier.problems(account)
    except UnknownGateway:
        return [_("This way is switched off on this server. Ask who runs it, or close this account.")]
    except WrongSeal:
        return [_("The secrets cannot be opened with the server's key. Write them here again.")]


def _carrier(account: Account) -> str:
    try:
        return _(account.carrier.label)
    except UnknownGateway:
        return account.gateway


def _tag(is_held: bool, has_problems: bool) -> Tag:
    if is_held:
        return Tag(_("Held: nothing leaves"), "care", "warn")
    if has_problems:
        return Tag(_("To put right"), "care", "warn")
    return Tag(_("In order"), "good", "check")


def _lately(rows: Iterable[tuple[int, str]]) -> str:
    stands = Counter(_stand(status, stopped) for status, stopped in rows)
    whole = sum(stands.values()) - stands["waiting"]
    if not whole:
        return ""
    return _("Of the last %(whole)s: %(parts)s.") % {"whole": whole, "parts": ", ".join(_parts(stands))}


def _stand(status: int, stopped: str) -> str:
    if status >= Status.DELIVERED:
        return "arrived"
    if status == Status.FAILED or stopped in GONE:
        return "failed"
    if status == Status.SENT:
        return "sent"
    return "kept" if stopped else "waiting"


def _parts(stands: Counter[str]) -> list[str]:
    words = {
        "arrived": ngettext("%(n)s arrived", "%(n)s arrived", stands["arrived"]),
        "sent": ngettext("%(n)s sent, no word yet", "%(n)s sent, no word yet", stands["sent"]),
        "failed": ngettext("%(n)s did not arrive", "%(n)s did not arrive", stands["failed"]),
        "kept": ngettext("%(n)s kept back", "%(n)s kept back", stands["kept"]),
    }
    return [text % {"n": stands[name]} for name, text in words.items() if stands[name]]
