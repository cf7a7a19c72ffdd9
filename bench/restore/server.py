"""PostgreSQL with the settings, the daily copy and the way back of docs/deploy.md; its disk is lost while it works."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import time
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from bench.delivery.house import WentWrongError, Yard, running, until, yard
from bench.faults.cluster import Cluster, as_nobody, program
from bench.faults.striking import now_and_then
from bench.hosts import page
from bench.restore import rows
from bench.restore.back import RPO, RTO, Figures, come_back, python, settings

CONF = "/etc/postgresql/15/main/conf.d/porchlight.conf"
KEEPS_THE_LOG = re.compile(r"^(?:wal_level|max_wal_senders|archive_\w+) = .*$", re.MULTILINE)
A_DAY = 20_000  # messages after the daily copy, which only the log knows
MORE = 30.0  # seconds of writing after a piece of the log was kept: these can be lost
WRITE = (
    "INSERT INTO conversations_message (school_id, key, thread_id, author, staff_id, text, language, kind, tier,"
    " channel, full_text, media, together, said_at) SELECT school_id, substr(md5(random()::text), 1, 12), thread_id,"
    " author, staff_id, text, language, kind, tier, channel, full_text, media, together, clock_timestamp()"
    " FROM (SELECT * FROM conversations_message ORDER BY id LIMIT {}) AS older"
)
NEWEST = "SELECT max(said_at), clock_timestamp() FROM conversations_message"
KEPT = "SELECT count(*) FROM pg_stat_archiver WHERE last_archived_time > clock_timestamp() - interval '{} seconds'"
SUMS = (  # of all that was said up to a moment: how many, and one number over every column of every row
    "SELECT 'messages', count(*), sum(hashtextextended(one::text, 0)) FROM conversations_message AS one"
    " WHERE said_at <= '{0}' UNION ALL"
    " SELECT 'deliveries', count(*), sum(hashtextextended(one::text, 0)) FROM delivery_delivery AS one"
    " WHERE created_at <= '{0}' ORDER BY 1"
)


class Machine:
    """A database machine with its disks: the one that will be lost, and the one that is carried off."""

    def __init__(self, folder: Path, cluster: Cluster, here: Yard) -> None:
        self.cluster, self.yard = cluster, here
        self.environment = settings(here, cluster.url)
        self._words = {
            "/var/backups/porchlight": str(folder / "kept"),
            "/var/lib/postgresql/15/back": str(cluster.data),
        }
        folder.chmod(0o711)  # the server runs as somebody else
        kept = folder / "kept" / "log"
        kept.mkdir(parents=True)
        if user := as_nobody():
            for one in (kept.parent, kept):
                os.chown(one, user["user"], user["group"])

    def keep_the_log(self) -> None:
        """From now on, as the page's settings say."""
        lines = KEEPS_THE_LOG.findall(self._as_here(page.one("conf", CONF)))
        self.cluster.stop()
        with (self.cluster.data / "postgresql.conf").open("a") as conf:
            conf.write("\n".join(["", *lines, ""]))
        self.cluster.start()

    def copy_daily(self) -> None:
        """The page's words for every day."""
        name, *words = shlex.split(self._as_here(page.one("sh", "database daily")))
        self._do(
            [program(name), f"--port={self.cluster.port}", "--host=127.0.0.1", "--username=postgres", *words]
        )

    def lose_the_disk(self) -> None:
        """Power and disk at once."""
        self.cluster.stop("immediate")
        shutil.rmtree(self.cluster.data)

    def bring_back(self) -> None:
        """The page's way back, and its wait for the log to be read."""
        self._do(["sh", "-euc", self._as_here(page.one("sh", "database back"))])
        self.cluster.start()
        until(self._has_read, RTO, "The database is still reading its log.")

    def _has_read(self) -> bool:
        with suppress(psycopg.OperationalError):
            return not self.cluster.rows("SELECT pg_is_in_recovery()")[0][0]
        return False

    def _as_here(self, text: str) -> str:
        for word, here in self._words.items():
            text = text.replace(word, here)
        return text

    def _do(self, words: list[str]) -> None:
        done = subprocess.run(words, capture_output=True, text=True, check=False, cwd="/", **as_nobody())
        if done.returncode:
            raise WentWrongError(f"{Path(words[0]).name} failed: {done.stderr[-1500:]}")


def run(folder: Path, messages: int) -> Figures:
    """Raises WentWrongError, NoServerError."""
    found = Figures("PostgreSQL")
    with ExitStack() as stack:
        cluster = stack.enter_context(Cluster.there(None, "-c max_wal_size=4GB"))
        machine = Machine(folder, cluster, yard(folder))
        with found.part("filled in"):
            told = fill(machine, messages)
        machine.keep_the_log()
        with found.part("copied in"):
            machine.copy_daily()
        with running(
            machine.yard, "work", ["-m", "porchlight", "work", "--processes", "1"], machine.environment
        ):
            lost_at, newest = work_on(machine)
            sums = cluster.rows(SUMS.format(lost_at - timedelta(seconds=RPO)))
            found.size = cluster.ask("SELECT pg_database_size(current_database())")
            machine.lose_the_disk()
        come_back(found, machine.yard, machine.environment, machine.bring_back, told)
        found.messages = cluster.ask("SELECT count(*) FROM conversations_message")
        found.equal = sums == cluster.rows(SUMS.format(lost_at - timedelta(seconds=RPO)))
        found.lost = (newest - cluster.rows(NEWEST)[0][0]).total_seconds()
    return found


def fill(machine: Machine, messages: int) -> dict[str, Any]:
    """Migrated, with its people and all their messages. What the pages need to know."""
    homes = max(1, messages // rows.A_HOME)
    with_owner = machine.environment | dict(machine.cluster.urls)
    python(["-m", "porchlight", "migrate", "--verbosity", "0"], with_owner)
    told: dict[str, Any] = json.loads(python(["-m", "bench.restore.rows", str(homes)], machine.environment))
    values = {**told, "each": messages // homes}
    with psycopg.connect(machine.cluster.url.replace("porchlight_app", "postgres"), autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")  # keys were right when we made them
        admin.execute("SET synchronous_commit = off")
        for statement in rows.ALL:
            admin.execute(statement.encode(), values)
        admin.execute("RESET session_replication_role")
    machine.cluster.staged()
    return told


def work_on(machine: Machine) -> tuple[datetime, datetime]:
    """A day's messages, then one after the other until the disk is lost: that moment, and when the last was said."""
    cluster = machine.cluster
    cluster.change(WRITE.format(A_DAY))
    writer = psycopg.connect(cluster.url.replace("porchlight_app", "postgres"), autocommit=True)
    with writer, now_and_then(lambda: writer.execute(WRITE.format(1).encode()), 0.1, 0.2):
        time.sleep(2)  # so that it is none of the pieces of the day that was kept
        until(lambda: cluster.ask(KEPT.format(1)), 2 * RPO, "No piece of the log was kept.")
        time.sleep(MORE)
    newest, now = cluster.rows(NEWEST)[0]
    return now, newest
