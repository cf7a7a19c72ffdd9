"""SQLite beside Litestream, by docs/running.md: the file is lost while something is written, and comes back."""

from __future__ import annotations

import json
import re
import shlex
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.delivery.house import WentWrongError, running, until, yard
from bench.faults.striking import now_and_then
from bench.restore.back import RPO, Figures, come_back, python, settings
from bench.restore.rows import A_HOME, MESSAGES_OF_A_FILE

PAGE = Path(__file__).resolve().parents[2] / "docs" / "running.md"
WRITING_FOR = 20.0  # seconds
WITHIN = 180.0  # seconds until everything is copied for the first time
NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now')"
WRITE = (
    "INSERT INTO conversations_message (school_id, key, thread_id, author, staff_id, text, language, kind, tier,"
    " channel, full_text, media, together, said_at) SELECT school_id, lower(hex(randomblob(6))), thread_id, author,"
    f" staff_id, text, language, kind, tier, channel, full_text, media, together, {NOW}"
    " FROM conversations_message ORDER BY id LIMIT 1"
)
NEWEST = "SELECT max(said_at) FROM conversations_message"
PROMISED = (
    "SELECT count(*), sum(id), total(length(text)), max(key) FROM conversations_message WHERE said_at <= ?"
)


class File:
    """The school's one file, its copy elsewhere, and the page's words with these folders in them."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "var" / "porchlight.sqlite3"
        self.replica, self._config = folder / "replica", folder / "litestream.yml"
        self.path.parent.mkdir()
        self._words = {
            "/var/lib/porchlight": str(folder / "var"),
            "/var/backups": str(folder),
            "/etc/litestream.yml": str(self._config),
        }
        self._config.write_text(self._block("yaml", "replica"))

    def words(self, name: str) -> list[str]:
        """A command of the page as it is run here."""
        program, *words = shlex.split(self._block("sh", name))
        return [str(Path(sys.executable).with_name(program)), *words]

    def ask(self, question: str, *values: object) -> tuple[Any, ...]:
        """One row."""
        with closing(sqlite3.connect(self.path, timeout=20)) as there:
            found: tuple[Any, ...] = there.execute(question, values).fetchone()
            return found

    def change(self, statement: str, values: Any = ()) -> None:
        """One statement, kept."""
        with closing(sqlite3.connect(self.path, timeout=60, isolation_level=None)) as there:
            there.execute(statement, values)

    def is_copied(self) -> bool:
        """Whether more has been copied than the file as it was in the beginning."""
        return len(list(self.replica.rglob("*.ltx"))) > FIRST

    def lose(self) -> None:
        for one in self.path.parent.glob(f"{self.path.name}*"):
            one.unlink()

    def bring_back(self) -> None:
        """Raises WentWrongError."""
        done = subprocess.run(self.words("restore"), capture_output=True, text=True, check=False)
        if done.returncode:
            raise WentWrongError(f"litestream failed: {done.stderr[-1500:]}")

    def _block(self, kind: str, name: str) -> str:
        [text] = re.findall(rf"^```{kind} {name}\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)
        for word, here in self._words.items():
            text = text.replace(word, here)
        return str(text)


FIRST = 2  # files of a copy that has only just begun


def run(folder: Path, messages: int) -> Figures:
    """Raises WentWrongError."""
    found, here, file = Figures("SQLite"), yard(folder), File(folder)
    env = settings(here, f"sqlite:///{file.path}")
    with found.part("filled in"):
        told = fill(file, env, messages)
    found.size = file.path.stat().st_size
    beside = subprocess.Popen(file.words("replicate"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with found.part("copied in"), now_and_then(lambda: file.change(WRITE), 0.1, 0.2):
            until(file.is_copied, WITHIN, "Litestream copied nothing.")
        with (
            running(here, "work", ["-m", "porchlight", "work", "--processes", "1"], env),
            now_and_then(lambda: file.change(WRITE), 0.1, 0.2),
        ):
            time.sleep(WRITING_FOR)
            [newest] = file.ask(NEWEST)
            beside.kill()  # the power of the machine, and of what ran beside
        promised = str(moment(newest) - timedelta(seconds=RPO))[:26]
        sums = file.ask(PROMISED, promised)
    finally:
        beside.kill()
        beside.wait()
    file.lose()
    come_back(found, here, env, file.bring_back, told)
    found.messages = file.ask("SELECT count(*) FROM conversations_message")[0]
    found.equal = sums == file.ask(PROMISED, promised)
    found.lost = max(0.0, (moment(newest) - moment(file.ask(NEWEST)[0])).total_seconds())
    return found


def fill(file: File, env: dict[str, str], messages: int) -> dict[str, Any]:
    """As on the server: people and their messages. What the pages need to know."""
    homes = max(1, messages // A_HOME)
    python(["-m", "porchlight", "migrate", "--verbosity", "0"], env)
    told: dict[str, Any] = json.loads(python(["-m", "bench.restore.rows", str(homes)], env))
    file.change(
        MESSAGES_OF_A_FILE, {"school": told["school"], "staff": told["staff"], "each": messages // homes}
    )
    return told


def moment(text: str) -> datetime:
    """As the file has it."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
