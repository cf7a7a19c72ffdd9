"""What happens below becomes a signal for each subscription that asked for it: keys and codes, nobody's words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver

from porchlight.api.carried import delivery_id, messages_in
from porchlight.api.models import Signal, SignalKind, Subscription
from porchlight.api.tasks import tell_subscriber
from porchlight.conversations.listeners import on_said
from porchlight.conversations.models import Answer, Message
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.inbox.listeners import on_status
from porchlight.delivery.models import Delivery
from porchlight.rosters.models import RosterImport
from porchlight.schools.actors import Actor, Kind, Scope
from porchlight.toolbox import school_time

type Happened = tuple[str, dict[str, Any]]  # what it is about, so that it is told once; and what is told


NOBODY_FOR = 5.0  # seconds
_nobody: dict[int, float] = {}  # by school: when it was asked


def announce(school_id: int, kind: SignalKind, happened: Sequence[Happened]) -> int:
    """A signal for each subscription that wants this kind; told once, however often it is said. Returns how many."""
    if not happened:
        return 0
    wanting = [
        one for one in Subscription.objects.in_school(school_id).listening() if kind.value in one.kinds
    ]
    now = school_time.now()
    made = [_signal(one, kind, about, data, now) for one in wanting for about, data in happened]
    Signal.objects.bulk_create(made, ignore_conflicts=True)
    for one in wanting:
        wake(one)
    return len(made)


def _signal(to: Subscription, kind: SignalKind, about: str, data: dict[str, Any], now: datetime) -> Signal:
    return Signal(
        school_id=to.school_id, subscription=to, kind=kind, about=about, data=data, at=now, due_at=now
    )


def wake(subscription: Subscription) -> None:
    """A worker looks at once, when this transaction stands; a call that fails is made up for by the next round."""
    call = partial(tell_subscriber.enqueue, subscription.school_id, subscription.pk)
    transaction.on_commit(call, robust=True)


def anybody_wants(school_id: int) -> bool:
    """Whether the school tells any system anything; where it does not, the database is asked every few seconds only.

    For what happens with each batch of messages that leaves.
    """
    if monotonic() - _nobody.get(school_id, float("-inf")) < NOBODY_FOR:
        return False
    wants = Subscription.objects.in_school(school_id).listening().exists()
    if not wants:
        _nobody[school_id] = monotonic()
    return wants


def any_token(school_id: int) -> Actor:
    """What no token may see, with whatever scopes, nobody is told of either."""
    return Actor(Kind.TOKEN, school_id, scopes=frozenset(Scope))


def somebody_wants(school_id: int) -> None:
    """Now somebody does; other processes know a few seconds later."""
    _nobody.pop(school_id, None)


@on_said
def a_family_wrote(message: Message) -> None:
    """Its place in a thread is known."""
    here = message.school_id
    if anybody_wants(here) and Message.objects.visible_to(any_token(here)).filter(pk=message.pk).exists():
        data = {"message": message.key, "thread": message.thread.key}
        announce(message.school_id, SignalKind.MESSAGE_RECEIVED, [(message.key, data)])


@receiver(post_save, sender=Answer)
def a_family_answered(instance: Answer, created: bool, **_: Any) -> None:
    """Whether it is accepted is known a moment later: ask for it."""
    here = instance.school_id
    if created and anybody_wants(here) and _may_be_told(instance):
        data = {"answer": instance.key, "ask": instance.ask.key, "thread": instance.thread.key}
        announce(instance.school_id, SignalKind.ANSWER_GIVEN, [(instance.key, data)])


def _may_be_told(answer: Answer) -> bool:
    return Answer.objects.visible_to(any_token(answer.school_id)).filter(pk=answer.pk).exists()


@on_status
def deliveries_failed(school_id: int, deliveries: Sequence[int]) -> None:
    """Of those that came further, or were stopped, whoever did not arrive."""
    if not anybody_wants(school_id):
        return
    rows = Delivery.objects.visible_to(any_token(school_id)).filter(pk__in=deliveries)
    failed = list(rows.filter(Q(status=Status.FAILED) | Q(stopped__in=FAILED)))
    if not failed:
        return
    carried = messages_in(school_id, [one.parcel_id for one in failed])
    announce(
        school_id,
        SignalKind.DELIVERY_FAILED,
        [(delivery_id(one.pk), _of_failed(one, carried.get(one.parcel_id, []))) for one in failed],
    )


FAILED = ("bad_address", "dead", "expired")


def _of_failed(one: Delivery, messages: list[str]) -> dict[str, Any]:
    return {
        "delivery": delivery_id(one.pk),
        "messages": messages,
        "channel": one.channel,
        "stopped": one.stopped,
        "code": one.code,
    }


@receiver(post_save, sender=RosterImport)
def a_roster_was_taken(instance: RosterImport, **_: Any) -> None:
    """Taken, and not taken back."""
    if instance.applied_at is not None and instance.undone_at is None:
        data = {"roster": instance.key}
        announce(instance.school_id, SignalKind.ROSTER_IMPORTED, [(instance.key, data)])
