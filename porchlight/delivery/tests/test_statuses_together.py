"""Statuses that come in one webhook share a row, and each of them counts as if it had come alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from porchlight.delivery.gateways.contract import Accepted, Status
from porchlight.delivery.inbox.storing import TOGETHER
from porchlight.delivery.models import Delivery, InboundEvent
from porchlight.delivery.outbox.claiming import claim
from porchlight.delivery.outbox.lanes import waiting_lanes
from porchlight.delivery.outbox.outcomes import settle
from porchlight.delivery.outbox.recording import Result, record
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import put_in_outbox
from porchlight.delivery.tests.hooks import post, process, value
from porchlight.delivery.tests.kit import on_both_databases

pytestmark = [pytest.mark.usefixtures("clock"), on_both_databases]


def several(*told: dict[str, str]) -> dict[str, Any]:
    """Statuses in one webhook, as Meta may send them."""
    return value(
        statuses=[{"timestamp": "1791900600", "recipient_id": "447700900001", **one} for one in told]
    )


def sent(school, homes: int) -> list[str]:
    """So many deliveries that left; what the gateway calls them."""
    for number in range(1, homes + 1):
        put_in_outbox(school, cast.home(school, number, channel="whatsapp"))
    rows = claim(waiting_lanes(cast.TUESDAY)[0], homes, cast.TUESDAY).leaving
    names = [f"sid-{row.id}" for row in rows]
    for row, name in zip(rows, names, strict=True):
        settled = settle(Accepted(name), tries=1, copies=0, now=cast.TUESDAY)
        record([Result(row.id, row.epoch, settled, cast.TUESDAY)])
    return names


def test_statuses_of_one_webhook_share_a_row_and_told_again_add_none(school, town):
    account = cast.whatsapp(school, town)
    names = sent(school, 3)
    webhook = several(*({"id": name, "status": "delivered"} for name in names))
    for _ in range(3):
        post(account, webhook)
        process()
    event = InboundEvent.objects.get()
    assert (event.kind, event.outcome, len(event.raw["receipts"])) == ("receipts", "joined", 3)
    assert set(Delivery.objects.values_list("status", flat=True)) == {Status.DELIVERED}
    # Told apart and in another company they come to the same.
    post(account, several({"id": names[2], "status": "sent"}, {"id": names[0], "status": "read"}))
    process()
    found = dict(Delivery.objects.values_list("provider_id", "status"))
    assert found == {names[0]: Status.READ, names[1]: Status.DELIVERED, names[2]: Status.DELIVERED}


def test_a_thousand_statuses_in_one_webhook_take_a_handful_of_rows(school, town):
    account = cast.whatsapp(school, town)
    post(account, several(*({"id": f"other-{n}", "status": "read"} for n in range(1000))))
    assert [len(event.event["receipts"]) for event in InboundEvent.objects.all()] == [TOGETHER] * 10


def test_one_unknown_status_holds_up_none_that_came_along(school, town, clock):
    account = cast.whatsapp(school, town)
    [name] = sent(school, 1)
    post(account, several({"id": "of-another-tool", "status": "read"}, {"id": name, "status": "read"}))
    process()
    assert Delivery.objects.get().status == Status.READ
    event = InboundEvent.objects.get()
    assert (event.outcome, event.due_at) == ("parked", cast.TUESDAY + timedelta(seconds=5))


@pytest.mark.parametrize(
    "poison", [{"key": "x"}, {"key": "x", "provider_id": 7, "status": 3}, {"key": "x", "status": "odd"}]
)
def test_one_poisonous_status_is_laid_aside_and_its_neighbours_count(school, town, clock, poison):
    account = cast.whatsapp(school, town)
    names = sent(school, 2)
    post(account, several(*({"id": name, "status": "delivered"} for name in names)))
    event = InboundEvent.objects.get()
    event.event["receipts"].insert(1, poison)
    event.save()
    for _ in range(12):
        process()
        clock.now += timedelta(hours=1)
    event.refresh_from_db()
    assert set(Delivery.objects.values_list("status", flat=True)) == {Status.DELIVERED}
    assert event.processed_at is not None
    assert event.outcome != "joined"


def test_a_row_nobody_can_read_holds_up_no_other(school, town, clock):
    account = cast.whatsapp(school, town)
    names = sent(school, 2)
    post(account, several({"id": "a", "status": "read"}, {"id": "b", "status": "read"}))
    InboundEvent.objects.update(event={"written": "by nobody we know"})
    post(account, several(*({"id": name, "status": "delivered"} for name in names)))
    process()
    assert set(Delivery.objects.values_list("status", flat=True)) == {Status.DELIVERED}
    assert sorted(InboundEvent.objects.values_list("outcome", flat=True)) == ["failed: KeyError", "joined"]
