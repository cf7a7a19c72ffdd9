"""What a person says of a delivery they carried: it left, it was handed out, they rang; and taking that back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from porchlight.activity.record import record
from porchlight.delivery.by_hand.lists import IN_HAND, obstacles
from porchlight.delivery.gateways.contract import Advice, Status
from porchlight.delivery.inbox.listeners import tell_status
from porchlight.delivery.models import CameOf, Delivery, Handing, Stopped
from porchlight.delivery.outbox import ladder, riding
from porchlight.schools.actors import Actor

MOST_RINGS = 3  # calls that nobody answers, after which another way is tried
REST = timedelta(hours=2)  # between them
UNDO_FOR = timedelta(hours=24)
LEAVES = {
    CameOf.SENT: Status.SENT,
    CameOf.HANDED_OUT: Status.SENT,
    CameOf.REACHED: Status.DELIVERED,
}  # what each makes of a delivery; the others leave it waiting, or end it
WAITS_ON = (CameOf.NO_ANSWER, CameOf.CALL_AGAIN)
BY_ANOTHER_WAY = (Stopped.NEXT_CHANNEL, Advice.NEXT_CHANNEL)


class MayNotGo(ValueError):
    """The last check holds it back. `obstacle` is a Stopped value, or a word for what passes by itself."""

    def __init__(self, obstacle: str, until: datetime | None = None) -> None:
        super().__init__(obstacle)
        self.obstacle, self.until = obstacle, until


class CarriedAlready(ValueError):
    """Somebody was quicker, or it was taken back."""


def check_again(delivery: Delivery, now: datetime) -> None:
    """The last check, at the tap. Raises MayNotGo, CarriedAlready."""
    if delivery.status != Status.QUEUED or delivery.stopped or delivery.sent_at is not None:
        raise CarriedAlready
    if delivery.due_at > now + IN_HAND:
        raise MayNotGo("not_yet", delivery.due_at)
    obstacle, waits = obstacles(delivery.account.school, [delivery], now)[delivery.pk]
    if obstacle or waits:
        raise MayNotGo(obstacle or "quiet", waits)


def is_out(delivery: Delivery) -> None:
    """It left, and nobody has heard that it arrived or failed. Raises CarriedAlready."""
    if delivery.status != Status.SENT or delivery.stopped:
        raise CarriedAlready


def carried(
    delivery: Delivery,
    *,
    came_of: CameOf,
    by: Actor,
    now: datetime,
    words: str = "",
    again_at: datetime | None = None,
) -> Handing:
    """Write down what came of it; of a letter that is out, that it came back.

    Raises MayNotGo (and then it is stopped where it must be), CarriedAlready.
    """
    if by.post_id is None or not by.is_staff:
        raise PermissionDenied("A colleague carries it, by name.")
    with last_check(delivery, now):
        row = _locked(delivery)
        if came_of == CameOf.CAME_BACK:
            is_out(row)
        else:
            check_again(row, now)
        done = Handing(
            school_id=row.school_id,
            delivery=row,
            by_id=by.post_id,
            came_of=came_of,
            words=words,
            again_at=again_at,
            at=now,
        )
        return _write(row, done, by, now)


@contextmanager
def last_check(delivery: Delivery, now: datetime) -> Iterator[None]:
    """All or nothing; but what the last check ends for good is written down as ended."""
    try:
        with transaction.atomic():
            yield
    except MayNotGo as held:
        if held.obstacle in Stopped.values:
            stop(delivery, held.obstacle, now)
        raise


def _locked(delivery: Delivery) -> Delivery:
    rows = Delivery.objects.select_for_update(of=("self",))
    return rows.select_related("account__school", "parcel__guardian", "address").get(pk=delivery.pk)


def _write(row: Delivery, handing: Handing, by: Actor, now: datetime) -> Handing:
    handing.save()
    came_of = CameOf(handing.came_of)
    row.tries += 1
    if came_of in LEAVES:
        row.status, row.sent_at, row.status_at = LEAVES[came_of], now, now
    elif came_of == CameOf.WRONG_NUMBER:
        _fails(row, Stopped.BAD_ADDRESS, Advice.BAD_ADDRESS, came_of, now)
    elif came_of == CameOf.CAME_BACK:
        ended = (Stopped.BAD_ADDRESS, Advice.BAD_ADDRESS) if row.address_id else BY_ANOTHER_WAY
        _fails(row, *ended, came_of, now)
    elif came_of == CameOf.PRINTED:
        row.tries -= 1  # nobody carried it anywhere yet
    elif came_of == CameOf.NO_ANSWER and _unanswered(row) >= MOST_RINGS:
        _fails(row, *BY_ANOTHER_WAY, came_of, now)
    else:
        row.due_at = handing.again_at or now + REST
    row.save(update_fields=["tries", "status", "stopped", "advice", "code", "sent_at", "status_at", "due_at"])
    if row.stopped:
        ladder.follow_up([row.pk], now)
    moved = riding.follow([row.pk], now)
    tell_status(row.school_id, [row.pk, *moved])
    record("delivery.by_hand", about=row, by=by, came_of=came_of)
    return handing


def _unanswered(row: Delivery) -> int:
    """Calls that nobody answered. Who asked to be rung again did answer."""
    return row.handings.standing().filter(came_of=CameOf.NO_ANSWER).count()


def _fails(row: Delivery, stopped: Stopped, advice: Advice, code: str, now: datetime) -> None:
    row.status, row.stopped, row.advice, row.code, row.status_at = Status.FAILED, stopped, advice, code, now


@transaction.atomic
def stop(delivery: Delivery, obstacle: str, now: datetime) -> None:
    """The last check stopped it for good: another way may be tried, as after any other."""
    waiting = Delivery.objects.waiting().filter(pk=delivery.pk)
    if waiting.update(stopped=obstacle, status_at=now):
        ladder.follow_up([delivery.pk], now)
        moved = riding.follow([delivery.pk], now)
        tell_status(delivery.school_id, [delivery.pk, *moved])


@transaction.atomic
def take_back(handing: Handing, *, by: Actor, now: datetime) -> bool:
    """It was not sent, handed out or said after all: it waits again. False when that is too long ago, or done already.

    The one road on which a status goes back: no gateway told us of it, the person who did now says otherwise.
    """
    row = _locked(handing.delivery)
    last = row.handings.standing().order_by("-pk").first()
    if last is None or last.pk != handing.pk or now - last.at > UNDO_FOR or not _still_open(row, last):
        return False
    Handing.objects.filter(pk=last.pk).update(undone_at=now)
    waits = {"status": Status.QUEUED, "sent_at": None, "status_at": None}
    tries = max(0, row.tries - (last.came_of != CameOf.PRINTED))
    Delivery.objects.filter(pk=row.pk).update(**waits, tries=tries, due_at=now)
    rode = Delivery.objects.filter(rides_with=row, stopped__in=("", Stopped.TOGETHER))
    ids = list(rode.values_list("pk", flat=True))
    rode.update(**waits, stopped=Stopped.TOGETHER)
    tell_status(row.school_id, [row.pk, *ids])
    record("delivery.by_hand_taken_back", about=row, by=by)
    return True


def _still_open(row: Delivery, last: Handing) -> bool:
    """It left with this, or still waits here in spite of it; whatever ended it has gone another way since."""
    waits = row.status == Status.QUEUED and not row.stopped
    return last.came_of in LEAVES or (last.came_of in (*WAITS_ON, CameOf.PRINTED) and waits)
