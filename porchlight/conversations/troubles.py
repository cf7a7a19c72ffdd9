"""Trouble on the road as the office reads it: what happened, what to do next, and the page that mends it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from porchlight.conversations.models import Trouble, TroubleKind
from porchlight.delivery.gateways import registry
from porchlight.delivery.inbox import listeners
from porchlight.delivery.models import Account
from porchlight.design.parts import Action, Words
from porchlight.families.models import Address, AddressState, Channel, ContactPoint
from porchlight.schools.actors import Actor
from porchlight.schools.models import School

SHOWN = 30


def told(trouble: listeners.Trouble, *, now: datetime) -> None:
    """Keep it until it is mended. What is told again while it lasts stays one. In the school's context."""
    address, account = trouble.address, trouble.account
    Trouble.objects.bulk_create(
        [
            Trouble(
                school=trouble.school,
                kind=trouble.kind,
                account=account,
                address=address,
                text=trouble.text,
                about=f"address:{address.pk}"
                if address
                else f"account:{account.pk if account else ''}:{trouble.text}",
                why=trouble.sentence[:300],
                since=now,
            )
        ],
        update_conflicts=True,
        unique_fields=["school", "kind", "about"],
        update_fields=["account", "why", "since"],
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """One trouble on the office's page."""

    title: Words
    who: Sequence[str]  # whose number or mailbox it is
    why: str  # the gateway's sentence; may be empty
    next_step: Words
    action: Action
    since: datetime


@dataclass(frozen=True, slots=True)
class Pile:
    """What stands, and how much of it is shown."""

    shown: Sequence[Shown]
    count: int


def to_mend(school: School, actor: Actor) -> Pile:
    """What this actor can see to, the latest first, in a constant number of queries."""
    standing = Trouble.objects.visible_to(actor).standing()
    rows = list(standing.select_related("account__school", "address")[:SHOWN])
    names = holders(actor, [row.address_id for row in rows if row.address_id is not None])
    shown = [_shown(row, school, names) for row in rows]
    return Pile(shown, standing.count() if len(rows) == SHOWN else len(rows))


def holders(actor: Actor, addresses: Iterable[int]) -> Mapping[int, Sequence[str]]:
    """By address id: the people who use it now, as staff know them."""
    found: dict[int, list[str]] = defaultdict(list)
    for point in points_at(actor, addresses):
        found[point.address_id].append(str(point.guardian or point.student or point.staff))
    return found


def points_at(actor: Actor, addresses: Iterable[int]) -> QuerySet[ContactPoint]:
    """Who uses these addresses now, in their order."""
    rows = ContactPoint.objects.visible_to(actor).filter(address__in=list(addresses), ended_at=None)
    return rows.select_related("guardian", "student", "staff").order_by("rank", "pk")


def address_words(address: Address) -> tuple[str, str]:
    """(what is wrong with a number or mailbox, what to do next); both empty when nothing is."""
    is_mail = address.channel == Channel.EMAIL
    if address.state == AddressState.BAD and address.channel == Channel.PAPER:
        return _("A letter came back from this address."), _("Ask them kindly where they live now.")
    if address.state == AddressState.BAD:
        wrong = _("Nothing gets to this mailbox.") if is_mail else _("Nothing gets to this number.")
        return wrong, _("Ask them kindly for the right one: by another way, or when they next come by.")
    if address.state == AddressState.NOTICE_ONLY:
        wrong = (
            _("This mailbox may be in other hands.") if is_mail else _("This number may be in other hands.")
        )
        return wrong, _("Until you know, only words for everybody go there. Ring them and ask.")
    return "", ""


def _shown(row: Trouble, school: School, names: Mapping[int, Sequence[str]]) -> Shown:
    if row.address is not None:
        title, next_step = address_words(row.address)
        url = reverse("conversations:address", kwargs={"school": school.slug, "key": row.address.key})
        why = _(row.why) if row.why and row.kind == TroubleKind.ADDRESS_BAD else ""
        action = Action(_("Mend it"), url, icon="phone")
        return Shown(title, names.get(row.address.pk, ()), why, next_step, action, row.since)
    if row.account is None:
        raise ValueError("Trouble is about an address or an account.")
    return _about_account(row, row.account)


def page_of(account: Account) -> str:
    """Where an account is mended; one whose gateway is switched off on this server stands in the list alone."""
    place = {"school": account.school.slug, "key": account.key}
    if account.gateway in registry.all_gateways():
        return reverse("delivery:account", kwargs=place)
    return reverse("delivery:accounts", kwargs={"school": account.school.slug})


def _about_account(row: Trouble, account: Account) -> Shown:
    if row.kind == TroubleKind.TEMPLATE_HELD:
        return Shown(
            title=_("WhatsApp has stopped the text %(name)s") % {"name": row.text.replace(":", " · ")},
            who=(),
            why=_("What was to leave in these words waits."),
            next_step=_("Look at it in WhatsApp’s manager, or have another one approved."),
            action=Action(_("Approved texts"), _texts_of(account)),
            since=row.since,
        )
    return Shown(
        title=_("Nothing leaves on “%(label)s” until you act.") % {"label": account.label},
        who=(),
        why=_(row.why) if row.why else "",
        next_step=_("Put it right on its page and let it go on. What waits leaves then; nothing is lost."),
        action=Action(_("Open its page"), page_of(account)),
        since=row.since,
    )


def _texts_of(account: Account) -> str:
    return reverse("delivery:texts", kwargs={"school": account.school.slug, "key": account.key})
