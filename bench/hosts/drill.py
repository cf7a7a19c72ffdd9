"""100,000 messages through the town, one worker's cable pulled in the middle; then the database's disk is lost."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg

from bench.delivery.places import DELIVERED, LIFT, NOT_UNDERSTOOD
from bench.hosts import page
from bench.hosts.town import CLUSTER, SERVERS, WORKERS, Town, WentWrongError, until

WINDOW = 64  # what one worker process may have on its way
CUT_AT = 0.3  # of all deliveries
ENDS_WITHIN, RESTORED_WITHIN = 900.0, 900.0  # seconds
ROWS = "SELECT id, status, provider_id, status_at FROM delivery_delivery ORDER BY id"
NEWEST = (
    "SELECT max(at) FROM (SELECT max(at) AS at FROM operations_heartbeat"
    " UNION ALL SELECT max(status_at) FROM delivery_delivery) AS every_sign"
)
AT_WORK = "SELECT count(DISTINCT machine) FROM operations_heartbeat WHERE at > '{}'"
WITHIN = 60.0  # seconds: what may be lost, as the page says


@dataclass
class Sent:
    """What became of the messages. Seconds from the lifting of the switch."""

    homes: int
    cut_after: float
    seconds: float
    lost: int
    twice: int
    may_be_twice: int
    came_back_after: float

    def lines(self) -> list[str]:
        return [
            f"hosts: {self.homes} messages in {self.seconds:.0f} s over two web machines and three workers;"
            f" worker-2 cut off after {self.cut_after:.0f} s",
            f"hosts: lost {self.lost}, twice {self.twice} (at most {self.may_be_twice});"
            f" worker-2 at work again {self.came_back_after:.0f} s after its cable was back",
        ]

    @property
    def is_well(self) -> bool:
        return self.lost == 0 and self.twice <= self.may_be_twice


def send(town: Town, homes: int, cores: int) -> Sent:
    """All of them, with one worker cut off in the middle. Raises WentWrongError."""
    town.ask(LIFT)
    began = time.monotonic()
    until(lambda: town.number(DELIVERED) >= homes * CUT_AT, ENDS_WITHIN, "Too few were delivered.")
    cut = town.made["worker-2"]
    cut.cut_off()
    cut_after = time.monotonic() - began
    until(lambda: town.number(DELIVERED) >= homes, ENDS_WITHIN, f"Not all {homes} were delivered.")
    seconds = time.monotonic() - began
    back, cut_at = time.monotonic(), datetime.now(UTC)
    cut.join_again()
    until(lambda: _at_work(town, cut_at) == len(WORKERS), ENDS_WITHIN, "worker-2 did not come back.")
    came_back_after = time.monotonic() - back
    until(lambda: not town.number(NOT_UNDERSTOOD), 120, "Some of what the gateway said was not understood.")
    taken, twice = town.taken()
    return Sent(homes, cut_after, seconds, homes - (taken - twice), twice, WINDOW * cores, came_back_after)


def _at_work(town: Town, since: datetime) -> int:
    return town.number(AT_WORK.format(since.isoformat()))


@dataclass
class Restored:
    """A lost database, brought back. Seconds."""

    lost_seconds: float
    took_seconds: float
    rows: int
    differ: int

    def lines(self) -> list[str]:
        return [
            f"restore: {self.rows} messages back in {self.took_seconds:.1f} s, {self.differ} that were promised differ;"
            f" the last {self.lost_seconds:.1f} s were lost (at most {WITHIN:g})"
        ]

    @property
    def is_well(self) -> bool:
        return self.lost_seconds <= WITHIN and not self.differ


def back_up(town: Town) -> None:
    """As the page says for every day."""
    town.made["database"].run(f'su postgres -c "{page.one("sh", "database daily").strip()}"')


def lose_and_restore(town: Town) -> Restored:
    """The disk of the database machine is lost while everything works; the page's way back. Raises MachineError."""
    database = town.made["database"]
    before = {row[0]: row[1:] for row in town.ask(ROWS)}
    for name in SERVERS:
        town.made[name].switch_off()
    database.switch_off()
    crashed = datetime.now(UTC)
    database.run("rm -rf /var/lib/postgresql/15/main")
    began = time.monotonic()
    database.run(page.one("sh", "database back"))
    database.run(
        "mv /var/lib/postgresql/15/back /var/lib/postgresql/15/main && chown -R postgres /var/lib/postgresql"
        f" && rm -f /run/postgresql/* /run/postgresql/.s.* && pg_ctlcluster {CLUSTER} start"
    )
    until(lambda: _has_read(town), RESTORED_WITHIN, "The database is still reading its log.")
    took = time.monotonic() - began
    after = {row[0]: row[1:] for row in town.ask(ROWS)}
    [[newest]] = town.ask(NEWEST)
    if not isinstance(newest, datetime):
        raise WentWrongError("The restored database knows nobody who was at work.")
    promised = crashed - timedelta(seconds=WITHIN)
    old = {pk: row for pk, row in before.items() if isinstance(row[2], datetime) and row[2] <= promised}
    differ = sum(after.get(pk) != row for pk, row in old.items())
    return Restored((crashed - newest).total_seconds(), took, len(after), differ + len(before) - len(after))


def _has_read(town: Town) -> bool:
    """Whether the database has read its log to the end; while it begins to, it lets nobody in."""
    with suppress(psycopg.OperationalError):
        return not town.ask("SELECT pg_is_in_recovery()")[0][0]
    return False


def must_be_working(town: Town) -> None:
    """Raises WentWrongError when a worker does not say that it lives."""
    since = datetime.now(UTC)
    until(lambda: _at_work(town, since) == len(WORKERS), 120, "Not every worker says that it lives.")
