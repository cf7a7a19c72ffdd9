"""`porchlight keys rotate`: everything that is sealed, under new keys, while Porchlight goes on."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from porchlight.operations.findings import counted
from porchlight.operations.named_schools import named_schools
from porchlight.schools.models import School
from porchlight.schools.resealing import rotate
from porchlight.toolbox import school_time
from porchlight.toolbox.sealed import WrongSeal


class Command(BaseCommand):
    """Keys."""

    requires_system_checks = ()  # `porchlight doctor` checks, and a short command is there at once
    help = "Change the keys that seal gateway secrets, safeguarding words and evidence, while Porchlight goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        """`rotate`."""
        tasks = parser.add_subparsers(dest="task", required=True)
        rotating = tasks.add_parser(
            "rotate",
            help="wrap each school's key under the newest PORCHLIGHT_SEAL_KEY, make it a new one, and seal "
            "everything anew",
        )
        rotating.add_argument("--school", default="", help="its short name; without it, every school")
        rotating.add_argument(
            "--wrapping-only",
            action="store_true",
            help="leave the schools' own keys as they are: enough to throw an old PORCHLIGHT_SEAL_KEY away",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """School by school; a school that fails keeps what it had, and the next go on."""
        schools = named_schools(options["school"])
        failed = [school.slug for school in schools if not self._rotate(school, not options["wrapping_only"])]
        if failed:
            raise CommandError(
                f"Not finished: {', '.join(failed)}. Nothing is lost. Put the key that is missing into "
                "PORCHLIGHT_FORMER_SEAL_KEYS and run this again."
            )

    def _rotate(self, school: School, data: bool) -> bool:
        try:
            done = rotate(school, now=school_time.now(), data=data)
        except WrongSeal as problem:
            self.stderr.write(f"{school.slug}: {problem}")
            return False
        self.stdout.write(
            f"{school.slug}: {counted(done.wrapped, 'key', 'keys')} wrapped anew, "
            f"{counted(done.fields, 'field', 'fields')} sealed anew, "
            f"{counted(done.dropped, 'old key', 'old keys')} thrown away."
        )
        return True
