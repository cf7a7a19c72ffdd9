"""`porchlight privacy reerase` and `porchlight privacy clear`: for whoever keeps the server."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from porchlight.privacy.clearing import clear, clear_server
from porchlight.privacy.ledger import UnreadableLedger
from porchlight.privacy.reerasing import reerase
from porchlight.schools.models import School
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time


class Command(BaseCommand):
    """What is kept."""

    requires_system_checks = ()  # `porchlight doctor` checks, and a short command is there at once
    help = "Erase again whom a backup brought back, or let go now what is past its limit."

    def add_arguments(self, parser: CommandParser) -> None:
        """`reerase` or `clear`."""
        tasks = parser.add_subparsers(dest="task", required=True)
        for name, help_ in (
            ("reerase", "after a backup was put back: erase again everybody the ledger of erasures names"),
            ("clear", "what workers do once a day: let go of what is past its limit"),
        ):
            task = tasks.add_parser(name, help=help_)
            task.add_argument("--school", default="", help="its short name; without it, every school")

    def handle(self, *args: Any, **options: Any) -> None:
        """School by school, one line each."""
        schools = School.objects.order_by("slug")
        if options["school"]:
            schools = schools.filter(slug=options["school"])
            if not schools.exists():
                raise CommandError(
                    f"There is no school {options['school']}. `porchlight school list` names them."
                )
        work: Callable[[School], str] = self._reerase if options["task"] == "reerase" else self._clear
        for school in schools:
            with school_context(school):
                said = work(school)
            self.stdout.write(f"{school.slug}: {said}.")
        if options["task"] == "clear":
            self.stdout.write(f"the server: {_told(clear_server(now=school_time.now()))}.")

    def _reerase(self, school: School) -> str:
        try:
            again = reerase(school, now=school_time.now())
        except UnreadableLedger as problem:
            raise CommandError(str(problem)) from None
        return f"{again.erased} erased again, {again.absent} not here, {again.on_hold} on hold"

    def _clear(self, school: School) -> str:
        return _told(clear(school, now=school_time.now()))


def _told(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{label} {number}" for label, number in sorted(counts.items())) or "nothing to let go"
