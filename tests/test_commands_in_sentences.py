"""docs/running.md is true in its sentences too: the commands they name do what they say there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.test_running import FENCE, PAGE, SETTINGS, Server, blocks

COPY, COUNT = "privacy copy maple-street maple-street.zip", "privacy close maple-street"
CERTIFICATE, REERASE, RECORD = "privacy certificate maple-street FILE", "privacy reerase", "record check"


@pytest.mark.timeout(300)
def test_a_school_leaves_and_stays_away_when_an_older_backup_is_put_back(tmp_path: Path) -> None:
    certificate = tmp_path / "var" / "erasures" / "maple-street-certificate.txt"
    taken = tmp_path / "maple-street.zip"
    server = Server(tmp_path, **{taken.name: str(taken), "FILE": str(certificate)})
    server.set(SETTINGS)
    server.run("\n".join(blocks("sh", "first")[0].splitlines()[:2]) + "\n" + blocks("sh", "backup")[0])

    def says(words: str) -> str:
        return server.run(f"porchlight {words}")[0].stdout.removeprefix("maple-street: ").rstrip()

    assert says(COPY).endswith(
        f" rows are in {taken}. It holds everything: give it to nobody but the school."
    )
    assert taken.stat().st_size > 0
    counted = says(COUNT)
    assert counted.startswith("would lose ")
    assert "To close it for good say --really maple-street and --backups-until " in counted
    closed = says(f"{COUNT} --really maple-street --backups-until 2027-01-31 --asked-by 'Mr Bell'")
    assert closed == f"closed. The certificate is {certificate}."
    assert says(CERTIFICATE) == "the certificate is whole, and the record has its digest."
    put_back(tmp_path / "porchlight-monday.sqlite3", tmp_path / "var" / "porchlight.sqlite3")
    assert says(REERASE).startswith("1 erased again, 0 not here,")
    assert says(RECORD).startswith("whole, ")


def put_back(backup: Path, database: Path) -> None:
    """As the page has it."""
    for ending in ("-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
    database.write_bytes(backup.read_bytes())


def test_every_command_that_stands_in_no_block_is_run_here() -> None:
    named = {" ".join(words.split()) for words in re.findall(r"`porchlight ([^`]+)`", FENCE.sub("", PAGE))}
    in_blocks = [line for kind, _, text in FENCE.findall(PAGE) if kind == "sh" for line in text.splitlines()]
    alone = {one for one in named if not any(line.startswith(f"porchlight {one}") for line in in_blocks)}
    assert alone == {COPY, COUNT, CERTIFICATE, REERASE, RECORD}
