"""What the rules have to know of parcels, read from the rows. The number of queries does not grow with the parcels."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Count, F

from porchlight.delivery.addressing import NOT_THEIRS
from porchlight.delivery.content import Recipient, Urgency
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.ladder.above import Context, context_of
from porchlight.delivery.ladder.content import content_of
from porchlight.delivery.ladder.terms import (
    BY_PEOPLE,
    DEFAULT,
    LETTERS,
    NUDGES,
    UNOPENED,
    Case,
    Cause,
    Fate,
    Hours,
    Rungs,
    Tried,
)
from porchlight.delivery.ladder.ways import as_ways, ways_of
from porchlight.delivery.models import Delivery, Ladder, Parcel, Stopped
from porchlight.delivery.planning import Known, Planned, known_of, right_missing
from porchlight.families.models import AddressState, Guardian
from porchlight.schools.calendar import window_start
from porchlight.schools.models import School


@dataclass(frozen=True, slots=True)
class Facts:
    """One parcel's case, and the plans that its ways stand for."""

    parcel: Parcel
    case: Case
    planned: Sequence[Planned]


def rungs_of(school: School) -> Rungs:
    """The school's own, or those that are there from the start."""
    own = Ladder.objects.in_school(school).first()
    return own.rungs() if own is not None else DEFAULT


def facts_of(
    parcels: Sequence[Parcel], school: School, now: datetime, *, start: datetime | None = None
) -> list[Facts]:
    """Of parcels that have a guardian, in their order. `start`: nothing new leaves before it."""
    known = known_of(school, {one.guardian_id or 0 for one in parcels}, on=school.local(now).date())
    gone: dict[int, list[Delivery]] = defaultdict(list)
    rows = Delivery.objects.filter(parcel__in=parcels).select_related("address", "account", "contact_point")
    for row in rows.order_by("pk"):
        gone[row.parcel_id].append(row)
    contexts = context_of(parcels, now)
    alive = window_start(school, now, school.light_window)
    written, rung = _today(school, known, now)
    found = []
    for parcel in parcels:
        guardian = parcel.guardian
        if guardian is None:
            continue
        recipient = Recipient(guardian, tuple(row.student for row in parcel.about.all()))
        tried = [_tried(row, alive, now) for row in gone[parcel.pk]]
        planned = ways_of(
            known,
            recipient,
            content_of(parcel, recipient),
            urgency=Urgency(parcel.urgency),
            start=start or now,
            gone={(one.channel, one.address) for one in tried},
        )
        counts = (written[guardian.pk], rung)
        over = _over(parcel, known, recipient, now)
        context = contexts.get(parcel.pk, Context())
        case = _case(parcel, guardian, school, tried, planned, context, counts, over=over)
        found.append(Facts(parcel, case, planned))
    return found


def cause_of(parcel: Parcel) -> Cause:
    """Why it would climb."""
    if parcel.urgency == Urgency.URGENT:
        return Cause.URGENT
    return Cause.DATED if parcel.answer_by is not None else Cause.ORDINARY


def _over(parcel: Parcel, known: Known, recipient: Recipient, now: datetime) -> bool:
    past = any(end is not None and end <= now for end in (parcel.expires_at, parcel.answer_by))
    gone = recipient.guardian.left_at is not None or right_missing(known, recipient) is not None
    return parcel.withdrawn_at is not None or past or gone


def _case(
    parcel: Parcel,
    guardian: Guardian,
    school: School,
    tried: Sequence[Tried],
    planned: Sequence[Planned],
    context: Context,
    counts: tuple[int, int],
    *,
    over: bool,
) -> Case:
    return Case(
        cause=cause_of(parcel),
        began=tried[0].at if tried else parcel.created_at,
        hours=hours_of(guardian, school),
        tried=tried,
        ways=as_ways(planned),
        others=context.others,
        letter=context.letter,
        over=over,
        heard=context.heard,
        asks=context.asks,
        on_a_list=context.on_a_list,
        answer_by=parcel.answer_by,
        messages_today=counts[0],
        calls_today=counts[1],
    )


def hours_of(guardian: Guardian, school: School) -> Hours:
    """When this home may be written to and rung."""
    return Hours(
        guardian.zone(school.zone),
        school.quiet_from,
        school.quiet_until,
        guardian.ring_from,
        guardian.ring_until,
    )


def _tried(row: Delivery, alive: datetime, now: datetime) -> Tried:
    address, point = row.address, row.contact_point
    theirs = address is not None and address.state == AddressState.GOOD and not (point and point.on_trial)
    confirmed = address.confirmed_at if address is not None else None
    return Tried(
        channel=row.channel,
        address=row.address_id,
        at=row.sent_at or row.due_at,
        fate=_fate(row, now),
        sure=theirs and confirmed is not None and confirmed >= alive,
        by_person=row.account.is_by_hand,
    )


def _fate(row: Delivery, now: datetime) -> Fate:
    if row.stopped == Stopped.OPTED_OUT:
        return Fate.STOP
    if row.status == Status.FAILED or (row.stopped and row.stopped != Stopped.TOGETHER):
        return Fate.FAILED
    if row.status >= Status.DELIVERED:
        lost = row.address is not None and (  # “not me”, said since: there, or by the family itself
            row.address.state == AddressState.BAD or row.address.state_reason == NOT_THEIRS
        )
        return Fate.FAILED if lost else Fate.ARRIVED
    if row.status == Status.SENT and row.channel in NUDGES and (row.sent_at or row.due_at) + UNOPENED <= now:
        return Fate.FAILED  # it only said that words wait, and nobody opened them
    return Fate.SENT if row.status == Status.SENT else Fate.WAITING


def _today(school: School, known: Known, now: datetime) -> tuple[Mapping[int, int], int]:
    """What the ladder has asked for since midnight: messages by guardian id, and calls of the school's people."""
    midnight = datetime.combine(school.local(now).date(), time.min, tzinfo=school.zone)
    climbed = Delivery.objects.in_school(school).filter(
        created_at__gte=midnight, parcel__created_at__lt=F("created_at"), parcel__service_kind=""
    )
    calls = climbed.filter(channel__in=BY_PEOPLE).count()
    rows = climbed.exclude(channel__in=BY_PEOPLE | LETTERS).filter(parcel__guardian__in=list(known.points))
    counted = rows.values_list("parcel__guardian").annotate(count=Count("pk"))
    return Counter(dict(counted)), calls
