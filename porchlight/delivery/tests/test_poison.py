"""T42. What kills or breaks whoever reads it or sends it: tried five times at most, seen by people, in nobody's way."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import pytest

from porchlight.delivery.gateways.contract import Accepted, Outcome
from porchlight.delivery.inbox import processing
from porchlight.delivery.inbox.processing import process_parked, process_waiting
from porchlight.delivery.models import Delivery, InboundEvent, Stopped
from porchlight.delivery.outbox.sweeping import sweep
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import put_in_outbox
from porchlight.delivery.tests.hooks import post, text_from
from porchlight.delivery.tests.kit import on_both_databases, worker

pytestmark = [pytest.mark.usefixtures("clock"), on_both_databases]


class Killed(BaseException):
    """What a segmentation fault, or too little memory, does to a worker: nothing after it runs."""


@pytest.fixture
def heard(school, town, monkeypatch) -> list[str]:
    """What was read; the words “poison” kill whoever reads them, “broken” raise."""
    account = cast.whatsapp(school, town)
    read: list[str] = []
    real = processing._understand

    def understand(account, row, now):
        words = row.event.get("text", "")
        read.append(words)
        if words == "poison":
            raise Killed
        if words == "broken":
            raise ValueError("a mistake of ours")
        return real(account, row, now)

    monkeypatch.setattr(processing, "_understand", understand)
    for number, words in enumerate(("first", "poison", "last", "broken")):
        assert post(account, text_from("+447700900001", words, key=f"wamid.{number}")).status_code == 200
    return read


def a_day_of_workers(clock) -> None:
    """Each that dies is followed by another; and they look again for as long as anything is due."""
    for _ in range(10):
        clock.now += timedelta(minutes=2)
        try:
            while process_waiting():
                pass
            process_parked(clock.now)
        except Killed:
            continue


def test_a_message_that_kills_its_reader_is_tried_five_times_and_all_others_are_read(heard, clock):
    a_day_of_workers(clock)
    assert heard.count("poison") == 5
    assert heard.count("broken") == 4  # and once it was beside the poison when its reader died
    outcomes = dict(InboundEvent.objects.values_list("provider_key", "outcome"))
    assert outcomes["wamid.1"] == "failed: nobody lived to read it"
    assert outcomes["wamid.3"] == "failed: ValueError"
    assert not outcomes["wamid.0"].startswith("failed")
    assert not outcomes["wamid.2"].startswith("failed")
    assert not InboundEvent.objects.filter(processed_at=None).exists()


def test_what_one_reader_has_in_hand_no_other_reads_and_a_try_is_counted_before_it_is_made(heard, clock):
    with pytest.raises(Killed):
        process_waiting()
    assert heard == ["first", "poison"]
    assert set(InboundEvent.objects.values_list("tries", "processed_at")) == {(1, None)}
    assert process_waiting() == 0
    clock.now += timedelta(minutes=1)
    with pytest.raises(Killed):
        process_parked(clock.now)


@pytest.mark.parametrize("how", ["kills its worker", "makes the adapter raise"])
def test_a_delivery_that_is_poison_leaves_twice_at_most_and_all_others_leave(school, town, monkeypatch, how):
    account = cast.twilio(school, town)
    homes = [cast.home(school, number) for number in range(1, 6)]
    put_in_outbox(school, *homes)
    poison = Delivery.objects.get(address=homes[2].address)
    tried: list[str] = []

    async def send(http, credentials, outgoing) -> Outcome:
        tried.append(outgoing.reference)
        if outgoing.reference != poison.reference:
            return Accepted(outgoing.reference)
        raise RuntimeError("poison") if how.startswith("makes") else Killed

    monkeypatch.setattr(account.carrier, "send", send)
    for _ in range(4):
        with worker() as outbox, contextlib.suppress(TimeoutError):  # what died brings nothing back
            outbox.run_until_empty(within=0.5)
        Delivery.objects.exclude(lease_until=None).update(lease_until="2026-01-01T00:00:00Z")
        sweep(cast.TUESDAY)
    poison.refresh_from_db()
    assert tried.count(poison.reference) == 2
    assert poison.stopped == Stopped.DEAD  # the office's list, from where it can be sent again
    assert Delivery.objects.exclude(sent_at=None).count() == 4
