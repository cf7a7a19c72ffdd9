"""T41. A gateway that fails is tried by one worker at a time, so that few are wasted on it whoever else is there."""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic

import pytest
from django.db import connection

from porchlight.delivery.models import Delivery
from porchlight.delivery.outbox.trying import Trying
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import put_in_outbox
from porchlight.delivery.tests.kit import worker


def beside[T](work) -> T:
    """In another thread, and so on another connection, as another worker would."""
    found: list[T] = []

    def run() -> None:
        found.append(work())
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    return found[0]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_worker_tries_a_lane_and_the_next_when_it_is_done() -> None:
    mine, yours = Trying(), Trying()
    assert mine.begin(7)
    assert mine.begin(7)
    assert beside(lambda: Trying().begin(7)) is False
    assert beside(lambda: Trying().begin(8)) is True
    mine.end(7)
    assert beside(lambda: yours.begin(7)) is True  # its connection is closed, and the lock is gone with it
    assert comes(lambda: mine.begin(7))
    connection.close()
    mine.forget()
    assert comes(lambda: mine.begin(7))
    mine.end(7)


def comes(begin: Callable[[], bool]) -> bool:
    """Asked again and again: the server lets go of a closed connection's lock a moment after it was closed."""
    end = monotonic() + 20
    while not begin():
        if monotonic() > end:
            return False
    return True


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("school", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_while_somebody_tries_a_gateway_nobody_else_sends_on_it_but_on_others(school, town) -> None:
    bad, good = cast.twilio(school, town), cast.whatsapp(school, town, name="letters")
    put_in_outbox(school, *[cast.home(school, number) for number in range(1, 4)])
    put_in_outbox(school, *[cast.home(school, number, channel="whatsapp") for number in range(4, 7)])
    at_it, may_end = threading.Event(), threading.Event()

    def somebody_else() -> None:
        trying = Trying()
        assert trying.begin(bad.pk)
        at_it.set()
        may_end.wait(30)
        trying.end(bad.pk)
        connection.close()

    thread = threading.Thread(target=somebody_else)
    thread.start()
    assert at_it.wait(30)
    sent = Delivery.objects.exclude(sent_at=None).values_list("account_id", flat=True)
    with worker() as outbox:
        outbox.run_until_empty(within=10)  # nothing that it may send is left
        assert set(sent.all()) == {good.pk}
        may_end.set()
        thread.join(30)
        outbox.run_until_empty()
    assert sorted(sent.all()) == sorted([bad.pk] * 3 + [good.pk] * 3)
