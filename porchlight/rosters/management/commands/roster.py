"""`porchlight roster preview|import|undo`: what the import pages do, at the keyboard and for nightly jobs."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from porchlight.rosters import telling
from porchlight.rosters.actions import NotTaken, preview, take, undo
from porchlight.rosters.models import RosterImport
from porchlight.rosters.progress import Progress
from porchlight.rosters.reading.problems import Refused
from porchlight.schools.actors import system
from porchlight.schools.models import School
from porchlight.schools.wall import school_context


def _per_cent(said: str) -> float:
    value = float(said)
    if not 0 <= value <= 100:
        raise ArgumentTypeError(f"{said} is not from 0 to 100")
    return value


class Command(BaseCommand):
    """Rosters in, and back out."""

    requires_system_checks = ()  # `porchlight doctor` checks, and a short command is there at once
    help = "Import people and classes: OneRoster, Microsoft SDS, or the families sheet."

    def add_arguments(self, parser: CommandParser) -> None:
        """`preview`, `import` and `undo`."""
        tasks = parser.add_subparsers(dest="task", required=True)
        for name, words in (("preview", "say what a file would change"), ("import", "take a file")):
            task = tasks.add_parser(name, help=words)
            task.add_argument("path", type=Path, help="a zip or folder of CSV files, or the families sheet")
            task.add_argument("--school", required=True, help="the school's short name")
            task.add_argument("--org", default="", help="the school's id in a bundle of several schools")
            task.add_argument(
                "--as",
                dest="mode",
                default="",
                choices=["bulk", "delta"],
                help="for a bundle without a manifest",
            )
            task.add_argument(
                "--removals-above",
                type=_per_cent,
                help="per cent of a kind that may go unasked, here instead of what the school's settings say",
            )
            task.add_argument("--json", action="store_true", help="print counts and problems as JSON")
            if name == "import":
                task.add_argument(
                    "--confirm-removals", action="store_true", help="yes, they have really left"
                )
        back = tasks.add_parser("undo", help="take an import back")
        back.add_argument("run", help="the import's key, as `import` printed it")
        back.add_argument("--school", required=True, help="the school's short name")
        back.add_argument("--json", action="store_true", help="print the outcome as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what came of it. Raises CommandError with the reason when nothing was changed."""
        school = School.objects.filter(slug=options["school"]).first()
        if school is None:
            raise CommandError(
                f"There is no school called {options['school']} here. `porchlight school list` names them."
            )
        progress = Progress(sys.stderr)
        try:
            run, outcome = self._do(school, progress, options)
        except Refused as refusal:
            progress.finish()
            self._refuse(
                options, {"outcome": "refused", "problems": [refusal.problem.as_dict()]}, str(refusal)
            )
        except NotTaken as reason:
            progress.finish()
            self._tell(options, reason.run, reason.code)
            raise CommandError(telling.why_not(reason)) from None
        progress.finish()
        self._tell(options, run, outcome)

    def _do(self, school: School, progress: Progress, options: dict[str, Any]) -> tuple[RosterImport, str]:
        by = system(school.pk)
        if options["task"] == "undo":
            with school_context(school):
                run = RosterImport.objects.visible_to(by).filter(key=options["run"]).first()
            if run is None:
                raise CommandError(f"There is no import {options['run']} at this school.")
            return undo(run=run, by=by), "undone"
        asked = {
            "path": options["path"],
            "school": school,
            "by": by,
            "org": options["org"],
            "mode": options["mode"],
            "most_removed": options["removals_above"],
            "step": progress,
        }
        if options["task"] == "preview":
            return preview(**asked), "preview"
        return take(**asked, confirm_removals=options["confirm_removals"]), "imported"

    def _tell(self, options: dict[str, Any], run: RosterImport, outcome: str) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(telling.as_dict(run, outcome), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(telling.lines(run, outcome)))

    def _refuse(self, options: dict[str, Any], told: dict[str, Any], words: str) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        raise CommandError(words)
