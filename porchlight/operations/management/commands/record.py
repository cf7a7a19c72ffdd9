"""`porchlight record check`: is the activity record as it was written?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from porchlight.activity.anchoring import UnreadableAnchors, anchors_in, folder
from porchlight.activity.models import EntrySeal
from porchlight.activity.sealing import record_faults
from porchlight.operations.findings import counted
from porchlight.operations.named_schools import named_schools
from porchlight.schools.models import School
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time


class Command(BaseCommand):
    """The record."""

    requires_system_checks = ()  # `porchlight doctor` checks, and a short command is there at once
    help = (
        "Say whether the activity record is as it was written. Ends with 1 when something in it was touched."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """`check`."""
        tasks = parser.add_subparsers(dest="task", required=True)
        check = tasks.add_parser("check", help="go through the whole chain of every school")
        check.add_argument("--school", default="", help="its short name; without it, every school")
        check.add_argument(
            "--anchors",
            type=Path,
            default=None,
            help="a folder of anchors that was kept elsewhere; without it, the server's own",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """School by school, each fault in a line."""
        schools = named_schools(options["school"])
        place = options["anchors"] or folder()
        if options["anchors"] and not place.is_dir():
            raise CommandError(f"{place} is no folder.")
        touched = [school.slug for school in schools if not self._is_whole(school, place)]
        if touched:
            sys.exit(1)

    def _is_whole(self, school: School, place: Path) -> bool:
        try:
            anchors = anchors_in(place, school)
        except UnreadableAnchors as problem:
            raise CommandError(str(problem)) from None
        with school_context(school):
            found = list(record_faults(school, anchors, now=school_time.now()))
            links = EntrySeal.objects.in_school(school).count()
        for fault in found:
            where = f"link {fault.number}: " if fault.number else ""
            self.stdout.write(f"{school.slug}: {where}{fault.words}.")
        if not found:
            self.stdout.write(
                f"{school.slug}: whole, {counted(links, 'link', 'links')}, "
                f"{counted(len(anchors), 'anchor', 'anchors')}."
            )
        return not found
