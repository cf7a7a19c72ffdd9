"""`porchlight backup FILE`: a whole copy of the SQLite file, taken while everything goes on."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection


class Command(BaseCommand):
    """A backup of one school's database."""

    help = "Copy the SQLite database, whole and checked, while Porchlight goes on. PostgreSQL has pg_dump for that."

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
            part.rename(file)
        except OSError as problem:
            raise CommandError(f"{file} could not be written: {problem.strerror}.") from None
        finally:
            part.unlink(missing_ok=True)
        self.stdout.write(
            f"{file} holds everything, {max(1, file.stat().st_size >> 20)} MB. Keep it where thieves are not."
        )


def check(file: Path) -> None:
    """Raises CommandError when a copy cannot be trusted."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
        said = [word for (word,) in copy.execute("PRAGMA integrity_check")]
        strays = copy.execute("PRAGMA foreign_key_check").fetchall()
    if said != ["ok"] or strays:
        raise CommandError("The copy is damaged, so it was thrown away. See whether the disk is.")
