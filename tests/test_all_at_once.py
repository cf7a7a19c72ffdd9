"""T9. One event that comes sixteen times at the same moment, through the real server: one row, one answer, one effect."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from porchlight.conversations.models import Message
from porchlight.delivery.models import Account, InboundEvent
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.hooks import path_of, text_from
from porchlight.operations.tests.running import Answer, ask
from tests.at_work import AtWork, until

TIMES = 16
NIGHT = cast.TUESDAY.replace(hour=22)  # 23:00 in London, when words are answered by themselves
POLITE, REFUSED = (200, b""), (403, b"no")


@dataclass(frozen=True)
class Door:
    """Where one account's webhooks come in, and how its gateway signs them."""

    port: int
    path: str
    number_id: str
    secret: str

    def post(self, payload: dict, secret: str = "") -> Answer:
        """As the gateway does it: the signature is over the raw body."""
        for entry in payload["entry"]:
            entry["changes"][0]["value"]["metadata"]["phone_number_id"] = self.number_id
        body = json.dumps(payload).encode()
        signed = hmac.new((secret or self.secret).encode(), body, hashlib.sha256).hexdigest()
        return ask(
            self.port,
            self.path,
            "POST",
            body,
            Content_Type="application/json",
            X_Hub_Signature_256=f"sha256={signed}",
        )


@pytest.fixture
def door(at_work: AtWork) -> Door:
    """The family's WhatsApp at night, with the server up and nobody at work yet."""
    with at_work.inside():
        account: Account = at_work.whatsapp()
        at_work.home(1, channel="whatsapp")
        path = path_of(account)
    at_work.env["PORCHLIGHT_THREADS"] = str(TIMES)
    at_work.starts_serving()
    at_work.it_is(NIGHT)
    # The gateway heard the family itself, so that the school may answer in its own words.
    at_work.town.call(lambda town: town.phones.get("home 1").windows.update(whatsapp=town.now()))
    return Door(at_work.port, path, account.settings["phone_number_id"], account.secrets["app_secret"])


def all_at_once(*calls: Callable[[], Answer]) -> Sequence[Answer]:
    """Each in a thread of its own, let go together."""
    ready = threading.Barrier(len(calls))

    def one(call: Callable[[], Answer]) -> Answer:
        ready.wait(timeout=30)
        return call()

    with ThreadPoolExecutor(len(calls)) as callers:
        return list(callers.map(one, calls))


def said(answers: Sequence[Answer]) -> set[tuple[int, bytes]]:
    return {(answer.status, answer.body) for answer in answers}


def genuine(door: Door) -> Answer:
    return door.post(text_from("+447700900001", "Hamza is here", key="wamid.same"))


def forged(door: Door) -> Answer:
    return door.post(text_from("+447700900001", "Pay here", key="wamid.forged"), secret="a guess")


def rows(at_work: AtWork) -> list[tuple[str, str]]:
    """What was kept of words that came in, and what became of each."""
    with at_work.inside():
        events = InboundEvent.objects.filter(kind="heard").order_by("pk")
        return list(events.values_list("provider_key", "outcome"))


def test_sixteen_posts_of_one_event_are_one_row_and_one_effect(at_work: AtWork, door: Door) -> None:
    forgeries_are_each_refused_alike_and_write_nothing(at_work, door)
    assert said(all_at_once(*[lambda: genuine(door)] * TIMES)) == {POLITE}
    assert rows(at_work) == [("wamid.same", "")]
    at_work.starts_working()
    until(lambda: at_work.town.received("home 1"))
    assert said(all_at_once(*[lambda: genuine(door)] * TIMES)) == {POLITE}
    later = door.post(text_from("+447700900001", "He sleeps now", key="wamid.later"))
    assert (later.status, later.body) == POLITE
    until(lambda: len(heard(at_work)) == 2)
    at_work.stops()
    assert rows(at_work) == [("wamid.same", "message"), ("wamid.later", "message")]
    assert heard(at_work) == ["Hamza is here", "He sleeps now"]
    assert len(at_work.town.received("home 1")) == 1  # who was answered tonight is not answered again


def heard(at_work: AtWork) -> list[str]:
    """What stands in the thread, oldest first."""
    with at_work.inside():
        return list(Message.objects.from_home().order_by("pk").values_list("text", flat=True))


def forgeries_are_each_refused_alike_and_write_nothing(at_work: AtWork, door: Door) -> None:
    """Alone, and among genuine ones."""
    assert said(all_at_once(*[lambda: forged(door)] * TIMES)) == {REFUSED}
    with at_work.inside():
        assert not InboundEvent.objects.exists()
    both = [lambda: genuine(door), lambda: forged(door)] * (TIMES // 2)
    answers = all_at_once(*both)
    assert (said(answers[::2]), said(answers[1::2])) == ({POLITE}, {REFUSED})
    assert rows(at_work) == [("wamid.same", "")]
