"""The roster and the sheet of the practice school are what their program writes: nobody changed them by hand."""

from __future__ import annotations

from pathlib import Path

from porchlight.demo import make_data


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*.csv")}


def test_written_anew_it_is_the_same(tmp_path: Path) -> None:
    kept = contents(make_data.DATA)
    assert {"families.csv", "oneroster/users.csv", "oneroster/manifest.csv"} <= set(kept)
    make_data.main(into=tmp_path)
    assert contents(tmp_path) == kept
