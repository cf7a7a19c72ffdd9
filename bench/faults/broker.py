"""A broker that cuts everybody off and loses its queue, while messages leave and schools hand rosters over."""

from __future__ import annotations

import secrets
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.delivery.house import running, until
from bench.faults.ground import BEATS, LIFT, Finding, Ground, ground
from bench.faults.kills import seen

QUEUE = "faults"
KILLS, SECONDS = 5, 40.0
HOMES, SCHOOLS = 400, 20
URL = "amqp://guest:guest@127.0.0.1:5672/{}"
DONE = "SELECT count(*) FROM rosters_rosterjob WHERE outcome = 'done'"
ASKED = "SELECT count(*) FROM rosters_rosterjob"


class NoBrokerError(OSError):
    """No RabbitMQ that we may give orders."""


class Broker:
    """A corner of this machine's RabbitMQ that is ours alone: what is done to it concerns nobody else."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.url = URL.format(name)
        self.kills = 0

    def strike(self) -> None:
        """Every connection is cut off; and each second time the queue is gone with all that waited in it."""
        self.kills += 1
        if self.kills % 2 == 0:
            control("delete_queue", "--vhost", self.name, QUEUE)
        control("close_all_connections", "--vhost", self.name, "struck")


def control(*words: str) -> None:
    """Raises NoBrokerError."""
    try:
        done = subprocess.run(["rabbitmqctl", "--quiet", *words], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise NoBrokerError("rabbitmqctl is not here") from None
    if done.returncode:
        raise NoBrokerError(" ".join((done.stderr or done.stdout).split())[:200])


@contextmanager
def broker() -> Iterator[Broker]:
    """Until the block ends. Raises NoBrokerError."""
    made = Broker(f"faults-{secrets.token_hex(4)}")
    control("add_vhost", made.name)
    try:
        control("set_permissions", "--vhost", made.name, "guest", ".*", ".*", ".*")
        yield made
    finally:
        control("delete_vhost", made.name)


def run(folder: Path, _deliveries: int) -> list[Finding]:
    """T40, the broker: what is on its way goes on without it, and no call of a task is lost for good."""
    with ExitStack() as stack:
        try:
            there = stack.enter_context(broker())
        except NoBrokerError as problem:
            return [Finding("T40", "A broker that dies", f"not measured: {problem}", "", None)]
        here = stack.enter_context(ground(folder))
        here.more = {"PORCHLIGHT_BROKER_URL": there.url, "PORCHLIGHT_BROKER_QUEUE": QUEUE}
        here.stage({"slug": "maple-street", "kind": "whatsapp", "homes": HOMES, "rate": HOMES / SECONDS})
        stack.enter_context(here.town())
        stack.enter_context(here.serving())
        words = ["-m", "porchlight", "work", "--processes", "1"]
        stack.enter_context(running(here.yard, "work", words, here.environment))
        until(lambda: here.cluster.ask(BEATS) > 0, 60, "The workers did not start.")
        here.cluster.change(LIFT)
        asking = ["-m", "bench.faults.rosters_asked", str(SCHOOLS), str(SECONDS), str(folder)]
        with running(here.yard, "asking", asking, here.environment):
            for _ in range(KILLS):
                time.sleep(SECONDS / KILLS)
                there.strike()
            until(lambda: here.cluster.ask(ASKED) == SCHOOLS, 120, "Not every school could ask.")
        here.settled(200)
        return counted(here, there.kills)


def counted(here: Ground, kills: int) -> list[Finding]:
    """A call that a dead broker swallowed is made again when nobody has begun within a quarter of a minute."""
    began = time.monotonic()
    until(lambda: here.cluster.ask(DONE) == SCHOOLS, 240, "Not every roster was looked at.")
    late = time.monotonic() - began
    done, asked = here.cluster.ask(DONE), here.cluster.ask(ASKED)
    taken = seen(here, "maple-street")
    return [
        Finding(
            "T40",
            f"The broker struck {kills} times: of {SCHOOLS} tasks lost, doubled",
            f"{SCHOOLS - done}, {asked - done}",
            "0, 0",
            asked == done == SCHOOLS,
        ),
        Finding("T40", "… the last was done after all were asked for", f"{late:.0f} s", "counted", True),
        Finding(
            "T40",
            f"… of {HOMES} messages meanwhile: lost, twice",
            f"{HOMES - taken['different']}, {taken['twice']}",
            "0, 0",
            taken["different"] == HOMES and not taken["twice"],
        ),
    ]
