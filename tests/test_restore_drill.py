"""The restore drill follows the pages. The drill itself is `python -m bench.restore`."""

from __future__ import annotations

from pathlib import Path

from bench.hosts import page
from bench.restore.copied import File
from bench.restore.server import CONF, KEEPS_THE_LOG


def test_the_restore_drill_keeps_the_log_as_the_page_says() -> None:
    lines = KEEPS_THE_LOG.findall(page.one("conf", CONF))
    names = [line.split(" = ")[0] for line in lines]
    assert names == ["wal_level", "max_wal_senders", "archive_mode", "archive_timeout", "archive_command"]


def test_the_restore_drill_brings_a_file_back_as_the_page_says(tmp_path: Path) -> None:
    file = File(tmp_path)
    assert Path(file.words("replicate")[0]).name == "litestream"
    assert file.words("restore")[1:] == [
        "restore", "-config", str(tmp_path / "litestream.yml"), "-o", str(file.path), str(file.path),
    ]  # fmt: skip
    said = (tmp_path / "litestream.yml").read_text()
    assert f"path: {file.path}\n" in said
    assert f"path: {file.replica}\n" in said
