"""What `porchlight doctor` says about what is on its way: each line, after its fault was made. On both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F
from django_ox.models import OxTask

from porchlight.delivery.actions import switch
from porchlight.delivery.models import Account, Delivery, InboundEvent, Lane, Stopped, WebhookRoute
from porchlight.delivery.tests import cast
from porchlight.operations.doctor import traffic
from porchlight.operations.findings import Finding
from porchlight.operations.models import Heartbeat
from porchlight.operations.tests.conftest import NOW
from porchlight.schools.models import School
from porchlight.toolbox.database_time import database_now

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db
on_both = pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgres])]
)


def found(school: School) -> list[Finding]:
    return [*traffic.findings(NOW), *traffic.school_findings(school, NOW)]


def said(school: School) -> list[tuple[str, str, str]]:
    lines = found(school)
    assert all(one.mend for one in lines)
    return [(one.severity.value, one.about, one.words) for one in lines]


def lane(**fields: object) -> Callable[[School], object]:
    return lambda school: Lane.objects.update(**fields)


def workers_gone(school: School) -> None:
    Heartbeat.objects.update(at=F("at") - timedelta(minutes=12))


def stopped(why: Stopped) -> Callable[[School], object]:
    def make(school: School) -> None:
        cast.put_in_outbox(school, cast.home(school, 2), cast.home(school, 3))
        Delivery.objects.update(stopped=why, created_at=NOW - 3 * HOUR)
        Lane.objects.update(due_at=None)

    return make


def inbound(outcome: str, **fields: object) -> Callable[[School], object]:
    return lambda school: InboundEvent.objects.create(
        school=school,
        account=Account.objects.get(),
        kind="receipt",
        provider_key="1",
        outcome=outcome,
        received_at=NOW - 2 * HOUR,
        **fields,
    )


def task(status: str, minutes: int) -> Callable[[School], object]:
    return lambda school: OxTask.objects.create(
        task_path="x",
        backend_name="default",
        status=status,
        enqueued_at=database_now() - timedelta(minutes=minutes),
    )


@on_both
def test_traffic_that_flows_has_nothing_to_mend(database: str, maple: School) -> None:
    assert found(maple) == []


@on_both
@pytest.mark.parametrize(
    ("fault", "severity", "about", "words"),
    [
        (
            lambda school: Heartbeat.objects.all().delete(),
            "wrong",
            "Workers",
            "Nobody is at work: no message leaves and none is read.",
        ),
        (
            workers_gone,
            "wrong",
            "Workers",
            "Nobody has been at work for 12 minutes: no message leaves.",
        ),
        (
            lane(due_at=NOW - timedelta(minutes=6)),
            "wrong",
            "maple-street",
            "Something on sms should have left 6 minutes ago.",
        ),
        (
            lane(held_at=NOW - 2 * HOUR, held_reason="Meta wants the account's card renewed."),
            "wrong",
            "maple-street",
            "Nothing has left on sms for 2 hours: Meta wants the account's card renewed.",
        ),
        (
            stopped(Stopped.DEAD),
            "look",
            "maple-street",
            "Could not be delivered: 2 messages, the oldest 3 hours old.",
        ),
        (
            stopped(Stopped.TEMPLATE_HELD),
            "look",
            "maple-street",
            "Held because WhatsApp changed an approved text: 2 messages, the oldest 3 hours old.",
        ),
        (
            inbound("parked"),
            "look",
            "maple-street",
            "About messages we do not know: 1 report, the oldest 2 hours old.",
        ),
        (
            inbound("failed: KeyError", processed_at=NOW),
            "look",
            "maple-street",
            "Could not be understood: 1 report, the oldest 2 hours old.",
        ),
        (
            lambda school: WebhookRoute.objects.update(waiting_since=NOW - HOUR),
            "wrong",
            "Inbox",
            "What families sent has not been read for 60 minutes.",
        ),
        (
            task("READY", 11),
            "wrong",
            "Background tasks",
            "1 task waits for more than ten minutes.",
        ),
        (task("FAILED", 1), "look", "Background tasks", "1 task has failed for good."),
        (task("LOST", 1), "look", "Background tasks", "1 task has failed for good."),
    ],
)
def test_a_fault_on_the_way_is_one_line(
    fault: Callable[[School], object], severity: str, about: str, words: str, database: str, maple: School
) -> None:
    fault(maple)
    assert said(maple) == [(severity, about, words)]


@on_both
@pytest.mark.parametrize(
    "fault",
    [
        stopped(Stopped.WITHDRAWN),
        inbound("joined", processed_at=NOW),
        task("READY", 9),
        task("SUCCESSFUL", 60),
        lane(due_at=NOW - timedelta(minutes=4)),
        lambda school: WebhookRoute.objects.update(waiting_since=NOW - timedelta(seconds=20)),
        lambda school: Heartbeat.objects.update(at=F("at") - timedelta(seconds=50)),
        lambda school: OxTask.objects.create(
            task_path="x",
            backend_name="default",
            enqueued_at=database_now() - HOUR,
            run_after=database_now() + HOUR,
        ),
    ],
)
def test_what_takes_its_ordinary_time_is_not_said(
    fault: Callable[[School], object], database: str, maple: School
) -> None:
    fault(maple)
    assert found(maple) == []


@on_both
def test_a_lane_that_rests_is_no_late_lane(database: str, maple: School) -> None:
    Lane.objects.update(
        due_at=NOW - HOUR, rests_until=database_now() + timedelta(seconds=200, milliseconds=900), failures=6
    )
    [one] = said(maple)
    assert one[:2] == ("look", "maple-street")
    assert one[2].startswith("sms rests for 3 minutes more after 6 tries that failed.")


@on_both
@pytest.mark.parametrize(
    ("which", "about", "words", "lift"),
    [
        ({}, "Sending", "(everything)", "switch on --reason"),
        ({"channel": "sms"}, "Sending", "(sms)", "switch on --channel sms --reason"),
        ({"school": True}, "maple-street", "(everything)", "switch on --school maple-street --reason"),
        (
            {"school": True, "channel": "sms"},
            "maple-street",
            "(sms)",
            "switch on --school maple-street --channel sms --reason",
        ),
    ],
)
def test_what_is_switched_off_is_said_and_excuses_late_lanes(
    which: dict[str, object], about: str, words: str, lift: str, database: str, maple: School
) -> None:
    Lane.objects.update(due_at=NOW - HOUR)
    chosen = {**which, "school": maple} if "school" in which else which
    standing = switch(off=True, by=None, reason="a bad text", **chosen)
    standing.set_at = NOW - HOUR
    standing.save()
    [one] = found(maple)
    assert (one.severity.value, one.about) == ("look", about)
    assert one.words == f"Sending has been switched off {words} for 60 minutes."
    assert f"porchlight {lift} …" in one.mend
    switch(off=False, by=None, reason="mended", **chosen)
    assert [line.words for line in found(maple)] == ["Something on sms should have left 60 minutes ago."]


def test_a_switch_over_another_channel_excuses_nothing(maple: School) -> None:
    Lane.objects.update(due_at=NOW - HOUR)
    switch(off=True, by=None, reason="x", channel="email")
    assert [one.severity.value for one in found(maple)] == ["look", "wrong"]
