"""A PostgreSQL server of our own, in a folder of its own, that may be killed and filled up as nobody else's may."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from bench.delivery.house import WentWrongError

OWNER, APPLICATION, NAME = "porchlight_owner", "porchlight_app", "porchlight"
STARTS_WITHIN = 60  # seconds
AT_HOME = "/usr/lib/postgresql"  # where Debian keeps the server's programs, a folder for each version


class NoServerError(RuntimeError):
    """PostgreSQL's own programs are not on this machine."""


def program(name: str) -> str:
    """Where one of PostgreSQL's programs is, the newest. Raises NoServerError."""
    there = sorted(Path(AT_HOME).glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = shutil.which(name) or (str(there[-1]) if there else "")
    if not found:
        raise NoServerError(f"{name} is not here: install PostgreSQL's server (postgresql-15 or newer).")
    return found


def as_nobody() -> dict[str, Any]:
    """How subprocess starts a server: PostgreSQL refuses to run as root."""
    if os.geteuid():
        return {}
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise NoServerError("PostgreSQL does not run as root, and here is no other user.")


class Cluster:
    """One server with one database, empty until it is migrated. Also a bench's `Place` for staging."""

    name = "postgresql"

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.data = folder / "data"
        self._log = folder / "server.log"
        self._settings = (
            f"-c port={self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
            " -c max_connections=150 -c log_min_messages=fatal"
        )
        self.crashes = 0
        self.up = threading.Event()
        self._admin: psycopg.Connection[Any] | None = None

    @classmethod
    @contextmanager
    def there(cls, folder: Path | None = None, *words: str, like: Path | None = None) -> Iterator[Cluster]:
        """A running server until the block ends; in `folder`, which must be empty, or in one of its own.

        `words` are further options of the server's, such as `-c max_wal_size=32MB`. `like` is the data of another
        that was stopped, to begin with; without it the database is empty. Raises NoServerError.
        """
        with tempfile.TemporaryDirectory(prefix="porchlight-cluster-") as own:
            home = folder or Path(own)
            user = as_nobody()
            if user:
                os.chown(home, user["user"], user["group"])
            cluster = cls(home)
            cluster._settings = " ".join((cluster._settings, *words))
            if like:
                cluster._copy(like)
            else:
                cluster._make()
            try:
                yield cluster
            finally:
                cluster.stop("immediate")

    @property
    def urls(self) -> Mapping[str, str]:
        return {"DATABASE_URL": self.url, "DATABASE_OWNER_URL": self._address(OWNER)}

    @property
    def url(self) -> str:
        return self._address(APPLICATION)

    def staged(self) -> None:
        """Count rows and tidy up, as the server's own housekeeping would have by the time anybody sends."""
        self.change("VACUUM ANALYZE")

    def ask(self, question: str) -> int:
        """One number, seen past the wall. Raises psycopg.OperationalError while the server is away."""
        return int(self.rows(question)[0][0] or 0)

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        """As `ask`, all of them. A connection that a crash cut off is opened anew."""
        try:
            return self._rows(question)
        except psycopg.OperationalError:
            return self._rows(question)

    def _rows(self, question: str) -> list[tuple[Any, ...]]:
        if self._admin is None or self._admin.closed or self._admin.broken:
            self._admin = psycopg.connect(
                self._address("postgres"), autocommit=True, connect_timeout=5, prepare_threshold=None
            )
        cursor = self._admin.execute(question.encode())
        return cursor.fetchall() if cursor.description else []

    def change(self, statement: str) -> None:
        """One statement, kept."""
        self.rows(statement)

    def crash(self) -> None:
        """End it at once, without a word to anybody, and start it anew: what it does after a power cut."""
        self.up.clear()
        self.stop("immediate")
        self.start()
        self.crashes += 1

    def start(self) -> None:
        """Raises WentWrongError when it does not come up."""
        self._pg_ctl("start", "-w", "-t", str(STARTS_WITHIN), "-o", self._settings, "-l", str(self._log))
        self.up.set()

    def stop(self, how: str = "fast") -> None:
        """Also when it is down already."""
        with suppress(WentWrongError):
            self._pg_ctl("stop", "-w", "-m", how)

    def is_running(self) -> bool:
        """Whether there is a server, whether or not it lets anybody in."""
        with suppress(WentWrongError):
            self._pg_ctl("status")
            return True
        return False

    def _copy(self, like: Path) -> None:
        subprocess.run(["cp", "-a", str(like), str(self.data)], check=True)
        self.start()

    def _make(self) -> None:
        words = [
            program("initdb"),
            "-D",
            str(self.data),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "-N",
        ]
        self._run([*words, "--locale=C.UTF-8"])
        self.start()
        with psycopg.connect(self._address("postgres", "postgres"), autocommit=True) as admin:
            admin.execute(f"CREATE ROLE {OWNER} LOGIN".encode())
            admin.execute(f"CREATE ROLE {APPLICATION} LOGIN".encode())
            admin.execute(f"CREATE DATABASE {NAME} OWNER {OWNER}".encode())

    def _pg_ctl(self, *words: str) -> None:
        self._run([program("pg_ctl"), *words, "-D", str(self.data)])

    def _run(self, words: list[str]) -> None:
        done = subprocess.run(
            words,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            **as_nobody(),
        )
        if done.returncode:
            said = self._log.read_text(errors="replace")[-1500:] if self._log.exists() else ""
            raise WentWrongError(f"{Path(words[0]).name} {words[1]} ended with {done.returncode}. {said}")

    def _address(self, role: str, name: str = NAME) -> str:
        return f"postgresql://{role}@127.0.0.1:{self.port}/{name}"
