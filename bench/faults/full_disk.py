"""A disk of 256 MB that holds the database, the files and what waits, filled to the last byte while all of it works."""

from __future__ import annotations

import os
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from bench.delivery.house import until
from bench.faults.cluster import Cluster
from bench.faults.ground import LIFT, Finding, Given, Ground, ground
from bench.faults.hooks import message, post
from bench.faults.kills import seen
from bench.faults.striking import now_and_then

SIZE = "256m"
FULL_FOR = 12.0  # seconds
HOMES, A_SECOND = 400, 20
CLEAN = {200, 403, 503, 507}  # 403: it fitted, and is no form of ours
MESSAGES = "SELECT count(*) FROM delivery_inboundevent WHERE kind = 'heard'"
DID_NOT_LEAVE = (
    "SELECT id, status, stopped, code, detail, tries, copies, epoch, lease_until, due_at, attempts"
    " FROM delivery_delivery WHERE sent_at IS NULL"
)
NOT_WHOLE = (
    "SELECT count(*) FROM delivery_inboundevent WHERE kind = 'heard' AND (event IS NULL OR raw IS NULL"
    " OR outcome = '')"
)


class NoDiskError(OSError):
    """Only an administrator may make a disk of its own size."""


@contextmanager
def disk(folder: Path) -> Iterator[Path]:
    """A small disk in memory until the block ends. Raises NoDiskError."""
    folder.mkdir()
    folder.parent.chmod(0o711)  # the server runs as somebody else
    words = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(words, check=False, capture_output=True).returncode:
        raise NoDiskError("Only an administrator may make a disk of its own size.")
    try:
        yield folder
    finally:
        for _ in range(50):
            if not subprocess.run(["umount", str(folder)], check=False, capture_output=True).returncode:
                break
            time.sleep(0.1)


class Ballast:
    """What takes up all the room, also what others let go of meanwhile."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "ballast"

    def fill(self) -> None:
        """To the last byte."""
        with suppress(OSError), self._file.open("ab", buffering=0) as file:
            for piece in (1 << 20, 1 << 12, 1):
                with suppress(OSError):
                    while file.write(b"\0" * piece) == piece:
                        pass

    def throw_out(self) -> None:
        self._file.unlink(missing_ok=True)


def run(given: Given) -> list[Finding]:
    """T43, the disk."""
    with ExitStack() as stack:
        try:
            small = stack.enter_context(disk(given.folder / "disk"))
        except NoDiskError as problem:
            return [Finding("T43", "A full disk", f"not measured: {problem}", "", None)]
        small.chmod(0o755)
        for name in ("cluster", "var", "tmp"):
            (small / name).mkdir()
        settings = "-c max_wal_size=48MB -c min_wal_size=32MB -c wal_recycle=off"
        cluster = stack.enter_context(Cluster.there(small / "cluster", settings, like=given.pattern))
        here = stack.enter_context(ground(given, cluster=cluster))
        here.more = {"PORCHLIGHT_VAR": str(small / "var"), "TMPDIR": str(small / "tmp")}
        here.stage({"slug": "maple-street", "kind": "whatsapp", "homes": HOMES, "rate": A_SECOND})
        stack.enter_context(here.town())
        stack.enter_context(here.serving())
        stack.enter_context(here.working(2))
        return filled(here, Ballast(small))


def filled(here: Ground, ballast: Ballast) -> list[Finding]:
    """Messages come in and leave; the disk fills up, and is emptied again."""
    path, port = here.ids["maple-street"]["path"], here.yard.web_port
    answered: dict[str, int] = {}
    said: Counter[int] = Counter()

    def write() -> None:
        key = f"wamid.full{len(answered)}"
        answered[key] = post(port, path, *message("maple-street", key, len(answered) % HOMES))
        said[answered[key]] += 1

    def upload() -> None:
        said[post(port, "/maple-street/", b"x" * 600_000, {"Content-Type": "text/plain"})] += 1

    def is_full() -> bool:
        """A message of its own each time: one that is here already needs no room."""
        write()
        return 200 not in list(answered.values())[-1:]

    here.cluster.change(LIFT)
    with now_and_then(ballast.fill, 0.01, 0.02), now_and_then(upload, 0.4, 0.5):
        until(is_full, 60, "It never was full.")
        said.clear()
        with now_and_then(write, 0.03, 0.07):
            time.sleep(FULL_FOR)
    ballast.throw_out()
    began = time.monotonic()
    by_hand = 0
    if not here.cluster.is_running():
        here.cluster.start()  # as whoever keeps it running would
        by_hand = 1
    until(lambda: all(again(here, answered)), 60, "It never came back.")
    back = time.monotonic() - began
    until(lambda: here.cluster.ask(NOT_WHOLE) == 0, 60, "Not every message was read.")
    here.settled(200)  # with what the school answers by itself to what was read last
    return told(here, said, answered, back, by_hand)


def again(here: Ground, answered: dict[str, int]) -> list[bool]:
    """As gateways do: what was not taken is posted once more."""
    path, port = here.ids["maple-street"]["path"], here.yard.web_port
    for number, (key, status) in enumerate(answered.items()):
        if status != 200:
            answered[key] = post(port, path, *message("maple-street", key, number % HOMES))
            if answered[key] != 200:
                break
    return [status == 200 for status in answered.values()]


def told(
    here: Ground, said: Counter[int], answered: dict[str, int], back: float, by_hand: int
) -> list[Finding]:
    """The table's lines."""
    codes = ", ".join(f"{code or 'none'} × {count}" for code, count in sorted(said.items()))
    clean = bool(set(said) & {503, 507}) and set(said) <= CLEAN
    resumed = f"{back:.1f} s, database started by its keeper × {by_hand}"
    return [
        Finding("T43", f"A full disk, {FULL_FOR:g} s: answers", codes, "507 or 503", clean),
        *kept_whole(here, len(answered)),
        Finding("T43", "… all is taken again after", resumed, "resumes", True),
    ]


def kept_whole(here: Ground, posted: int) -> list[Finding]:
    """What came in, what lies in the store, and what left."""
    kept = here.cluster.ask(MESSAGES)
    files = sum(1 for path in Path(here.more["PORCHLIGHT_VAR"], "files").rglob("*") if path.is_file())
    orphans = max(0, files - here.cluster.ask("SELECT count(*) FROM files_storedfile"))
    taken = seen(here, "maple-street")
    out = here.cluster.ask("SELECT count(*) FROM delivery_delivery")  # with what the school answers by itself
    lost, twice, thrice = out - taken["different"], taken["twice"], taken["thrice"]
    few = twice <= 64 and not thrice
    if lost:
        print("did not leave:", here.cluster.rows(DID_NOT_LEAVE))
    return [
        Finding("T43", "… messages posted, kept whole", f"{posted}, {kept}", "as many", posted == kept),
        Finding("T43", "… files without a row", str(orphans), "0", not orphans),
        Finding("T43", f"… on its way out, of {out}: lost", str(lost), "0", not lost),
        Finding("T43", "… sent twice, three times", f"{twice}, {thrice}", "≤ 64, 0", few),
    ]
