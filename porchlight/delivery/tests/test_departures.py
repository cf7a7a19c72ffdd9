"""T39. What a killed worker held is found by the next: what had not left goes at once, what had is nobody's to resend."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from porchlight.delivery.models import Delivery, Lane
from porchlight.delivery.outbox import departures
from porchlight.delivery.outbox.claiming import claim
from porchlight.delivery.outbox.departures import (
    ENDING,
    HELD,
    PLACES,
    ROW,
    Departures,
    look_for_the_dead,
    put_back,
)
from porchlight.delivery.outbox.lanes import waiting_lanes
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import put_in_outbox
from porchlight.delivery.tests.kit import on_both_databases, worker

pytestmark = [pytest.mark.usefixtures("clock"), on_both_databases]

# A worker that dies in the middle: it notes what it was given, lets the first of them leave, and is killed.
DIES = """
import sys
from collections import namedtuple
from pathlib import Path
import django
django.setup()
from porchlight.delivery.outbox import departures
Row = namedtuple("Row", "id epoch")
departures._ours = lambda: sys.argv[2]
held = departures.Departures.kept_in(Path(sys.argv[1]))
places = held.hold(int(sys.argv[3]), [Row(*map(int, pair.split(":"))) for pair in sys.argv[4:]])
held.leave(places[0])
print("holds", flush=True)
sys.stdin.read()
"""


def claimed(school, homes: int = 4):
    cast.account(school)
    put_in_outbox(school, *[cast.home(school, number) for number in range(1, homes + 1)])
    return claim(waiting_lanes(cast.TUESDAY)[0], 32, cast.TUESDAY).leaving


def leased() -> set[int]:
    return set(Delivery.objects.exclude(lease_until=None).values_list("pk", flat=True))


def test_of_what_a_killed_worker_held_only_what_had_left_stays_leased(school, tmp_path) -> None:
    rows = claimed(school)
    given = [f"{row.id}:{row.epoch}" for row in rows]
    dying = subprocess.Popen(
        [sys.executable, "-c", DIES, str(tmp_path), departures._ours(), str(school.pk), *given],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "porchlight.config.settings"},
        text=True,
    )
    assert dying.stdout is not None
    assert dying.stdout.readline() == "holds\n"
    assert look_for_the_dead(tmp_path) == 0  # it lives
    assert leased() == {row.id for row in rows}
    dying.send_signal(signal.SIGKILL)
    dying.communicate()
    assert look_for_the_dead(tmp_path) == len(rows) - 1
    assert leased() == {rows[0].id}
    assert list(tmp_path.iterdir()) == []
    again = claim(waiting_lanes(cast.TUESDAY)[0], 32, cast.TUESDAY).leaving
    assert {(row.id, row.tries, row.copies) for row in again} == {(row.id, 1, 0) for row in rows[1:]}


def test_what_another_took_over_is_not_touched(school) -> None:
    rows = claimed(school)
    held = [departures.Held(school.pk, row.id, row.epoch) for row in rows]
    Delivery.objects.filter(pk=rows[0].id).update(epoch=rows[0].epoch + 1)
    assert put_back(held) == len(rows) - 1
    assert put_back(held) == 0  # said twice, it changes nothing
    assert leased() == {rows[0].id}


def test_a_lane_that_was_thought_empty_learns_of_what_came_back(school) -> None:
    rows = claimed(school)
    Lane.objects.update(due_at=None)
    put_back(departures.Held(school.pk, row.id, row.epoch) for row in rows)
    assert [turn.account_id for turn in waiting_lanes(cast.TUESDAY)] == [Lane.objects.get().account_id]


def test_files_of_an_earlier_start_or_another_database_are_not_believed(school, tmp_path) -> None:
    """After a power cut nobody knows which stores reached the disk: what says “held” may have left."""
    rows = claimed(school)
    held = b"".join(ROW.pack(school.pk, row.id, row.epoch, HELD) for row in rows)
    (tmp_path / f"an-earlier-start-1{ENDING}").write_bytes(held)
    assert look_for_the_dead(tmp_path) == 0
    assert leased() == {row.id for row in rows}
    assert list(tmp_path.iterdir()) == []
    (tmp_path / f"{departures._ours()}-1{ENDING}").write_bytes(held)
    assert look_for_the_dead(tmp_path) == len(rows)


def test_a_worker_that_ends_well_leaves_nothing_behind_and_one_without_a_disk_works(
    school, tmp_path, town
) -> None:
    cast.whatsapp(school, town)
    put_in_outbox(school, *[cast.home(school, number, channel="whatsapp") for number in range(1, PLACES + 9)])
    (tmp_path / "a-file").write_text("")
    for kept in (Departures.kept_in(tmp_path / "leaving"), Departures.kept_in(tmp_path / "a-file" / "no")):
        with worker(departures=kept) as outbox:
            outbox.run_until_empty()
            assert len(kept._free) == PLACES
        kept.close()
    assert list((tmp_path / "leaving").iterdir()) == []
    assert not Delivery.objects.filter(sent_at=None).exists()
