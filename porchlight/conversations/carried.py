"""How far a message came, on each way it went, and the very words the home got: what staff see one tap away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.functional import Promise

from porchlight.conversations.models import Message, MessageParcel
from porchlight.conversations.provenance_words import told_of
from porchlight.conversations.report import FAILED_OTHERWISE, FAILED_WORDS, tells_arrival
from porchlight.conversations.showing import for_showing
from porchlight.conversations.utterance import HELD_BACK
from porchlight.delivery.approvals import as_approved
from porchlight.delivery.gateways.by_hand import carried_as
from porchlight.delivery.gateways.contract import ApprovedTemplate, Status
from porchlight.delivery.models import Delivery, Parcel, Stopped
from porchlight.delivery.not_reached import NotReached
from porchlight.design.parts import Saying

SOON = timedelta(minutes=1)  # what leaves within that is on its way out; later, it waits for the home to wake
GOES_ON_AS_ANOTHER = (Stopped.WITHDRAWN, Stopped.TRIED_ANEW, Stopped.REPLAYED)
FURTHEST = ("failed", "held", "queued", "sent", "sent_for_good", "delivered", "read")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to one home. `status` is a code of `design.delivery_words`."""

    channel: str
    status: str
    said: Saying
    heading: str = ""  # a mail's subject
    trouble: str | Promise = ""  # why it did not arrive, as a next step
    provenance: str = ""  # how the words came to be in this language
    is_approved: bool = False  # inside a text that WhatsApp approved


@dataclass(frozen=True, slots=True)
class Carried:
    """Every way one message went, or why there was none."""

    ways: Sequence[Way] = ()
    original: Saying | None = None  # when the home got other words than the author's
    no_way: str | Promise = ""

    @property
    def furthest(self) -> Way | None:
        """The way that came furthest."""
        return max(self.ways, key=lambda way: FURTHEST.index(way.status), default=None)

    @property
    def waits(self) -> bool:
        """Whether all of it is still here and waits for the home to wake: it can be taken back until then."""
        return bool(self.ways) and all(way.status == "held" for way in self.ways)


def for_staff(messages: QuerySet[Message]) -> list[Message]:
    """These messages with everything a staff page of them needs: as `for_showing`, and how ours were carried."""
    return with_ways(for_showing(messages))


def with_ways(found: list[Message]) -> list[Message]:
    """And how ours were carried."""
    ours = [message for message in found if not message.is_from_home]
    deliveries = Delivery.objects.select_related("account").order_by("pk")
    parcels = MessageParcel.objects.select_related("parcel").prefetch_related(
        Prefetch("parcel__deliveries", queryset=deliveries)
    )
    prefetch_related_objects(ours, "unreached", Prefetch("parcels", queryset=parcels))
    return found


def carried(message: Message, now: datetime) -> Carried:
    """What became of one message from school."""
    parcels = [row.parcel for row in message.parcels.all()]
    ways = [
        _way(message, parcel, delivery, now)
        for parcel in parcels
        for delivery in parcel.deliveries.all()
        if delivery.stopped not in GOES_ON_AS_ANOTHER
    ]
    rendering = getattr(message, "rendering", None)
    return Carried(
        ways=ways,
        original=Saying(message.text, message.language) if rendering is not None and ways else None,
        no_way="" if ways else _no_way(message),
    )


def _no_way(message: Message) -> str | Promise:
    unreached = next(iter(message.unreached.all()), None)
    return NotReached(unreached.reason).next_step if unreached is not None else ""


def _way(message: Message, parcel: Parcel, delivery: Delivery, now: datetime) -> Way:
    rendering = getattr(message, "rendering", None)
    status = _status(delivery, now)
    template = delivery.body.get("template")
    text = as_approved(ApprovedTemplate(**template)) if template else delivery.body.get("text", parcel.text)
    if message.kind == HELD_BACK:
        text = rendering.text if rendering is not None else message.text
    return Way(
        channel=carried_as(delivery.account.gateway, delivery.channel),
        status=status,
        said=Saying(text, parcel.language),
        heading=delivery.body.get("subject", ""),
        trouble=FAILED_WORDS.get(delivery.advice, FAILED_OTHERWISE) if status == "failed" else "",
        provenance=told_of(rendering) if rendering is not None else "",
        is_approved=template is not None,
    )


def _status(delivery: Delivery, now: datetime) -> str:
    status = Status(delivery.status)
    if status >= Status.DELIVERED:
        return status.name.lower()
    if status is Status.FAILED or delivery.stopped not in ("", Stopped.TOGETHER):
        return "failed"
    if status is Status.SENT:
        return "sent" if tells_arrival(delivery.account.gateway) else "sent_for_good"
    return "held" if delivery.tries == 0 and delivery.due_at > now + SOON else "queued"
