"""A broker that is killed, cuts everybody off and loses its queue, while messages leave and rosters are handed over."""

from __future__ import annotations

import time
from contextlib import ExitStack

from bench.delivery.house import running, until
from bench.faults.ground import BEATS, LIFT, Finding, Given, Ground, ground
from bench.faults.kills import seen
from bench.faults.node import Node

QUEUE = "faults"
KILLS, SECONDS = 5, 60.0
HOMES, SCHOOLS = 400, 40
DONE = "SELECT count(*) FROM rosters_rosterjob WHERE outcome = 'done'"
ASKED = "SELECT count(*) FROM rosters_rosterjob"
# Each time that somebody begins a task is written down by the database itself: what becomes of one says nothing of it.
WATCHED = (
    "CREATE TABLE bench_begun (job bigint NOT NULL);"
    " CREATE FUNCTION bench_begins() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS"
    " $$ BEGIN INSERT INTO bench_begun VALUES (NEW.id); RETURN NEW; END $$;"
    " CREATE TRIGGER bench_begins AFTER UPDATE OF begun_at ON rosters_rosterjob"
    " FOR EACH ROW WHEN (NEW.begun_at IS NOT NULL) EXECUTE FUNCTION bench_begins()"
)
BEGUN = "SELECT count(*) FROM (SELECT FROM bench_begun GROUP BY job HAVING count(*) >= {}) AS often"


def run(given: Given) -> list[Finding]:
    """T40, the broker: what is on its way goes on without it, and no call of a task is lost for good."""
    with ExitStack() as stack:
        broker = stack.enter_context(Node.there(given.folder / "broker"))
        here = stack.enter_context(ground(given))
        here.cluster.change(WATCHED)
        here.more = {"PORCHLIGHT_BROKER_URL": broker.url, "PORCHLIGHT_BROKER_QUEUE": QUEUE}
        here.stage({"slug": "maple-street", "kind": "whatsapp", "homes": HOMES, "rate": HOMES / SECONDS})
        stack.enter_context(here.town())
        stack.enter_context(here.serving())
        words = ["-m", "porchlight", "work", "--processes", "1"]
        stack.enter_context(running(here.yard, "work", words, here.environment))
        until(lambda: here.cluster.ask(BEATS) > 0, 60, "The workers did not start.")
        until(lambda: is_quorum(broker), 60, "The queue that tasks go through is no quorum queue.")
        here.cluster.change(LIFT)
        asking = ["-m", "bench.faults.rosters_asked", str(SCHOOLS), str(SECONDS), str(given.folder)]
        with running(here.yard, "asking", asking, here.environment):
            struck(broker)
            until(lambda: here.cluster.ask(ASKED) == SCHOOLS, 240, "Not every school could ask.")
        here.settled(200)
        return counted(here, broker)


def struck(broker: Node) -> None:
    """Five times killed, and between that everybody is cut off, each second time with the queue gone as well."""
    for number in range(KILLS):
        time.sleep(SECONDS / KILLS / 2)
        broker.crash()
        if number + 1 < KILLS:
            time.sleep(SECONDS / KILLS / 2)
            broker.cut(QUEUE if number % 2 else "")


def is_quorum(broker: Node) -> bool:
    """As the broker itself says."""
    return f"{QUEUE}\tquorum" in broker.control("list_queues", "name", "type")


def counted(here: Ground, broker: Node) -> list[Finding]:
    """A call that a dead broker swallowed is made again when nobody has begun within a quarter of a minute."""
    began = time.monotonic()
    until(lambda: here.cluster.ask(DONE) == SCHOOLS, 240, "Not every roster was looked at.")
    late = time.monotonic() - began
    done = here.cluster.ask(DONE)
    once, twice, thrice = (here.cluster.ask(BEGUN.format(times)) for times in (1, 2, 3))
    taken, strikes = seen(here, "maple-street"), broker.kills + broker.cuts
    what = f"RabbitMQ (a quorum queue) killed {broker.kills} times, cut off {broker.cuts}: of {SCHOOLS} tasks"
    return [
        Finding("T40", f"{what} lost", str(SCHOOLS - done), "0", done == once == SCHOOLS),
        Finding("T40", "… begun twice", str(twice), f"≤ {strikes}", twice <= strikes),
        Finding("T40", "… three times", str(thrice), "0", not thrice),
        Finding("T40", "… the last was done after all were asked for", f"{late:.0f} s", "counted", True),
        Finding(
            "T40",
            f"… of {HOMES} messages meanwhile: lost, twice",
            f"{HOMES - taken['different']}, {taken['twice']}",
            "0, 0",
            taken["different"] == HOMES and not taken["twice"],
        ),
    ]  # fmt: skip
