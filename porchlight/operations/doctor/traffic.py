"""What is on its way: workers, lanes, the outbox, the inbox and background tasks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django_ox.models import OxTask

from porchlight.delivery.inbox.waiting import PARKED
from porchlight.delivery.models import Delivery, InboundEvent, KillSwitch, Lane, Stopped, WebhookRoute
from porchlight.delivery.models.inbox import FAILED
from porchlight.operations.beating import MISSED_AFTER, since_last_beat
from porchlight.operations.findings import Finding, counted, how_long, look, wrong
from porchlight.schools.models import School
from porchlight.toolbox.database_time import database_now

WORKERS, SENDING, INBOX, TASKS = "Workers", "Sending", "Inbox", "Background tasks"
LATE = timedelta(minutes=5)  # what is due leaves within seconds; so long means that something is in the way
SLOW_TASK = timedelta(minutes=10)
START = "Start `porchlight work`, and let the machine start it after every restart (docs/running.md)."


def findings(now: datetime) -> Iterator[Finding]:
    """Of all schools, from the tables outside their walls."""
    yield from _workers()
    yield from _switches(now)
    yield from _lanes(now)
    yield from _inbox(now)
    yield from _tasks()


def school_findings(school: School, now: datetime) -> Iterator[Finding]:
    """Of one school, inside its context."""
    yield from _stopped(school, now)
    yield from _not_understood(school, now)


def _workers() -> Iterator[Finding]:
    since = since_last_beat()
    if since is None:
        if School.objects.exists():
            yield wrong(WORKERS, "Nobody is at work: no message leaves and none is read.", START)
    elif since > MISSED_AFTER:
        yield wrong(WORKERS, f"Nobody has been at work for {how_long(since)}: no message leaves.", START)


def standing() -> QuerySet[KillSwitch]:
    """Switches that stop something now."""
    return KillSwitch.objects.filter(lifted_at=None)


def _switches(now: datetime) -> Iterator[Finding]:
    for switch in standing().select_related("school").order_by("set_at"):
        what = switch.channel or "everything"
        school = f" --school {switch.school.slug}" if switch.school else ""
        channel = f" --channel {switch.channel}" if switch.channel else ""
        yield look(
            switch.school.slug if switch.school else SENDING,
            f"Sending has been switched off ({what}) for {how_long(now - switch.set_at)}.",
            f"What waits leaves after: porchlight switch on{school}{channel} --reason …",
        )


def late_lanes(now: datetime) -> QuerySet[Lane]:
    """Lanes with something long due and nothing we know of that holds it back."""
    off = standing().filter(
        Q(school=None) | Q(school=OuterRef("school")), Q(channel="") | Q(channel=OuterRef("channel"))
    )
    free = Lane.objects.filter(~Exists(off), due_at__lt=now - LATE, held_at=None)
    return free.filter(Q(rests_until=None) | Q(rests_until__lt=database_now() - LATE))


def _lanes(now: datetime) -> Iterator[Finding]:
    for lane in late_lanes(now).select_related("school"):
        assert lane.due_at is not None  # noqa: S101 - the query says so
        yield wrong(
            lane.school.slug,
            f"Something on {lane.channel} should have left {how_long(now - lane.due_at)} ago.",
            "See that `porchlight work` runs, and look into its log.",
        )
    for lane in Lane.objects.exclude(held_at=None).select_related("school"):
        assert lane.held_at is not None  # noqa: S101 - the query says so
        yield wrong(
            lane.school.slug,
            f"Nothing has left on {lane.channel} for {how_long(now - lane.held_at)}: {lane.held_reason}",
            "Mend it with the gateway, then save the account in the school's settings: what waits leaves again.",
        )
    moment = database_now()
    for lane in Lane.objects.filter(held_at=None, rests_until__gt=moment).select_related("school"):
        assert lane.rests_until is not None  # noqa: S101 - the query says so
        failures = counted(lane.failures, "try that failed", "tries that failed")
        yield look(
            lane.school.slug,
            f"{lane.channel} rests for {how_long(lane.rests_until - moment)} more after {failures}.",
            "It goes on by itself. If it comes back often, ask the gateway.",
        )


def _inbox(now: datetime) -> Iterator[Finding]:
    oldest = WebhookRoute.objects.aggregate(oldest=Min("waiting_since"))["oldest"]
    if oldest is not None and oldest < now - LATE:
        yield wrong(INBOX, f"What families sent has not been read for {how_long(now - oldest)}.", START)


def _tasks() -> Iterator[Finding]:
    yield from _broker() if settings.BROKER_URL else _rows()


def _broker() -> Iterator[Finding]:
    from porchlight.operations.broker import looking

    try:
        waiting = looking.look()
    except looking.NoBroker:
        yield wrong(
            TASKS,
            "The broker does not answer, or does not let us in.",
            "Compare PORCHLIGHT_BROKER_URL with the broker's own settings, and see that it runs. Nothing is lost "
            "meanwhile: what waits is asked for again.",
        )
        return
    if not waiting.workers:
        yield wrong(TASKS, f"Nobody takes tasks off the broker; {waiting.tasks} wait.", START)


def _rows() -> Iterator[Finding]:
    moment = database_now()
    ready = OxTask.objects.filter(Q(run_after=None) | Q(run_after__lte=moment), status=OxTask.Status.READY)
    late = ready.annotate(since=Min(F("enqueued_at"))).filter(enqueued_at__lt=moment - SLOW_TASK)
    if number := late.count():
        yield wrong(TASKS, f"{counted(number, 'task waits', 'tasks wait')} for more than ten minutes.", START)
    failed = OxTask.objects.filter(status__in=[OxTask.Status.FAILED, OxTask.Status.LOST]).count()
    if failed:
        yield look(
            TASKS,
            f"{counted(failed, 'task has', 'tasks have')} failed for good.",
            "Look into the log of `porchlight work` for what went wrong.",
        )


_WHY = {
    Stopped.DEAD: (
        "Could not be delivered: {number}, the oldest {age} old.",
        "The office finds them under the announcement, with a next step for each home.",
    ),
    Stopped.TEMPLATE_HELD: (
        "Held because WhatsApp changed an approved text: {number}, the oldest {age} old.",
        "Get the text approved again and correct the list of approved texts in the account's settings.",
    ),
}


def _stopped(school: School, now: datetime) -> Iterator[Finding]:
    rows = Delivery.objects.in_school(school).filter(stopped__in=list(_WHY))
    for row in (
        rows.values("stopped").annotate(number=Count("pk"), oldest=Min("created_at")).order_by("stopped")
    ):
        words, mend = _WHY[Stopped(row["stopped"])]
        number = counted(row["number"], "message", "messages")
        yield look(school.slug, words.format(number=number, age=how_long(now - row["oldest"])), mend)


def _not_understood(school: School, now: datetime) -> Iterator[Finding]:
    events = InboundEvent.objects.in_school(school)
    kinds = (
        (
            Q(outcome=PARKED, processed_at=None),
            "About messages we do not know: {number}, the oldest {age} old.",
            "They join within a day or are given up. If they come every day, two servers share one gateway account.",
        ),
        (
            Q(outcome__startswith=FAILED),
            "Could not be understood: {number}, the oldest {age} old.",
            "The office has them read again on the school's page “Could not be read”; the log of `porchlight work` "
            "says what went wrong.",
        ),
    )
    for which, words, mend in kinds:
        found = events.filter(which).aggregate(number=Count("pk"), oldest=Min("received_at"))
        if found["number"]:
            number = counted(found["number"], "report", "reports")
            yield look(school.slug, words.format(number=number, age=how_long(now - found["oldest"])), mend)
