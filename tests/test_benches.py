"""The delivery bench runs and counts right: a small slice, on any machine. Its figures mean nothing here."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.house import ROOT
from tests.plugins.in_turn import EVERY_CASE
from tests.plugins.postgres import why_not

FEW = "150"


def ran(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, timeout=110, check=False
    )


@pytest.mark.timeout(180)
def test_from_outbox_to_recorded_status() -> None:
    """In a heavy run on PostgreSQL too, where there is one."""
    databases = ["sqlite"] if why_not() or not EVERY_CASE else ["sqlite", "postgresql"]
    only = [] if len(databases) == 2 else ["--only", *databases]
    done = ran("bench.delivery", "--pairs", "1", "--deliveries", FEW, *only)
    said = done.stdout
    assert "could not be measured" not in said, said + done.stderr
    for who in ("bare", *databases):
        found = re.search(rf"delivery {who} +(\d+) a second +([\d.]+) CPU s per 10,000 +(\d+) MB", said)
        assert found, said + done.stderr
        assert float(found[1]) > 0
        assert int(found[3]) > 0
    for database in databases:
        assert re.search(rf"delivery on {database}: worker and database [\d.]+ x bare aiohttp", said)
    assert done.returncode in (0, 1)  # a bar missed by so few says nothing


@pytest.mark.fonts
@pytest.mark.timeout(180)
def test_letters_are_set_and_written_down() -> None:
    """At the pace of the bar, a thousand in a minute; in seconds of computing, whatever else the machine does."""
    done = ran("bench.letters", "--letters", "40")
    found = re.search(r"letters (\d+) of 40 in [\d.]+ s \(([\d.]+) s of CPU", done.stdout)
    assert found, done.stdout + done.stderr
    assert int(found[1]) == 40
    assert float(found[2]) < 40 * 0.06 + 2  # the first look for fonts among them
