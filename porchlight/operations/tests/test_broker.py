"""Background tasks over RabbitMQ: sent when the page's own words are kept, done once by whoever is free, never lost."""

from __future__ import annotations

import json
import logging

import pytest
from django.db import transaction
from kombu import Connection

from porchlight.operations.broker import looking, queues, working
from porchlight.operations.doctor import traffic
from porchlight.operations.findings import Finding
from porchlight.operations.tests.conftest import NOW
from porchlight.rosters.tasks import work_on

pytestmark = [pytest.mark.django_db(transaction=True)]
NOWHERE = "amqp://guest:guest@127.0.0.1:1//"


def waiting(broker: dict[str, str]) -> list[dict]:
    """What lies in the queue, as it lies there."""
    found = []
    with Connection(broker["PORCHLIGHT_BROKER_URL"]) as connection:
        queue = queues.queue()(connection.default_channel)
        while (message := queue.get(no_ack=True)) is not None:
            [path, args, kwargs], _options, _chain = json.loads(message.body)
            found.append({"path": path, "args": args, "kwargs": kwargs, "headers": message.headers})
    return found


@pytest.fixture
def here(broker: dict[str, str]) -> dict[str, str]:
    looking.look()  # as the first worker does, it makes the queue
    return broker


def test_a_task_is_sent_when_the_transaction_commits_and_never_before(here: dict[str, str]) -> None:
    with transaction.atomic():
        work_on.enqueue(3, 4)
        assert waiting(here) == []
    [sent] = waiting(here)
    assert (sent["path"], sent["args"], sent["kwargs"]) == ("porchlight.rosters.tasks.work_on", [3, 4], {})


def test_a_task_of_what_was_rolled_back_is_never_sent(here: dict[str, str]) -> None:
    with transaction.atomic():
        work_on.enqueue(3, 4)
        transaction.set_rollback(True)
    assert waiting(here) == []


def test_a_broker_that_is_away_breaks_no_page_and_is_said(broker, settings, caplog) -> None:
    settings.BROKER_URL = NOWHERE
    queues.app.cache_clear()
    with caplog.at_level(logging.ERROR):
        assert work_on.enqueue(3, 4).id
    assert "did not take a task (porchlight.rosters.tasks.work_on)" in caplog.text
    assert "guest" not in caplog.text


def test_the_queue_is_kept_by_several_and_lets_go_of_what_kills_every_worker(here: dict[str, str]) -> None:
    assert looking.look() == looking.Waiting(tasks=0, workers=0)
    arguments = queues.queue().queue_arguments
    assert arguments == {"x-queue-type": "quorum", "x-delivery-limit": 5}
    assert queues.queue().exchange.type == "topic"


def test_only_what_is_a_task_of_ours_is_done() -> None:
    assert working.named("porchlight.rosters.tasks.work_on") is work_on
    for other in (
        "os.system",
        "porchlight.rosters.working.work",
        "porchlight.nothing.here",
        "subprocess.run",
    ):
        with pytest.raises(working.NoSuchTask):
            working.named(other)


def about_tasks() -> list[Finding]:
    return [one for one in traffic.findings(NOW) if one.about == traffic.TASKS]


def test_the_doctor_says_when_nobody_takes_tasks_and_when_there_is_no_broker(here, settings) -> None:
    work_on.enqueue(3, 4)
    [nobody] = about_tasks()
    assert "Nobody takes tasks off the broker; 1 wait" in nobody.words
    settings.BROKER_URL = NOWHERE
    queues.app.cache_clear()
    [away] = about_tasks()
    assert "does not answer" in away.words
