"""`porchlight backup FILE`: a whole copy of the SQLite file, taken while everything goes on, and families' files."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

FILES = "porchlight-files"


class Command(BaseCommand):
    """A backup of one school's database."""

    requires_system_checks = ()  # `porchlight doctor` checks, and a short command is there at once
    help = (
        "Copy the SQLite database, whole and checked, while Porchlight goes on, and into the folder porchlight-files "
        "beside it what families sent. PostgreSQL has pg_dump for that."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("file", type=Path, help="a file that is not there yet")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Copy, check the copy, and only then give it its name."""
        if connection.vendor != "sqlite":
            raise CommandError(
                "This database is PostgreSQL's: pg_dump --format=custom copies it (docs/running.md)."
            )
        if file.exists():
            raise CommandError(f"{file} is there already. Name a file that is not.")
        part = file.with_name(f".{file.name}.part")
        part.unlink(missing_ok=True)
        try:
            os.close(
                os.open(part, os.O_CREAT | os.O_WRONLY, 0o600)
            )  # nobody else's to read, from its first byte
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(part)])
            check(part)
            copied = copy_files(Path(settings.MEDIA_ROOT), file.parent / FILES)
            part.rename(file)
        except OSError as problem:
            raise CommandError(f"{file} could not be written: {problem.strerror}.") from None
        finally:
            part.unlink(missing_ok=True)
        self.stdout.write(
            f"{file} holds everything, {max(1, file.stat().st_size >> 20)} MB. Keep it where thieves are not."
        )
        if copied:
            self.stdout.write(
                f"{copied} new files from families are in {file.parent / FILES}. Keep them together."
            )


def copy_files(source: Path, target: Path) -> int:
    """Copy what is not there yet: a file from a family never changes once it is kept. Returns how many.

    Rows are copied before files, so that every row of the copy finds its file.
    """
    copied = 0
    for path in sorted(source.rglob("*")):
        place = target / path.relative_to(source)
        if not path.is_file() or place.exists():
            continue
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = place.with_name(f".{place.name}.part")
        shutil.copyfile(path, part)
        part.chmod(0o600)
        part.rename(place)
        copied += 1
    return copied


def check(file: Path) -> None:
    """Raises CommandError when a copy cannot be trusted."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
        said = [word for (word,) in copy.execute("PRAGMA integrity_check")]
        strays = copy.execute("PRAGMA foreign_key_check").fetchall()
    if said != ["ok"] or strays:
        raise CommandError("The copy is damaged, so it was thrown away. See whether the disk is.")
