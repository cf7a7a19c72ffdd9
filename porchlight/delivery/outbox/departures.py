"""What a worker holds and what of it has left, kept where it outlives the worker: a killed one loses nothing.

A small file is mapped into memory, a place in it for each delivery a worker may hold. Taking a place and noting that
the words leave are stores into memory, which the operating system keeps when the process is killed. The next worker
on the machine reads what the dead one left behind: what was held and had not left goes back into its lane at once;
what had left stays leased, and is settled by its status or by the sweeper. Decision 65.

After a power cut nobody knows which of these stores reached the disk, so that only files of this start of the machine
are believed. Without one (a system that does not name its starts, a full disk) all held by a dead worker counts as
having perhaps left, as before there were such files.
"""

from __future__ import annotations

import fcntl
import logging
import mmap
import os
import secrets
import struct
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, NamedTuple, Self

from django.db import connection

from porchlight.delivery.outbox.checking import Checked
from porchlight.delivery.outbox.dialect import WAITING
from porchlight.delivery.outbox.lanes import wake_lanes
from porchlight.schools.wall import school_context
from porchlight.toolbox.statements import ask

PLACES = 512  # eight windows: a worker on a quick wire holds five for a moment
ROW = struct.Struct("<qqii")  # school, delivery, epoch, and last what is known of it
FREE, HELD, LEFT = 0, 1, 2
KNOWN = struct.Struct("<i")
NO_PLACE = -1
LEAVING, ENDING = (
    "leaving",
    ".held",
)  # the folder beside the database's or the logs', and each worker's file in it
STARTS = Path("/proc/sys/kernel/random/boot_id")  # of this machine, changed at each
_PUT_BACK = (
    "UPDATE delivery_delivery SET lease_until = NULL, tries = tries - 1"
    f" WHERE id = %(id)s AND epoch = %(epoch)s AND lease_until IS NOT NULL AND tries > 0 AND {WAITING} RETURNING id"
)

log = logging.getLogger(__name__)


class Held(NamedTuple):
    """A delivery under the epoch with which a worker took it."""

    school_id: int
    delivery_id: int
    epoch: int


class Departures:
    """One worker's file, or memory of its own where nothing can be kept."""

    def __init__(self, file: IO[bytes] | None = None, path: Path | None = None) -> None:
        self._file, self._path = file, path
        size = PLACES * ROW.size
        self._places = mmap.mmap(-1 if file is None else file.fileno(), size)
        self._free = list(range(PLACES))

    @classmethod
    def kept_in(cls, folder: Path) -> Self:
        """A new file in the folder, ours as long as this process lives."""
        ours = _ours()
        if not ours:
            return cls()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{ours}-{os.getpid()}-{secrets.token_hex(4)}{ENDING}"
            file = path.open("x+b")
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(
                bytes(PLACES * ROW.size)
            )  # its room on the disk: a store for which there is none would kill
            file.flush()
        except OSError as problem:
            log.warning("What leaves cannot be noted: %s", problem)
            return cls()
        return cls(file, path)

    def hold(self, school_id: int, rows: Sequence[Checked]) -> list[int]:
        """Note what was claimed, before that is certain. Returns the place of each."""
        places = []
        for row in rows:
            place = self._free.pop() if self._free else NO_PLACE
            if place != NO_PLACE:
                ROW.pack_into(self._places, place * ROW.size, school_id, row.id, row.epoch, HELD)
            places.append(place)
        return places

    def leave(self, place: int) -> None:
        """Its words go on the wire now."""
        if place != NO_PLACE:
            KNOWN.pack_into(self._places, (place + 1) * ROW.size - KNOWN.size, LEFT)

    def forget(self, places: Iterable[int]) -> None:
        """What became of these is written down."""
        for place in places:
            if place != NO_PLACE:
                KNOWN.pack_into(self._places, (place + 1) * ROW.size - KNOWN.size, FREE)
                self._free.append(place)

    def let_go(self, places: Sequence[int]) -> None:
        """These were perhaps claimed and certainly not sent. Raises DatabaseError: then ask again."""
        put_back(self._held(place) for place in places if place != NO_PLACE)
        self.forget(places)

    def close(self) -> None:
        """Everything held was written down: there is nothing to find."""
        self._places.close()
        if self._file is not None and self._path is not None:
            self._path.unlink(missing_ok=True)
            self._file.close()

    def _held(self, place: int) -> Held:
        return Held(*ROW.unpack_from(self._places, place * ROW.size)[:3])


def look_for_the_dead(folder: Path) -> int:
    """Put back what dead workers of this machine held and had not sent. Returns how many.

    Raises DatabaseError; then their files stay, and the next look finds them.
    """
    ours, found = _ours(), 0
    for path in folder.glob(f"*{ENDING}"):
        try:
            file = path.open("rb")
        except OSError:
            continue  # another worker was quicker
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue  # its worker lives
            if ours and path.name.startswith(ours):
                found += put_back(_not_left(file.read()))
            path.unlink(missing_ok=True)
    return found


def _not_left(places: bytes) -> list[Held]:
    whole = len(places) - len(places) % ROW.size
    return [Held(*row[:3]) for row in ROW.iter_unpack(places[:whole]) if row[3] == HELD]


def put_back(held: Iterable[Held]) -> int:
    """Into their lanes, to be claimed at once: not a try, and no copy. Returns how many still were under that epoch."""
    by_school: dict[int, list[Held]] = defaultdict(list)
    for one in held:
        by_school[one.school_id].append(one)
    found = 0
    for school_id, ours in by_school.items():
        with school_context(school_id):
            for one in sorted(ours, key=lambda held: held.delivery_id):
                found += len(ask(_PUT_BACK, {"id": one.delivery_id, "epoch": one.epoch}))
            wake_lanes()
    return found


def _ours() -> str:
    """How files begin that tell of our database and of this start of the machine; empty where that has no name."""
    try:
        start = STARTS.read_text().strip()
    except OSError:
        return ""
    database = [str(connection.settings_dict[part]) for part in ("ENGINE", "HOST", "PORT", "NAME")]
    return f"{start}-{zlib.crc32(' '.join(database).encode()):08x}"
