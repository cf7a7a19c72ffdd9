"""Families are told their times: one message for each adult with all of theirs, and one question about them.

Parents who live apart are two parties: each message holds the times of its own party alone. Told is told: who knows
already is told nothing again, and a worker that was killed goes on where it stopped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from porchlight.activity.record import record
from porchlight.conversations.models import Message
from porchlight.conversations.tell import NOTICE_HOLD, take_back
from porchlight.meetings.arranging import still_told
from porchlight.meetings.models import GuestSeat, Meeting, Round, Whether, Wish
from porchlight.meetings.planned.locking import locked
from porchlight.meetings.planned.words import closes_at, words_for
from porchlight.meetings.rounds.parting import part
from porchlight.meetings.whether import ask_whether_all
from porchlight.schools.actors import Actor, school_itself
from porchlight.schools.models import School, TenantQuerySet
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time

HOLD = NOTICE_HOLD  # so long it can be taken back


class TooLate(Exception):
    """It has left: only a second message can put it right."""


@transaction.atomic
def tell_the_families(round_: Round, *, by: Actor, now: datetime) -> Round:
    """From now on every time of this round is told to whom it is for. Twice changes nothing."""
    round_ = locked(round_)
    if round_.told_at is None:
        part(round_, now=now)
        round_.told_at = now
        round_.save(update_fields=["told_at"])
        record("round.told", about=round_, by=by)
    from porchlight.meetings.planned.tasks import tell_on

    transaction.on_commit(partial(tell_on.enqueue, round_.school_id, round_.pk))
    return round_


@transaction.atomic
def take_the_telling_back(round_: Round, *, by: Actor, now: datetime) -> Round:
    """As if nobody had been told: while nothing has left. Raises TooLate, and then all stays told."""
    round_ = locked(round_)
    if round_.told_at is None:
        return round_
    if now > round_.told_at + HOLD:
        raise TooLate
    rows = Whether.objects.in_school(round_.school_id).filter(seat__meeting__wish__round=round_)
    messages = Message.objects.filter(pk__in=rows.values("ask__message"))
    for message in messages.order_by("pk"):
        if not take_back(message, by=by, now=now):
            raise TooLate
    rows.delete()
    Meeting.objects.in_school(round_.school_id).filter(wish__round=round_).update(told_at=None)
    round_.told_at = None
    round_.save(update_fields=["told_at"])
    record("round.telling_taken_back", about=round_, by=by)
    return round_


def work(school_id: int, round_id: int) -> None:
    """Party after party, each in a transaction of its own, as long as the round is told."""
    school = School.objects.get(pk=school_id)
    with school_context(school):
        parties = list(_untold(round_id).values_list("party", flat=True).distinct())
    for party_id in parties:
        with school_context(school), transaction.atomic():
            # Whoever takes it back meanwhile waits for this family, and then takes it back from them too.
            round_ = Round.objects.select_for_update().filter(pk=round_id).exclude(told_at=None).first()
            if round_ is None:
                return
            round_.school = school
            keys = list(_untold(round_id).filter(party=party_id).values_list("key", flat=True))
            now = school_time.now()
            hold = max(timedelta(), round_.told_at + HOLD - now) if round_.told_at else HOLD
            tell_wishes(round_, keys, "times", by=school_itself(school), now=now, hold=hold)


def _untold(round_id: int) -> TenantQuerySet[Wish]:
    rows = Wish.objects.filter(round=round_id, meeting__called_off_at=None, meeting__told_at=None)
    rows = rows.filter(taken_back_at=None, party__declined_at=None)
    return rows.exclude(meeting=None).order_by("party")


def has_untold(round_: Round) -> bool:
    """Somebody has a time and does not know it."""
    return round_.told_at is not None and _untold(round_.pk).exists()


def tell_wishes(
    round_: Round,
    keys: Collection[str],
    how: str,
    *,
    by: Actor,
    now: datetime,
    hold: timedelta = HOLD,
) -> list[Message]:
    """Tell each adult the times of these wishes, and ask. `how`: "times", "found", "changed" or "moved"."""
    told = []
    for seats in seats_of(round_, keys, now):
        message = ask_whether_all(
            seats, words_for(seats, how, round_.school), closes_at=closes_at(seats), by=by, now=now, hold=hold
        )
        told.append(message)
    # Also where nobody could be told: it stands in the thread, with the reason.
    Meeting.objects.in_school(round_.school_id).filter(wish__key__in=keys, told_at=None).update(told_at=now)
    return told


def seats_of(round_: Round, keys: Collection[str], now: datetime) -> list[list[GuestSeat]]:
    """Each adult's seats in the meetings of these wishes, the earliest first; only of adults who may still be told."""
    rows = GuestSeat.objects.in_school(round_.school_id).filter(
        meeting__wish__key__in=list(keys), meeting__called_off_at=None
    )
    seats: Sequence[GuestSeat] = list(
        rows.select_related("guardian", "meeting__student", "meeting__school").order_by(
            "meeting__starts_at", "pk"
        )
    )
    of_each: dict[int, list[GuestSeat]] = defaultdict(list)
    for one in still_told(seats, round_.school, now=now):
        of_each[one.guardian_id].append(one)
    return list(of_each.values())
