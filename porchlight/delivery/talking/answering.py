"""A home is on the line: what it did is stored, understood at once, and what it hears next goes back in the answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from django.db.models import Max

from porchlight.delivery.gateways.contract import AsksForHours, Heard, Ignored, InboundEvent, Status
from porchlight.delivery.gateways.requests import Greeting, RawRequest
from porchlight.delivery.gateways.spoken import CALLS, SPEAK, Script, Step, Turn
from porchlight.delivery.inbox.paths import Path
from porchlight.delivery.inbox.processing import understand_now
from porchlight.delivery.inbox.storing import store
from porchlight.delivery.inbox.wording import kind_of
from porchlight.delivery.models import Account, Delivery, Stopped
from porchlight.delivery.models import InboundEvent as Row
from porchlight.delivery.outbox.checking import SWITCHED_OFF, check
from porchlight.delivery.talking import scripts
from porchlight.delivery.talking.voices import Talks, piece
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time

LEFT_TO_US = timedelta(seconds=20)  # nobody else takes up what we are about to understand


def answered(path: Path, account: Account, request: RawRequest, turn: Turn) -> Greeting:
    """Keep what the home did, act on it, and say what it hears. Raises DatabaseError when nothing could be kept."""
    carrier, callback = cast(Talks, account.carrier), request.url.partition("?")[0]
    with school_context(path.school_id):
        now = school_time.now()
        delivery = _delivery(account, turn)
        may_be_said = delivery is not None and _may_be_said(delivery, turn, now)
        events = account.carrier.read(account, request)
        if delivery is not None and not may_be_said:
            events = [Ignored(f"{turn.call}:{turn.step}:{turn.count}", "call.withheld")]
        store(path, account, request, events)
        ours = _leave_to_us(account, events, now)
    if delivery is None:
        return carrier.speak(turn, Script(refuses=turn.rang_us), callback)
    with school_context(path.school_id):
        spoken = _understood(account, delivery, ours, turn, now) if ours else []
        script = (
            _script(delivery, turn, spoken)
            if may_be_said
            else scripts.ending(delivery, piece, (), "call_not_now")
        )
        return carrier.speak(turn, script, callback)


def _delivery(account: Account, turn: Turn) -> Delivery | None:
    rows = Delivery.objects.in_school(account.school_id).filter(account=account, reference=turn.reference)
    return (
        rows.select_related("parcel__school", "parcel__guardian", "account").first()
        if turn.reference
        else None
    )


def _may_be_said(delivery: Delivery, turn: Turn, now: datetime) -> bool:
    """The last check once more, now that somebody listens: minutes may lie between the ringing and the key.

    What asks for less is always heard: STOP by key, hours, a recording.
    """
    if turn.step in (Step.CALLS, Step.RECORDED):
        return True
    [(row, _)] = check(delivery.school_id, [delivery.pk], now)
    return row.obstacle in ("", SWITCHED_OFF) and delivery.stopped not in (
        Stopped.WITHDRAWN,
        Stopped.RESTRICTED,
    )


def _leave_to_us(account: Account, events: Sequence[InboundEvent], now: datetime) -> list[Row]:
    """What was stored just now and is to be understood at once; a repetition finds it understood."""
    found: list[Row] = []
    for event in events:
        if isinstance(event, Heard | AsksForHours):
            rows = Row.objects.in_school(account.school_id).filter(
                account=account, kind=kind_of(event), provider_key=event.key, processed_at=None
            )
            rows.update(due_at=now + LEFT_TO_US)
            found += rows
    return found


def _understood(
    account: Account, delivery: Delivery, rows: Sequence[Row], turn: Turn, now: datetime
) -> list[Delivery]:
    """What we have to say back: instead of ringing once more, it is said on the line."""
    mine = Delivery.objects.in_school(account.school_id).filter(account=account)
    before = mine.aggregate(last=Max("pk"))["last"] or 0
    for row in rows:
        understand_now(account, row, now)
    said = mine.filter(pk__gt=before, address=delivery.address_id, parcel__guardian=None, stopped="")
    spoken = list(said.select_related("parcel__school", "parcel__guardian", "account").order_by("pk"))
    said.update(status=Status.DELIVERED, sent_at=now, status_at=now, provider_id=f"{turn.call}:{turn.count}")
    return spoken


def _script(delivery: Delivery, turn: Turn, spoken: Sequence[Delivery]) -> Script:
    if turn.step is Step.BEGIN:
        return scripts.opening(delivery, turn, piece)
    if turn.step is Step.CALLS:
        return _about_the_calls(delivery, turn, spoken)
    if turn.step is Step.RECORDED:
        return scripts.said_back(spoken, delivery, piece, thanks="call_thanks_voice")
    if scripts.says_more(delivery, turn):
        return scripts.recording(delivery, piece, aloud=True, first=spoken)
    if turn.step is Step.SAID and turn.is_answer:
        return scripts.said_back(spoken, delivery, piece, thanks="call_thanks")
    if turn.begins_aloud:
        return scripts.recording(delivery, piece, aloud=True)
    pressed = scripts.control(turn)
    if pressed == CALLS:
        return scripts.about_the_calls(delivery, turn, piece)
    if turn.step is Step.HEAR or pressed == scripts.AGAIN:
        return scripts.message(delivery, piece)
    if pressed == SPEAK:
        return scripts.recording(delivery, piece)
    return scripts.once_more(delivery, turn, piece)


def _about_the_calls(delivery: Delivery, turn: Turn, spoken: Sequence[Delivery]) -> Script:
    if turn.keys and turn.keys in scripts.ENDS_IT:
        return scripts.ending(delivery, piece, spoken, "call_stopped")
    if turn.keys in scripts.HOURS:
        return scripts.ending(delivery, piece, spoken, "call_hours_kept")
    if turn.keys == scripts.BACK:
        return scripts.opening(delivery, turn, piece)
    return scripts.about_the_calls(delivery, turn, piece)
